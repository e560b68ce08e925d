"""Many lines of the ledger, and what is taken along of them."""

from types import SimpleNamespace

import openpyxl
import pytest
from cash_room import CODE, FEES, SLUG, close, fill, login, page, words
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from applications import register_file
from applications.models import RegisterExport
from imbportal.daerah import calendar
from notifications import jobs
from notifications.models import Job
from retribusi.cash import book_desk, days
from retribusi.models import CashClosing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stored(demo):
    """Keep the files of an export apart."""


@pytest.fixture
def at(client):
    """Return a function that logs an officer in and gives the client."""
    return lambda role: login(client, role)


def test_two_thousand_lines_cost_as_many_queries_as_ten(at, monkeypatch):
    client = at("bendahara")

    def queries(path):
        with CaptureQueriesContext(connection) as asked:
            page(client, path)
        return len(asked)

    paths = ("/admin/kas/", "/admin/kas/buku/?q=0", "/admin/kas/buku/", "/admin/kas/bulan/",
             "/admin/kas/tutup/")  # fmt: skip
    fill(100)
    few = [(queries(path), queries(path))[1] for path in paths]
    fill(1900)
    assert [queries(path) for path in paths] == few and max(few) < 30, few
    seen, address = [], "?"
    monkeypatch.setattr(book_desk, "PAGE", 700)
    while address:
        answer = client.get(f"/admin/kas/buku/{address}")
        seen += [(line.entry.day, line.entry.pk) for line in answer.context["lines"]]
        address = answer.context["following"]
    assert len(seen) == 2000 and seen == sorted(seen, reverse=True)
    table = answer.context["table"]
    assert dict((code, cells[-1][1]) for code, _, cells in table.rows) == {
        FEES: sum(n + 1 for n in range(1, 100, 2)) + sum(n + 1 for n in range(1, 1900, 2)),
        CODE: sum(n + 1 for n in range(0, 100, 2)) + sum(n + 1 for n in range(0, 1900, 2)),
    }
    assert "Baris hari itu (40)" in page(client)


def taken(client, path, **form):
    """Ask for a spreadsheet, let the worker make it, and read it."""
    answer = client.post(path, form)
    assert answer.status_code == 302, words(answer)
    for job in Job.objects.filter(kind=register_file.JOB, status=Job.Status.PENDING):
        jobs.run(job.pk)
    export = RegisterExport.objects.get(pk=answer["Location"].split("/")[-2])
    assert "Berkas siap" in page(client, answer["Location"])
    fetched = client.get(f"{answer['Location']}unduh/")
    assert b"".join(fetched.streaming_content)[:2] == b"PK"
    return export, openpyxl.load_workbook(default_storage.open(export.file.name))


def test_the_ledger_and_a_closing_are_taken_along_as_typed_cells(at):
    fill(120)
    client, today = at("bendahara"), calendar.today(SLUG)
    export, made = taken(
        client, "/admin/kas/buku/ekspor/", daerah=SLUG, rekening=FEES, sampai=today.isoformat()
    )
    lines, sums = made["Buku"], made["Rekap"]
    heads = {cell.value: cell.column - 1 for cell in lines[register_file.HEAD_ROWS]}
    rows = list(lines.rows)[register_file.HEAD_ROWS :]
    assert export.written == export.total == len(rows) == 60
    for row in rows:
        for name in ("Uraian", "Keterangan"):
            assert row[heads[name]].data_type == "s" and row[heads[name]].quotePrefix
        assert row[heads["Tanggal buku"]].is_date and row[heads["Kode rekening"]].value == FEES
    amounts = [row[heads["Jumlah (Rp)"]].value for row in rows]
    assert sum(amounts) == list(sums.rows)[-1][-1].value == sum(range(2, 121, 2))
    close(client)
    done = CashClosing.objects.get()
    export, made = taken(client, f"/admin/kas/penutupan/{done.pk}/ekspor/")
    assert export.written == done.lines and list(made["Rekap"].rows)[-1][-1].value == done.balance
    facts = {row[0].value: row[1].value for row in made["Penutupan"].rows}
    assert facts["Sidik penutupan ini"] == done.hash and "Bendahara" in facts["Ditutup oleh"]
    assert at("petugas").post("/admin/kas/buku/ekspor/").status_code == 403
    page(at("auditor"), f"/admin/register/ekspor/{export.pk}/", 404)


@pytest.mark.satu_basis_data
def test_a_booking_outside_a_transaction_is_a_mistake(monkeypatch):
    monkeypatch.setattr(days, "connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(transaction.TransactionManagementError):
        days.hold(SLUG)
