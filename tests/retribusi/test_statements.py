"""The bank's file taken in and read: each line once, by a format that was tried before."""

import io
import re

import openpyxl
import pytest
from bank_paper import Line, as_csv, as_mt940
from bill_rows import SLUG
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from statement_room import ACCOUNT, ROOM, login, money_of, page, paid, prepared, taken, upload, url

from imbportal.indonesia import rupiah
from retribusi.models import (
    BankFormat,
    LineOutcome,
    Statement,
    StatementLine,
)
from retribusi.statements import invariants, mapping

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with prepared(django_db_blocker) as made:
        yield made


# -- Taking a file in ------------------------------------------------------------------------


def test_a_file_is_taken_whole_once_and_each_line_once(world):
    lines = [money_of(bill) for bill in paid(world, 6)]
    broken = as_csv(lines) + b"99/99/2026;X;Y;;1,00;1,00\r\n"
    said = page(upload(world, broken), 422)
    assert "Baris 11: “99/99/2026” bukan tanggal" in said and "Tidak ada satu baris pun" in said
    assert not Statement.objects.exists() and not StatementLine.objects.exists()
    first = taken(world, lines[:4])
    said = page(upload(world, lines[:4]), 422)
    assert "sudah pernah diimpor" in said and f"{ROOM}{first.pk}/" in said
    second = taken(world, lines[2:])
    assert (second.taken, second.known) == (2, 2)
    assert second.known_sum == sum(line.sen for line in lines[2:4])
    assert StatementLine.objects.filter(of_bank=True).count() == 6
    said = page(upload(world, lines[1:5]), 422)
    assert "Semua baris berkas ini sudah pernah diimpor" in said
    assert list(invariants.statements()) == []


def test_the_same_lines_in_the_standard_format_are_known_by_their_reference(world):
    lines = [money_of(bill, reference=f"R{n}") for n, bill in enumerate(paid(world, 3))]
    taken(world, lines)
    swift = BankFormat.objects.create(
        daerah=SLUG, name="Bank Uji MT940", account=ACCOUNT, changed_at=timezone.now(),
        mapping=mapping.Mapping(kind="mt940").model_dump(), changed_by=world.form.changed_by,
    )  # fmt: skip
    more = [*lines, money_of(paid(world, 4)[3], reference="R9")]
    statement = taken(world, as_mt940(more, "00123456789"), form=swift, name="koran.sta")
    assert (statement.taken, statement.known) == (1, 3)
    assert statement.opening + statement.taken_sum + statement.known_sum == statement.closing


def test_a_format_is_made_from_a_sample_and_tried_before_it_is_kept(world):
    new = f"{ROOM}format/baru/"
    sample = as_csv([money_of(bill) for bill in paid(world, 2)])
    form = {"daerah": SLUG, "name": "Bank Baru", "account": "998877"}
    said = page(world.bendahara.post(
        new, form | {"kenali": 1, "sample": SimpleUploadedFile("contoh.csv", sample)}
    ))  # fmt: skip
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', said))
    assert (fields["debit"], fields["credit"], fields["balance"]) == ("4", "5", "6")
    given = form | {
        "kind": "csv", "encoding": "auto", "delimiter": ";", "skip": 3, "header": "on", "day": 1,
        "date_format": "%Y-%m-%d", "texts": "2", "reference": 3, "amounts": "dua", "debit": 4,
        "credit": 5, "balance": 6, "decimal": ",", "out": "BIAYA\n\nPAJAK", "into": "BUNGA",
        "cutoff": 2, "tolerance": 1, "first": sample.decode("cp1252"),
    }  # fmt: skip
    said = page(world.bendahara.post(new, given | {"simpan": 1}), 422)
    assert "bukan tanggal menurut format bank ini" in said and "belum terbaca" in said
    given["date_format"] = "%d/%m/%Y"
    said = page(world.bendahara.post(new, given | {"pratinjau": 1}))
    assert rupiah(paid(world)[0].amount) in said
    assert world.bendahara.post(new, given | {"simpan": 1}).status_code == 302
    kept = BankFormat.objects.get(name="Bank Baru")
    assert kept.mapping["out"] == ["BIAYA", "PAJAK"] and kept.mapping["heading"][3] == "Debet"
    said = page(world.bendahara.post(new, given | {"simpan": 1}), 422)
    assert "sudah ada; ubah yang itu" in said
    said = page(world.bendahara.post(new, given | {"amounts": "satu", "account": "1"}), 422)
    assert "Tulis nomor rekening dengan angka" in said
    change = f"{ROOM}format/{kept.pk}/"
    assert 'value="Bank Baru"' in page(world.bendahara.get(change))
    assert world.auditor.get(change).status_code == 403
    assert "Bank Baru" in page(world.auditor.get(f"{ROOM}format/"))


# -- Reading it ------------------------------------------------------------------------------


def test_the_page_sums_filters_pages_and_shows_text_as_text(world, monkeypatch):
    from retribusi.statements import listing

    lines = [money_of(bill) for bill in paid(world, 5)]
    evil = "<script>alert(1)</script> =1+1"
    lines.append(Line(lines[-1].day, 77_00, evil, "=cmd()"))
    statement = taken(world, lines)
    place = f"{ROOM}{statement.pk}/"
    answer = world.auditor.get(place)
    said = page(answer)
    assert "0 dari" in said and "<script>alert" not in answer.content.decode()
    assert "&lt;script&gt;" in answer.content.decode() and "Tandai" not in said
    assert "=cmd()" in page(world.auditor.get(place, {"temuan": "tidak_dikenal"}))
    assert "=cmd()" not in page(world.auditor.get(place, {"temuan": "cocok"}))
    assert paid(world)[0].number in page(world.auditor.get(place, {"q": paid(world)[0].code}))
    assert "Tidak ada baris di sini" in page(world.auditor.get(place, {"status": "selesai"}))
    monkeypatch.setattr(listing, "SIZE", 2)
    following = page(world.auditor.get(place, {"sesudah": "2"}))
    assert "sesudah=4" in following and "sebelum=3" in following
    assert "sesudah=2" in page(world.auditor.get(place, {"sebelum": "3"}))
    assert "=cmd()" in page(world.auditor.get(place, {"semua": "1"}))
    file = world.auditor.get(f"{place}xlsx/")
    assert file["Cache-Control"] == "no-store, private"
    book = openpyxl.load_workbook(io.BytesIO(file.content))
    cells = [cell for row in book["Baris"].iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert "=cmd()" in [cell.value for cell in cells] and 77 in [cell.value for cell in cells]


def test_only_who_keeps_the_money_acts_and_others_see_nothing(world):
    statement = taken(world, [money_of(paid(world)[0])])
    place = f"{ROOM}{statement.pk}/"
    line = statement.lines.first()
    stranger = login("bendahara", "pamekasan")
    for path in (place, f"{place}xlsx/", url(line)):
        assert stranger.get(path).status_code == 404
        assert world.petugas.get(path).status_code == 404
        assert world.auditor.get(path).status_code == 200
    assert world.petugas.get(ROOM).status_code == 403
    assert stranger.post(f"{place}tandai/").status_code == 404
    for path in (f"{place}tandai/", url(line, "cocok"), f"{ROOM}unggah/"):
        assert world.auditor.post(path).status_code == 403
    assert stranger.post(
        f"{ROOM}unggah/", {"daerah": SLUG, "format": world.form.pk}
    ).status_code == 422  # fmt: skip
    assert not LineOutcome.objects.exists()
