"""Addresses of this app."""

from django.urls import include, path

from retribusi import payment_views, proof_files, relief_views, views
from retribusi.arrears import views as arrears
from retribusi.corrections import objection_views, refund_views

CASE = "permohonan/<uuid:pk>/"
payment = [
    path(f"{CASE}bayar/", payment_views.pay, name="pay"),
    path(f"{CASE}bunga/", arrears.interest, name="interest"),
    path(f"{CASE}keberatan/", objection_views.ask, name="objection"),
    path(f"{CASE}tarik-keberatan/", objection_views.withdraw, name="objection_withdraw"),
    path(f"{CASE}pengembalian/<int:refund>/", refund_views.account, name="refund"),
    path("bukti/<uuid:pk>/", proof_files.proof, name="proof"),
    path(f"{CASE}tarik-keringanan/", relief_views.withdraw, name="relief_withdraw"),
    path(f"{CASE}keringanan/<slug:code>/", relief_views.documents, name="relief"),
    path(f"{CASE}keringanan/<slug:code>/kirim/", relief_views.send, name="relief_send"),
    path(
        f"{CASE}keringanan/<slug:code>/berkas/<slug:document>/",
        relief_views.upload,
        name="relief_upload",
    ),  # fmt: skip
]

urlpatterns = [
    path("", include((payment, "retribusi"))),
    path("", include(("retribusi.public.urls", "bill_check"))),
    path("<slug:slug>/hitung/", views.calculator, name="calculator"),
]
