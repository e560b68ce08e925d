"""Addresses of this app."""

from django.urls import include, path

from retribusi import payment_views, proof_files, views

payment = [
    path("permohonan/<uuid:pk>/bayar/", payment_views.pay, name="pay"),
    path("bukti/<uuid:pk>/", proof_files.proof, name="proof"),
]

urlpatterns = [
    path("", include((payment, "retribusi"))),
    path("<slug:slug>/hitung/", views.calculator, name="calculator"),
]
