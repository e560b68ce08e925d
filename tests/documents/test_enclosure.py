"""What the permit and the bill say as data, within their PDF."""

import dataclasses
import io
import json
import shutil
import subprocess

import pikepdf
import pytest
from django.core.files.storage import default_storage

from documents import rendering, services
from documents.printout import Signature, printout
from tests.documents.reading import enclosed, unprinted, words
from tests.documents.samples import SAMPLES

pytestmark = pytest.mark.django_db


def read(paper):
    return default_storage.open(paper.file.name).read()


@pytest.mark.parametrize("kind", ["izin", "skrd"])
def test_all_that_is_enclosed_is_printed_too(printed, kind):
    secret = "3528010101900001"
    extra = SAMPLES[kind].extra | {"assessment": secret}
    content = dataclasses.replace(
        SAMPLES[kind], extra=extra, purpose=secret, basis=("Perda yang hanya SKRD cetak",)
    )
    pdf = read(printed(kind, content))
    data = json.loads(enclosed(pdf, f"{kind}.json"))
    assert unprinted(data, words(pdf)) == []
    assert secret not in str(data) and (data["tanggal"], data["jenis"]) == ("2026-11-16", kind)


def test_of_who_initialled_it_says_what_the_paper_prints(printed):
    mark = Signature(
        title="Kepala Bidang", name="Lilis Suryani", nip="19800101 200501 2 001",
        date="16 November 2026",
    )  # fmt: skip
    page = dataclasses.replace(printout(printed("izin"), ()), initialled=(mark,))
    pdf = rendering.pdf(page)
    [told] = json.loads(enclosed(pdf, "izin.json"))["paraf"]
    assert (told["nama"], "nip" in told) == ("Lilis Suryani", False) and mark.nip not in words(pdf)
    assert unprinted(told, words(pdf)) == []


def test_the_bill_says_its_amount_its_lines_and_where_to_check_it(printed):
    paper = printed("skrd")
    data = json.loads(enclosed(read(paper), "skrd.json"))
    assert data["tagihan"]["jumlah"] == 175200 and data["nomor"] == paper.number
    assert data["tagihan"]["jatuh_tempo"] == "16 Desember 2026"
    lines = SAMPLES["skrd"].sections[0].table
    assert data["bagian"][0]["tabel"]["baris"] == [list(row) for row in lines.rows]
    assert data["bagian"][0]["tabel"]["hitungan"] == list(lines.cites)
    assert data["pemeriksaan"]["kode_qr"] == paper.check_url
    [mark] = data["tanda_tangan"]
    assert mark["nama"] == "Made Wijaya" and mark["tanggal"] == "16 November 2026"


def test_the_file_is_declared_as_the_archive_form_asks(printed):
    """ISO 19005-3, 6.8: named in the catalogue, with its relation, type, both names and date."""
    paper = printed("izin")
    with pikepdf.open(io.BytesIO(read(paper))) as document:
        [spec] = document.Root.AF
        assert document.Root.Names.EmbeddedFiles.Names[1].objgen == spec.objgen
        assert (spec.AFRelationship, spec.F, spec.UF) == ("/Data", "izin.json", "izin.json")
        assert paper.number in str(spec.Desc)
        stream = spec.EF.F
        assert stream.Subtype == "/application/json" and stream.Type == "/EmbeddedFile"
        assert stream.Params.ModDate == stream.Params.CreationDate == "D:20261116030000Z"
        assert stream.Params.Size == len(stream.read_bytes())
        mark = document.open_metadata()
        assert (mark["pdfaid:part"], mark["pdfaid:conformance"]) == ("3", "A")
        assert document.Root.MarkInfo.Marked and document.Root.Lang == "id"


@pytest.mark.skipif(not shutil.which("pdfdetach"), reason="poppler-utils")
def test_another_program_takes_the_same_file_out(printed, tmp_path):
    pdf = read(printed("izin"))
    (tmp_path / "surat.pdf").write_bytes(pdf)
    subprocess.run(["pdfdetach", "-saveall", "surat.pdf"], cwd=tmp_path, check=True)
    assert (tmp_path / "izin.json").read_bytes() == enclosed(pdf, "izin.json")


def test_other_papers_and_drafts_carry_none(printed, draft):
    for pdf in (read(printed("krk")), rendering.preview(draft("skrd"))):
        with pikepdf.open(io.BytesIO(pdf)) as document:
            assert not document.attachments and "/AF" not in document.Root


def test_a_paper_from_before_comes_back_as_it_was_given_out(printed, files, monkeypatch):
    with monkeypatch.context() as before:
        before.setattr(services, "ENCLOSED", {})
        older = printed("skrd")
    given = read(older)
    assert not pikepdf.open(io.BytesIO(given)).attachments
    (files / older.file.name).unlink()
    assert read(rendering.render(older.pk)) == given


def test_what_is_enclosed_counts_when_a_seal_is_given(issue):
    page = printout(issue("skrd"), [])
    other = dataclasses.replace(page, content=dataclasses.replace(page.content, enclosed="a.json"))
    assert rendering.html(page) == rendering.html(other)
    assert rendering.mark_of(page) != rendering.mark_of(other)
