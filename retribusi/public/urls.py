"""Addresses of the check of a bill."""

from django.urls import path

from retribusi.public import views

urlpatterns = [
    path("periksa-skrd/", views.ask, name="ask"),
    path("periksa-skrd/<str:token>/", views.paper, name="paper"),
]
