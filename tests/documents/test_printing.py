import dataclasses
import hashlib
import uuid

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from documents import rendering, services, typesetting
from documents.content import Section, Table
from documents.models import Paper
from documents.templatetags.paper import whole
from tests.documents.conftest import AT
from tests.documents.reading import pages, words
from tests.documents.samples import LINES, SAMPLES, paper

pytestmark = pytest.mark.django_db


def read(paper):
    return default_storage.open(paper.file.name).read()


def phrases(content):
    """Yield what must be read on the paper."""
    yield from content.recipient + content.closing + content.copies
    for row in content.facts:
        yield from row
    for section in content.sections:
        yield from section.paragraphs + section.items
        for row in section.table.rows if section.table else ():
            yield from row


@pytest.mark.parametrize("kind", SAMPLES)
def test_each_kind_prints_all_that_it_says(printed, kind):
    paper = printed(kind)
    text = words(read(paper))
    missing = [p for p in phrases(SAMPLES[kind]) if p.replace(" ", "") not in text.replace(" ", "")]
    assert missing == []
    assert paper.number in text and SAMPLES[kind].title.upper() in text.upper()
    assert "16 November 2026" in text and "Halaman 1 dari" in text


def test_the_bill_says_amount_words_day_and_code(printed):
    text = words(read(printed("skrd")))
    for part in ("Rp175.200", "seratus tujuh puluh lima ribu", "16 Desember 2026", "3528 0126"):
        assert part in text
    assert "Tanda terima" in text and "tidak berlaku sebagai tagihan" in text and "CONTOH" in text


def test_the_permit_decides_and_has_its_annex(printed):
    text = words(read(printed("izin")))
    assert text.index("Membaca") < text.index("MEMUTUSKAN:") < text.index("KEEMPAT")
    assert text.index("Plh. Kepala Dinas") < text.index("Lampiran Izin") < text.index("0,580")


def test_heads_of_long_tables_are_repeated(printed):
    assert words(read(printed("izin"))).count("Parameter Indeks") == 2


def test_a_row_higher_than_a_page_begins_below_its_head_and_goes_on(draft):
    high = Table(head=("Nama", "Isi"), rows=(("Satu", "kata " * 3000), ("Dua", "dua")))
    content = paper("Surat", sections=(Section(title="Isi surat", table=high),))
    first, *_, last = pages(rendering.preview(draft(content=content)))
    assert first.index("Isi surat") < first.index("Satu") < first.index("kata kata")
    assert "Nama Isi" in last and "Dua" in last


def test_a_letter_a_little_longer_than_a_page_is_set_closer(draft):
    def count(paragraphs):
        section = Section(paragraphs=("Ketentuan.",) * paragraphs)
        return len(pages(rendering.preview(draft(content=paper("Surat", sections=(section,))))))

    assert [count(number) for number in (17, 22, 40)] == [1, 1, 2]


def test_a_signature_takes_the_last_words_along_to_its_page(draft):
    closing = "Kalimat terakhir surat ini."
    for count in range(20, 40):
        lines = tuple(f"Ketentuan {n}." for n in range(count))
        content = paper("Surat", sections=(Section(paragraphs=lines),), closing=(closing,))
        *before, last = pages(rendering.preview(draft(content=content)))
        if before:
            break
    assert len(before) == 1 and closing not in before[0]
    assert closing in last and "tidak memerlukan tanda tangan" in last


def test_the_slip_shows_its_code_and_the_receipt_both_names(printed, made):
    assert "482915" in words(read(printed("kode_ambil")))
    text = words(read(printed("serah_terima")))
    assert "Siti Aminah" in text and made.name in text


def test_a_paper_bears_its_check_code_and_signature(printed, made):
    paper = printed("krk")
    text = words(read(paper))
    assert paper.token in text.replace(" ", "")
    assert made.name in text and f"NIP {made.nip}" in text and "Plh. Kepala Dinas," in text


def test_the_date_is_read_where_the_office_is(issue):
    head = dataclasses.replace(SAMPLES["krk"].letterhead, timezone="Asia/Jayapura")
    late = AT.replace(hour=15, minute=30)
    far = issue(content=dataclasses.replace(SAMPLES["krk"], letterhead=head), at=late)
    assert "17 November 2026" in words(read(rendering.render(far.pk)))


def test_the_same_paper_gives_the_same_bytes(printed, files):
    paper = printed("skrd")
    before = read(paper)
    (files / paper.file.name).unlink()
    assert read(rendering.render(paper.pk)) == before
    assert hashlib.sha256(before).hexdigest() == paper.file_sha256


def test_a_paper_is_printed_once(printed, monkeypatch):
    paper = printed()
    monkeypatch.setattr(rendering, "pdf", None)
    assert rendering.render(paper.pk).file_sha256 == paper.file_sha256


