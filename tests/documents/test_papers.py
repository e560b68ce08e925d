"""The life of a paper."""

import dataclasses
import uuid

import pytest
from django.db import Error, transaction

from documents import holds, services, snapshot
from documents.models import NumberHold, Paper, PaperSignature
from notifications.models import Job
from tests.documents.conftest import AT
from tests.documents.samples import SAMPLES

pytestmark = pytest.mark.django_db
OTHER = dataclasses.replace(SAMPLES["krk"], title="Judul lain")


def test_a_draft_is_rewritten_until_it_is_frozen(draft):
    case = uuid.uuid4()
    first, second = draft(case=case), draft(case=case, content=OTHER)
    assert first.pk == second.pk and second.title == "Judul lain"
    services.freeze(second, at=AT)
    with pytest.raises(services.NotDraft):
        draft(case=case)


def test_the_first_paraf_freezes(draft, made):
    paper = draft()
    services.sign(paper, user=made, act="paraf", role="kabid", capacity="Kabid", at=AT)
    assert paper.frozen_at == AT
    assert paper.content_sha256 == snapshot.sha256(paper.content)


def test_a_second_paraf_of_a_role_takes_the_place_of_the_first(draft, made):
    paper = draft()
    for _ in range(2):
        services.sign(paper, user=made, act="paraf", role="kabid", capacity="Kabid", at=AT)
    assert paper.signatures.count() == 2
    assert len(services.signatures(paper)) == 1


def test_issue_gives_number_date_and_a_print_job(issue):
    paper = issue()
    assert paper.number == "0001/KRK/DPMPTSP/XI/2026"
    assert (paper.status, paper.issued_at) == ("berlaku", AT)
    assert Job.objects.get(kind="cetak_surat").ref == str(paper.pk)


def test_a_paper_is_issued_once(issue):
    paper = issue()
    with pytest.raises(services.NotDraft):
        services.issue(paper, at=AT)
    assert issue().number.startswith("0002")


def test_void_is_final_and_never_reuses_the_number(issue):
    case = uuid.uuid4()
    paper = services.void(issue(case=case), reason="Salah alamat", at=AT)
    assert (paper.status, paper.status_reason) == ("batal", "Salah alamat")
    assert services.standing(case, "krk") is None
    assert not paper.signatures.filter(voided_at=None).exists()
    assert services.void(paper, reason="lagi", at=AT).status_reason == "Salah alamat"
    assert issue(case=case).number.startswith("0002")


def test_standing_is_the_newest_draft_or_valid_paper(draft, issue):
    case = uuid.uuid4()
    valid = issue(case=case)
    assert services.standing(case, "krk") == valid
    assert services.standing(case, "krk") != draft(case=case)
    assert services.standing(case, "izin") is None


@pytest.mark.parametrize(
    "change",
    [
        {"content": {}},
        {"title": "x"},
        {"number": "0009"},
        {"issued_at": None},
        {"content_sha256": ""},
        {"frozen_at": None},
        {"token": "x"},
        {"sample": True},
        {"case": uuid.UUID(int=7)},
        {"kind": "izin"},
    ],
    ids=str,
)
def test_an_issued_paper_refuses_change(issue, change):
    paper = issue()
    with pytest.raises(Error), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(**change)


def test_the_hash_of_the_file_is_set_once(issue):
    papers = Paper.objects.filter(pk=issue().pk)
    papers.update(file="surat/a.pdf", file_sha256="a" * 64)
    with pytest.raises(Error), transaction.atomic():
        papers.update(file_sha256="b" * 64)
    papers.update(sealed="surat/a.0.pdf", sealed_sha256="c" * 64, seal="ttd")
    for change in ({"sealed": "surat/b.pdf"}, {"sealed_sha256": "d" * 64}, {"seal": "kantor"}):
        with pytest.raises(Error), transaction.atomic():
            papers.update(**change)


def test_a_number_that_was_held_stays_held(draft):
    with transaction.atomic():
        hold = holds.reserve(draft(), at=AT, kecamatan="35.28.04")
    held = NumberHold.objects.filter(pk=hold.pk)
    for change in (lambda: held.update(n=9), lambda: held.update(series="x"), held.delete):
        with pytest.raises(Error), transaction.atomic():
            change()


def test_frozen_papers_and_signatures_cannot_be_deleted(issue, draft):
    paper = issue()
    for rows in (paper.signatures.all(), Paper.objects.filter(pk=paper.pk)):
        with pytest.raises(Error), transaction.atomic():
            rows._raw_delete(rows.db)
    draft().delete()


def test_a_signature_keeps_its_name(issue):
    issue()
    with pytest.raises(Error), transaction.atomic():
        PaperSignature.objects.update(name="Orang lain")


def test_content_reads_back_as_it_was_written():
    for content in SAMPLES.values():
        stored = snapshot.plain(content)
        assert snapshot.plain(snapshot.load(stored)) == stored


def test_marks_that_deceive_the_eye_are_dropped():
    content = dataclasses.replace(SAMPLES["krk"], holder="a\u202eb\x00c\ud800d\r\n")
    assert snapshot.plain(content)["holder"] == "abcd\n"
