"""Pages of the applicant and the public tracking."""

from django.urls import path

app_name = "applications"
urlpatterns: list = []
