"""The bill: what it prints, when it is due, and that one waits for money at most."""

import datetime
import io

import billed
import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from pypdf import PdfReader
from recorded import DATA, TOTAL, file, issue

from applications.models import Record
from applications.refusals import Unmet
from documents import due, printout, rendering
from documents import services as papers
from retribusi import due_dates, services
from retribusi.models import Skrd

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def test_the_bill_prints_its_own_arithmetic(case, sari):
    services.assess(case, by=sari)
    content = services.draft_bill(case, timezone.now())
    table = content.sections[0].table
    assert content.extra["amount"] == TOTAL
    account = "4.1.02.03.01.0001"
    assert table.rows[0] == ("1.", account, "Retribusi bangunan gedung", "", "499.770")
    assert table.rows[1][3] == "499.770,00" and table.foot[-1] == "1.255.770"
    assert "It = fungsi 0,15" in table.cites[1] and "lampiran baris 1 sampai 4" in table.cites[1]
    assert ("", "", "Keringanan: tidak ada", "0,00", "") in table.rows
    assert dict(content.facts)["NPWP/NPWPD"] == "-"
    assert content.sections[1].title == "Lampiran perhitungan"
    assert content.extra["terbilang"].endswith("tujuh ratus tujuh puluh rupiah")
    assert content.sample and dict(content.facts)["Nama"] == "Budi Santosa"


def test_a_bill_is_due_thirty_days_after_its_day(case, sari):
    services.assess(case, by=sari)
    bill = issue(case, datetime.datetime(2026, 11, 15, 18, tzinfo=datetime.UTC))
    assert bill.due_date == datetime.date(2026, 12, 16)  # it was the 16th already in the daerah
    assert bill.amount == TOTAL and bill.snapshot["result"]["total"] == TOTAL
    assert bill.payment_code.isdigit() and bill.number == bill.paper.number


RELIEF = [
    ["Sebelum keringanan", "Rp1.255.770"],
    ["Keringanan", "20 %, Keputusan Keringanan Retribusi nomor 0001/KERINGANAN/XI/2026 tanggal 25 "
     "November 2026"],
    ["Pengganti", "SKRD nomor 0009/SKRD/XI/2026, dibatalkan 24 November 2026"],
]  # fmt: skip


@pytest.mark.satu_basis_data
@pytest.mark.parametrize("size, more", [("A4", []), ("F4", []), ("A4", RELIEF)])
def test_a_bill_is_one_page_and_its_calculation_another(bill, size, more):
    """With relief, and in place of another, too."""
    bill.paper.content["letterhead"]["page_size"] = size
    bill.paper.content["facts"] = [*bill.paper.content["facts"], *more]
    if more:
        table = bill.paper.content["sections"][0]["table"]
        rows = [n for n, style in enumerate(table["styles"]) if style == "sub"]
        table["cites"] = [cite or "Pasal 9 ayat (1) huruf a" if n in rows else cite
                          for n, cite in enumerate(table["cites"])]  # fmt: skip
    pages = PdfReader(io.BytesIO(rendering.preview(bill.paper))).pages
    first, second = (" ".join(page.extract_text().split()) for page in pages)
    for words in ("Masa retribusi", "Jumlah keseluruhan", "PERHATIAN", "Tanda tangan"):
        assert words in first
    assert "Lampiran perhitungan" in second and "Lampiran perhitungan" not in first


def test_a_bill_signed_days_before_its_issue_is_due_from_the_day_of_issue(case, sari):
    services.assess(case, by=sari)
    drafted = datetime.datetime(2026, 11, 2, 3, tzinfo=datetime.UTC)
    paper = billed.draft(case, drafted)
    papers.freeze(paper, at=drafted)
    issued = drafted + datetime.timedelta(days=9)
    services.bill(case, papers.issue(paper, at=issued, kecamatan="352801"), issued)
    page = printout.printout(paper, [])
    assert services.live_bill(case).due_date == datetime.date(2026, 12, 11)
    assert page.due_date == "11 Desember 2026"
    assert page.due_note == "30 hari sejak 11 November 2026"
    assert (page.month, page.year) == ("November", "2026") and page.serial in paper.number


def test_a_due_date_on_a_holiday_rolls_where_the_file_says_so(case):
    tariff = case.rules.tariff[-1]
    rolling = tariff.model_copy(update={"due_roll": "hari_kerja_berikutnya"})
    day = datetime.date(2026, 11, 26)
    assert due.of(due_dates.rule(case, tariff, day), day).end == datetime.date(2026, 12, 26)
    rule = due_dates.rule(case, rolling, day)
    found = due.of(rule, day)
    assert found.end == datetime.date(2026, 12, 28)  # over Saturday and Sunday
    assert "26 Desember 2026 bukan hari kerja, jadi hari kerja berikutnya" in found.arithmetic
    assert not due.stale(rule, day) and due.stale(rule, day + datetime.timedelta(days=200))


def test_one_bill_at_most_waits_for_money(case, bill):
    again = billed.draft(case, timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        services.bill(case, papers.issue(again, at=timezone.now()), timezone.now())
    assert case.bills.count() == 1


def test_a_voided_bill_is_followed_by_one_with_another_code(case, bill):
    services.void_bill(case, "Salah luas", timezone.now())
    assert services.live_bill(case) is None
    assert issue(case).payment_code != bill.payment_code


def test_a_bill_whose_calculation_changed_meanwhile_is_not_issued(case, sari):
    services.assess(case, by=sari)
    paper = billed.draft(case, timezone.now())
    services.assess(case, by=sari)
    with pytest.raises(Unmet, match="harus dilengkapi"):
        services.bill(case, papers.issue(paper, at=timezone.now()), timezone.now())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE retribusi_skrd SET amount = 1",
        "DELETE FROM retribusi_skrd",
        "UPDATE retribusi_assessment SET total = 1",
        "DELETE FROM retribusi_assessment",
    ],
)
def test_the_database_itself_keeps_bills_and_calculations(bill, statement):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)


def test_only_what_came_on_top_is_billed_after_a_payment(case, bill, budi, sari):
    file(case, budi)
    services.confirm(case, sari, timezone.now())
    papers.void(bill.paper, reason="putaran kedua", at=timezone.now())
    Record.objects.filter(application=case).update(
        data=DATA | {"prasarana": [{"kode": "pagar", "volume": "40"}]}
    )
    services.assess(case, by=sari)
    content = services.draft_bill(case, timezone.now())
    assert content.extra["amount"] == services.due(case) == 252_000
    rows = content.sections[0].table.rows
    lines = [(row[2], row[4]) for row in rows if row[0]]
    assert lines == [
        ("Retribusi bangunan gedung", "0"), ("Retribusi prasarana bangunan gedung", "252.000")
    ]  # fmt: skip
    assert [row[3] for row in rows if row[2] == "Telah dibayar"] == ["-499.770,00", "-756.000,00"]
    assert issue(case).amount == 252_000
    assert Skrd.objects.filter(application=case).count() == 2
