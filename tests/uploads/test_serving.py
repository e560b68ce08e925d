import pytest
from csp.middleware import CSPMiddleware
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db.models.fields.files import FieldFile

from applications.models import DocumentVersion
from imbportal import uploads


@pytest.fixture
def stored(tmp_path):
    field = DocumentVersion._meta.get_field("file")
    file = FieldFile(DocumentVersion(), field, "berkas/a b.pdf")
    file.storage = FileSystemStorage(tmp_path)
    file.storage.save("berkas/a b.pdf", ContentFile(b"%PDF-isi"))
    return file


def test_a_file_is_sent_as_attachment_that_no_page_can_use(stored, rf):
    response = uploads.respond(stored, name="denah rumah.pdf", mime="application/pdf")
    response = CSPMiddleware(lambda request: response)(rf.get("/"))
    assert response.getvalue() == b"%PDF-isi"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="denah rumah.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in response["Cache-Control"]


def test_names_beyond_ascii_are_encoded(stored):
    response = uploads.respond(stored, name="café.pdf", mime="application/pdf", inline=True)
    assert response["Content-Disposition"] == "inline; filename*=utf-8''caf%C3%A9.pdf"


def test_other_kinds_are_only_ever_saved(stored):
    response = uploads.respond(stored, name="x.html", mime="text/html", inline=True)
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")


def test_nginx_sends_the_file_where_it_stands_in_front(stored, settings):
    settings.ACCEL = "/_files/"
    response = uploads.respond(stored, name="x.pdf", mime="application/pdf")
    assert response["X-Accel-Redirect"] == "/_files/berkas/a%20b.pdf"
    assert response.content == b""
