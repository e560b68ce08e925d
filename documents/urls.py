from django.urls import path

from documents import views

app_name = "documents"
urlpatterns = [
    path("verifikasi/", views.check, name="check"),
    path("verifikasi/<str:token>/", views.paper, name="paper"),
]
