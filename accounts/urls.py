"""Addresses of accounts: allauth's views under Indonesian paths, and the portal's own."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path

from accounts import identity_views, views

urlpatterns = [
    path("masuk/", views.after_login, name="after_login"),
    path("akun/", views.home, name="account_home"),
    path("akun/keluar-semua/", views.end_sessions, name="account_end_sessions"),
    path("akun/masuk/", account.login, name="account_login"),
    path("akun/keluar/", account.logout, name="account_logout"),
    path("akun/daftar/", account.signup, name="account_signup"),
    path("akun/nonaktif/", account.account_inactive, name="account_inactive"),
    path("akun/surel/", account.email, name="account_email"),
    path(
        "akun/surel/kode/",
        account.email_verification_sent,
        name="account_email_verification_sent",
    ),
    path("akun/nomor/", views.ChangeNumberView.as_view(), name="account_change_phone"),
    path("akun/nomor/surel/", views.prove_email, name="account_prove_email"),
    path("akun/nomor/kode/", account.verify_phone, name="account_verify_phone"),
    path("akun/ketik-kata-sandi/", account.reauthenticate, name="account_reauthenticate"),
    path("akun/sandi/", account.password_change, name="account_change_password"),
    path("akun/sandi/baru/", account.password_set, name="account_set_password"),
    path("akun/lupa-sandi/", account.password_reset, name="account_reset_password"),
    path(
        "akun/lupa-sandi/kode/",
        account.confirm_password_reset_code,
        name="account_confirm_password_reset_code",
    ),
    path(
        "akun/lupa-sandi/ganti/",
        account.complete_password_reset,
        name="account_complete_password_reset",
    ),
    path(
        "akun/lupa-sandi/selesai/",
        account.password_reset_from_key_done,
        name="account_password_reset_completed",
    ),
    path("akun/pengaman/", mfa.index, name="mfa_index"),
    path("akun/pengaman/kode/", mfa.authenticate, name="mfa_authenticate"),
    path("akun/pengaman/ulang/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path(
        "akun/pengaman/pasang/",
        views.ActivateAuthenticatorView.as_view(),
        name="mfa_activate_totp",
    ),
    path("akun/pengaman/lepas/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("akun/pengaman/cadangan/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "akun/pengaman/cadangan/baru/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "akun/pengaman/cadangan/unduh/",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("identitas/", identity_views.own, name="identity"),
    path("identitas/<uuid:pk>/ktp/", identity_views.ktp, name="identity_ktp"),
    path("kuasa/", identity_views.mandates, name="mandates"),
    path("kuasa/tambah/", identity_views.add_mandate, name="mandate_add"),
    path("kuasa/<int:pk>/akhiri/", identity_views.end_mandate, name="mandate_end"),
    path("kuasa/<int:pk>/perbarui/", identity_views.renew_mandate, name="mandate_renew"),
    path("kuasa/<int:pk>/pemilik/", identity_views.mandate_owner, name="mandate_owner"),
    path("kuasa/<int:pk>/surat/", identity_views.letter, name="mandate_letter"),
]
