"""Pages are compressed, files are not."""

import pytest

from imbportal.demo import drawings
from tests.applications import applicant_cast as cast

pytestmark = pytest.mark.django_db


def test_a_page_is_compressed_for_a_browser_that_asks(client):
    answer = client.get("/lacak/", headers={"Accept-Encoding": "gzip, br"})
    assert answer["Content-Encoding"] == "gzip" and "Accept-Encoding" in answer["Vary"]
    assert "Content-Encoding" not in client.get("/lacak/")


def test_the_same_page_has_another_length_and_another_token_each_time(client):
    pages = [client.get("/lacak/", headers={"Accept-Encoding": "gzip"}) for _ in range(20)]
    assert len({len(page.content) for page in pages}) > 5
    assert len({page.content for page in pages}) == 20


def test_an_uploaded_file_goes_out_as_it_is(client, settings, tmp_path):
    settings.STORAGES["default"]["OPTIONS"]["location"] = tmp_path
    siti = cast.person("Siti Aminah", "siti@contoh.test", "3528014507900001")
    client.force_login(siti)
    application = cast.casework.create(siti, cast.DAERAH)
    cast.fill(client, application)
    slot = cast.requirements.due(application)[0]
    version = cast.casework.upload(application, slot.code, drawings.pdf("Sertifikat"), by=siti)
    answer = client.get(f"/berkas/{version.pk}/", headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200 and "Content-Encoding" not in answer
    assert answer.getvalue().startswith(b"%PDF")
