"""Addresses of this app."""

from django.urls import include, path

from retribusi import payment_views, views

payment = [
    path("permohonan/<uuid:pk>/bayar/", payment_views.pay, name="pay"),
]

urlpatterns = [
    path("", include((payment, "retribusi"))),
    path("<slug:slug>/hitung/", views.calculator, name="calculator"),
]