def test_a_voided_paper_still_prints_as_it_was_issued(issue, made):
    paper = services.void(issue(), reason="Salah", at=AT)
    assert made.name in words(read(rendering.render(paper.pk)))


def test_a_lost_file_never_comes_back_different(printed, files, monkeypatch):
    paper = printed()
    (files / paper.file.name).unlink()
    monkeypatch.setattr(rendering, "pdf", lambda page: b"%PDF another")
    with pytest.raises(rendering.Tampered):
        rendering.render(paper.pk)


def test_nothing_is_left_behind_when_writing_fails(issue, files, monkeypatch):
    paper = issue()
    monkeypatch.setattr(rendering.os, "replace", lambda *names: (_ for _ in ()).throw(OSError))
    with pytest.raises(OSError):
        rendering.render(paper.pk)
    assert list((files / "surat").iterdir()) == []
    assert Paper.objects.get(pk=paper.pk).file_sha256 is None


def test_a_preview_says_draft_and_leads_nowhere(draft):
    paper = draft("skrd")
    text = words(rendering.preview(paper))
    assert "KONSEP, belum bernomor" in text and "(belum ditandatangani)" in text
    assert paper.token not in text.replace(" ", "")


def test_the_command_prints_what_is_missing(issue, draft, capsys):
    paper = issue()
    draft()
    call_command("cetak_surat")
    assert capsys.readouterr().out == f"Keterangan Rencana Kabupaten (KRK) {paper.number}\n"
    call_command("cetak_surat")
    assert capsys.readouterr().out == ""


def test_one_broken_paper_does_not_stop_the_others(issue, monkeypatch):
    broken, sound = issue(), issue()
    render = rendering.render
    monkeypatch.setattr(
        rendering, "render", lambda pk: render(pk if pk == sound.pk else uuid.UUID(int=0))
    )
    with pytest.raises(CommandError, match=str(broken.pk)):
        call_command("cetak_surat", stderr=open("/dev/null", "w"))
    assert Paper.objects.get(pk=sound.pk).file_sha256


def test_the_file_waits_for_its_worker(issue):
    paper = issue()
    with pytest.raises(services.NotPrinted, match="disiapkan"):
        services.respond(paper)
    response = services.respond(rendering.render(paper.pk))
    assert response["Content-Type"] == "application/pdf"
    assert "Keterangan-Rencana-Kabupaten" in response["Content-Disposition"]


def test_what_no_database_takes_is_left_out(printed):
    """The other nasty texts are in test_nasty.py, without a database."""
    odd = paper("Uji", holder="a\x00b\ud800c", closing=("a\x00b\x1bc\u202ed\ud800e",))
    assert "abcde" in words(read(printed("skrd", odd)))


def test_amounts_stand_within_the_page(printed):
    """The rightmost figure of a wide table must not fall off the paper."""
    table = dataclasses.replace(
        LINES, rows=(("m" * 60, "n" * 60, "o" * 200, "9.999.999,00"),), cites=()
    )
    text = words(read(printed("skrd", paper("Uji", sections=(Section(table=table),)))))
    assert "9.999.999,00" in text


def in_a_narrow_column(word):
    """Return the text of a page on which a word has a column that holds two letters."""
    cells = f'<tr><td style="overflow-wrap: normal">{whole(word)}</td><td>x</td></tr>'
    table = f'<table class="list"><colgroup><col class="w4"/><col class="w96"/></colgroup><tbody>{cells}</tbody></table>'  # noqa: E501
    page = f'<html lang="id"><head><title>x</title></head><body>{table}</body></html>'
    return words(typesetting.pdf(page, ("paper", "a4")))


@pytest.mark.parametrize(
    "number", ["ke-2,", "IMB-990101-16112026-001", "(2026-11-16)", "640/0001;", "3/4/5"]
)
def test_a_number_that_is_never_broken_has_no_box_and_stands_on_one_line(number):
    assert whole(number) == number and number in in_a_narrow_column(number)


@pytest.mark.parametrize("word", ["dan/atau", "rumah-rumah"])
def test_another_word_is_broken_in_so_narrow_a_column(word):
    assert whole(word) == word and word not in in_a_narrow_column(word)


def test_numbers_are_kept_whole_and_markup_is_not():
    assert whole("Surat 0001/KRK/XI/2026.") == (
        'Surat <span class="whole whole--long">0001/KRK/XI/2026.</span>'
    )
    assert whole("1/<b>2</b>") == '<span class="whole">1/&lt;b&gt;2&lt;/b&gt;</span>'
    assert whole("dan/atau " + "1/" * 30) == "dan/atau " + "1/" * 30
