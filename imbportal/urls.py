"""All addresses. A daerah's slug comes last, so that it can never hide a page of the portal."""

from django.urls import include, path

from applications.views import hand_forms
from imbportal import views
from imbportal.admin import site

handler400 = "imbportal.views.bad_request"
handler403 = "imbportal.views.forbidden"
handler404 = "imbportal.views.not_found"
handler500 = "imbportal.views.server_error"

urlpatterns = [
    path("", views.home, name="home"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("sehat/", views.health, name="health"),
    path("admin/", site.urls),
    path("", include("accounts.urls")),
    path("", include("notifications.urls")),
    path("", include("documents.urls")),
    path("", include("applications.urls")),
    path("", include("retribusi.urls")),
    path("", include("feedback.urls")),
    path("<slug:slug>/", views.standard, name="standard"),
    path("<slug:slug>/blanko/<slug:code>/", hand_forms.page, name="blank"),
]
