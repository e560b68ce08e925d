"""Public addresses of complaints; the daerah's own stand with its slug, last."""

from django.urls import path

from feedback.complaints import views

app_name = "complaints"
urlpatterns = [
    path("pengaduan/", views.find, name="find"),
    path("pengaduan/<slug:token>/", views.status, name="status"),
    path("pengaduan/<slug:token>/jawaban/", views.letter, name="letter"),
    path("<slug:slug>/pengaduan/", views.form, name="form"),
]
