"""Addresses of this app."""

from django.urls import include, path

urlpatterns = [
    path("", include("feedback.complaints.urls")),
    path("", include("feedback.survey.urls")),
]
