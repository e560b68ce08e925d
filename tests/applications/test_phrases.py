"""Sentences of the office: chosen, added to by officers, retired by the admin."""

import pytest

from applications import phrases
from applications.models import Phrase
from imbportal.daerah import registry
from tests.applications.office_cast import Desk

pytestmark = pytest.mark.usefixtures("files_drawn_once")


@pytest.fixture
def desk(client, drive):
    return Desk(client, drive("SUBMITTED", "pamekasan").case)


@pytest.fixture
def phrase(desk):
    return Phrase.objects.create(daerah="pamekasan", text="Pindai ulang.", by=desk.user)


def test_a_chosen_sentence_is_the_reason_where_none_was_written(desk, phrase):
    assert "Pindai ulang." in desk.words()
    desk.refuse(desk.slot(), "", kalimat=phrase.pk)
    assert desk.case.points.get().text == "Pindai ulang."


def test_what_was_written_goes_before_the_sentence(desk, phrase):
    desk.refuse(desk.slot(), "Tanpa tanda tangan.", kalimat=phrase.pk)
    assert desk.case.points.get().text == "Tanpa tanda tangan."


@pytest.mark.parametrize("crooked", ["", "0", "x", "²", "9" * 30])
def test_a_sentence_that_is_none_gives_no_reason(desk, crooked):
    assert desk.refuse(desk.slot(), "", kalimat=crooked).status_code == 422


def test_a_sentence_of_another_daerah_is_none(desk):
    other = Phrase.objects.create(daerah="contoh", text="Pindai ulang.", by=desk.user)
    assert desk.refuse(desk.slot(), "", kalimat=other.pk).status_code == 422


def test_an_officer_extends_the_list_for_the_document(desk):
    first, second = desk.slot(0), desk.slot(1)
    for _ in range(2):
        desk.refuse(first, "Cap basah belum ada.", simpan_kalimat="1")
    assert Phrase.objects.get().requirement == first.code
    assert "Cap basah belum ada.</option>" in desk.words(f"?berkas={first.code}")
    assert "Cap basah belum ada.</option>" not in desk.words(f"?berkas={second.code}")


def test_a_refused_verdict_adds_nothing(desk, client, drive):
    slot = desk.slot()
    other = Desk(client, desk.case, "tim_teknis")
    assert other.refuse(slot, "Cap basah.", simpan_kalimat="1").status_code == 409
    assert not Phrase.objects.exists()


def test_the_admin_retires_a_sentence_and_nobody_else(desk, phrase, client):
    address = f"/admin/applications/phrase/{phrase.pk}/change/"
    assert client.post(address, {}).status_code == 403
    Desk(client, desk.case, "admin")
    assert "Pindai ulang." in client.get("/admin/applications/phrase/").content.decode()
    client.post(address, {"text": "Lain."})
    phrase.refresh_from_db()
    assert not phrase.in_use and phrase.text == "Pindai ulang."
    desk = Desk(client, desk.case)
    assert "Pindai ulang.</option>" not in desk.words()
    assert desk.refuse(desk.slot(), "", kalimat=phrase.pk).status_code == 422


def test_the_files_sentences_begin_the_list_and_stay_retired(db):
    phrases.seed()
    first = Phrase.objects.filter(daerah="contoh").first()
    assert first.text in registry.current("contoh").phrases and first.by.is_system
    count = Phrase.objects.count()
    Phrase.objects.filter(pk=first.pk).update(in_use=False)
    phrases.seed()
    assert Phrase.objects.count() == count
    assert first.text not in [p.text for p in phrases.offered("contoh")]
