"""Public addresses of complaints."""

urlpatterns = []
