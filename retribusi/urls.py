"""Addresses of this app."""

from django.urls import path

from retribusi import views

urlpatterns = [
    path("<slug:slug>/hitung/", views.calculator, name="calculator"),
]
