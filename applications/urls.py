"""Pages of the applicant and the public tracking."""

from django.urls import path

from applications.views import (
    applicant,
    casefile,
    claim,
    corrections,
    form_pages,
    hand_forms,
    news,
    paper_files,
    public,
    services,
    sorting,
    uploads,
)

CASE = "permohonan/<uuid:pk>/"
app_name = "applications"
urlpatterns = [
    path("lacak/", public.track, name="track"),
    path("permohonan/", applicant.applications, name="list"),
    path("permohonan/baru/", applicant.new, name="new"),
    path("permohonan/layanan/", services.older, name="older_permit"),
    path("permohonan/klaim/", claim.claim, name="claim"),
    path(CASE, applicant.detail, name="detail"),
    path(f"{CASE}perubahan/", news.understood, name="understood"),
    path(f"{CASE}hapus/", applicant.delete, name="delete"),
    path(f"{CASE}langkah/<slug:name>/", applicant.move, name="move"),
    path(f"{CASE}ambil/", applicant.pickup, name="pickup"),
    path(f"{CASE}layanan/", services.on_case, name="service"),
    path(f"{CASE}berkas-digital/", casefile.mine, name="case_file"),
    path("berkas-digital/<uuid:pk>/", casefile.fetch, name="case_file_fetch"),
    path(f"{CASE}ambil-alih/", claim.take_over, name="take_over"),
    path(f"{CASE}isian/bangunan-lain/", form_pages.parts, name="parts"),
    path(f"{CASE}isian/<slug:code>/", form_pages.section, name="section"),
    path(f"{CASE}kirim/", form_pages.send, name="send"),
    path(f"{CASE}berkas/", uploads.documents, name="documents"),
    path(f"{CASE}berkas/<slug:code>/", uploads.upload, name="upload"),
    path(f"{CASE}berkas/<slug:code>/surat/", uploads.letter, name="letter"),
    path(f"{CASE}pilah/", sorting.sort, name="sort"),
    path(f"{CASE}pilah/<uuid:version>/", sorting.place, name="sort_one"),
    path(f"{CASE}formulir/<slug:slot>/<slug:code>/", hand_forms.filled, name="form_filled"),
    path(f"{CASE}perbaikan/", corrections.corrections, name="corrections"),
    path(f"{CASE}perbaikan/kirim/", corrections.resend, name="resend"),
    path(f"{CASE}perbaikan/<int:point>/", corrections.answer, name="answer"),
    path("berkas/<uuid:pk>/", uploads.version_file, name="file"),
    path("berkas/<uuid:pk>/halaman/<int:page>/", uploads.page_picture, name="page_picture"),
    path("dokumen/<uuid:pk>/", paper_files.paper, name="paper"),
    path("<slug:slug>/blanko/<slug:code>/pdf/", hand_forms.blank, name="form_blank"),
]
