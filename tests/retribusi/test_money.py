"""From the recorded building to the booked payment, and what is refused on the way."""

import datetime
import io
import uuid

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader

from accounts.models import Identity, User
from applications.models import Application, Record
from applications.refusals import Barred, Conflict, Refusal, Unmet
from documents import due, printout, rendering
from documents import services as papers
from imbportal.daerah import calendar, registry
from retribusi import due_dates, invariants, services
from retribusi.models import LedgerEntry, Payment, PaymentProof, Skrd
from retribusi.slip_form import PaymentProofForm

pytestmark = pytest.mark.django_db
SLUG = "contoh"
PART = {
    "nama": "Rumah", "luas": "90", "fungsi": "hunian", "kompleksitas": "sederhana",
    "permanensi": "permanen", "lantai": 1, "kepemilikan": "perorangan",
}  # fmt: skip
DATA = {
    "kegiatan": "baru", "bangunan": [PART], "prasarana": [{"kode": "pagar", "volume": "30"}],
    "biaya": [],
}  # fmt: skip
TOTAL = 499_770 + 756_000


@pytest.fixture(autouse=True)
def demo(settings, tmp_path):
    settings.DEMO = True
    settings.STORAGES = {**settings.STORAGES}
    settings.STORAGES["default"] = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path, "base_url": None},
    }


@pytest.fixture
def budi():
    user = User.objects.create_user("budi@contoh.test", name="Budi Santosa")
    Identity.objects.create(user=user, name="Budi Santosa", address="Jl. Stadion 12")
    return user


@pytest.fixture
def sari():
    return User.objects.create_user("sari@contoh.test", name="Sari")


@pytest.fixture
def case(budi):
    """A case that waits for its payment, with the building recorded and nothing billed yet."""
    version = registry.current_version(SLUG)
    track = next(code for code, track in registry.current(SLUG).track.items() if track.fee)
    case = Application.objects.create(
        daerah=SLUG, version_used=version, track=track, applicant=budi, holder=budi.identity,
        pickup_code="1", number="REG-1", building_name="Rumah tinggal", floor_area=90,
        state="AWAITING_PAYMENT",
    )  # fmt: skip
    Record.objects.create(application=case, kind="pendataan", data=DATA, by=budi)
    return case


def issue(case, at=None):
    at = at or timezone.now()
    paper = papers.draft(
        kind="skrd", rules=case.rules, version=case.version_used, case=case.pk,
        content=services.draft_bill(case, at),
    )  # fmt: skip
    services.bill(case, papers.issue(paper, at=at, kecamatan="352801"), at)
    return services.live_bill(case)


@pytest.fixture
def bill(case, sari):
    services.assess(case, by=sari)
    return issue(case)


def slip(colour="white"):
    file = io.BytesIO()
    Image.new("RGB", (300, 200), colour).save(file, "PNG")
    return SimpleUploadedFile("struk.png", file.getvalue(), "image/png")


def file(case, by, **more):
    given = {
        "file": slip(), "amount": TOTAL, "paid_on": calendar.today(SLUG), "bank": "Bank Daerah",
        "reference": "NTB 001",
    }  # fmt: skip
    return services.file_proof(case, by=by, **given | more)


# -- Assessment -----------------------------------------------------------------------------
def test_the_engine_assesses_what_was_recorded(case, sari):
    assert services.ready(case) == ["Retribusi belum dihitung."]
    assessment = services.assess(case, by=sari)
    assert assessment.total == TOTAL == services.due(case)
    assert assessment.sample and services.ready(case) == []


def test_the_record_is_shown_in_the_words_of_its_form_and_with_a_decimal_comma(case):
    data = DATA | {"bangunan": [PART | {"luas": "1234.50"}]}
    rows = dict(services.building_rows(case, data))
    assert rows["Kegiatan"] == "Pembangunan baru" and rows["Prasarana: Pagar"] == "30 m"
    assert rows["Rumah"].startswith("Luas 1.234,5 m²; Fungsi bangunan: Hunian; ")
    form = services.building_form(case, initial=data)
    assert 'value="1.234,5"' in str(form.parts[0]["luas"])
    assert 'value="30"' in str(form.whole["p_pagar"])


def test_a_record_that_changed_must_be_assessed_anew(case, sari):
    services.assess(case, by=sari)
    Record.objects.filter(application=case).update(data=DATA | {"prasarana": []})
    assert "Hitung ulang" in services.ready(case)[0]
    services.assess(case, by=sari)
    assert services.ready(case) == [] and services.due(case) == 499_770


@pytest.mark.parametrize(
    "data",
    [
        DATA | {"bangunan": [PART | {"fungsi": "kandang"}]},
        DATA | {"warna": 1},
        DATA | {"tarif": {"ilo": "0.1"}},
    ],
)
def test_what_cannot_be_calculated_or_is_a_simulation_is_no_assessment(case, sari, data):
    Record.objects.filter(application=case).update(data=data)
    with pytest.raises(Unmet):
        services.assess(case, by=sari)
    assert not case.assessments.exists()


def test_without_a_record_nothing_is_assessed(case, sari):
    case.records.all().delete()
    with pytest.raises(Unmet):
        services.assess(case, by=sari)


def test_outside_the_demo_no_bill_rests_on_a_sample(case, sari, settings):
    services.assess(case, by=sari)
    settings.DEMO = False
    assert "Tarif contoh" in services.ready(case)[0]
    with pytest.raises(Unmet):
        services.draft_bill(case, timezone.now())


# -- Bill -----------------------------------------------------------------------------------
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


@pytest.mark.satu_basis_data
def test_an_ordinary_bill_is_one_page_and_its_calculation_another(bill):
    for size in ("A4", "F4"):
        bill.paper.content["page_size"] = size
        pages = PdfReader(io.BytesIO(rendering.preview(bill.paper))).pages
        first, second = (" ".join(page.extract_text().split()) for page in pages)
        for words in ("Masa retribusi", "Jumlah keseluruhan", "PERHATIAN", "Tanda tangan"):
            assert words in first
        assert "Lampiran perhitungan" in second and "Lampiran perhitungan" not in first


def test_a_bill_signed_days_before_its_issue_is_due_from_the_day_of_issue(case, sari):
    services.assess(case, by=sari)
    drafted = datetime.datetime(2026, 11, 2, 3, tzinfo=datetime.UTC)
    paper = papers.draft(
        kind="skrd", rules=case.rules, version=case.version_used, case=case.pk,
        content=services.draft_bill(case, drafted),
    )  # fmt: skip
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
    again = papers.draft(
        kind="skrd", rules=case.rules, version=case.version_used, case=case.pk,
        content=services.draft_bill(case, timezone.now()),
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        services.bill(case, papers.issue(again, at=timezone.now()), timezone.now())
    assert case.bills.count() == 1


def test_a_voided_bill_is_followed_by_one_with_another_code(case, bill):
    services.void_bill(case, "Salah luas", timezone.now())
    assert services.live_bill(case) is None
    assert issue(case).payment_code != bill.payment_code


def test_a_bill_whose_calculation_changed_meanwhile_is_not_issued(case, sari):
    services.assess(case, by=sari)
    paper = papers.draft(
        kind="skrd", rules=case.rules, version=case.version_used, case=case.pk,
        content=services.draft_bill(case, timezone.now()),
    )  # fmt: skip
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


OTHER = {"UUIDField": uuid.UUID(int=7), "JSONField": "{}", "BooleanField": False}
FREE = {PaymentProof: {"file", "scan"}}
"""Columns that follow the stored file, and are no fact of the slip."""


def other(field, row):
    """Return another value than the row has in a column, as the database takes it."""
    kind = (field.target_field if field.is_relation else field).get_internal_type()
    if "Date" in kind:
        value = datetime.datetime(2001, 1, 1, tzinfo=datetime.UTC)
        return field.get_db_prep_value(value if "Time" in kind else value.date(), connection)
    if kind in OTHER:
        return OTHER[kind] if kind == "JSONField" else field.get_db_prep_value(
            OTHER[kind], connection
        )  # fmt: skip
    return 987_654 if "Integer" in kind or "AutoField" in kind else "palsu"


def test_no_column_of_bill_calculation_payment_or_judged_slip_can_be_changed(
    case, bill, budi, sari
):
    file(case, budi)
    services.refuse(case, sari, "Kabur", timezone.now())
    refused = PaymentProof.objects.get()
    file(case, budi, reference="NTB 2")
    services.confirm(case, sari, timezone.now())
    voided = Skrd.objects.get()
    Skrd.objects.update(voided_at=timezone.now(), void_reason="Salah")
    tried = 0
    for row in (bill.assessment, voided, Payment.objects.get(), refused):
        table = row._meta.db_table
        for field in row._meta.concrete_fields:
            if field.name in FREE.get(type(row), ()):
                continue
            cast = "" if field.get_internal_type() != "JSONField" else JSON[connection.vendor]
            change = f'UPDATE {table} SET "{field.column}" = %s{cast} WHERE id = %s'
            pk = row._meta.pk.get_db_prep_value(row.pk, connection)
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                connection.cursor().execute(change, [other(field, row), pk])
            tried += 1
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            connection.cursor().execute(f"DELETE FROM {table}")
    assert tried > 40 and not PaymentProof.objects.filter(status="diajukan")


JSON = {"sqlite": "", "postgresql": "::jsonb"}


# -- Payment --------------------------------------------------------------------------------
def test_an_exact_proof_is_booked(case, bill, budi, sari):
    proof = file(case, budi)
    assert services.proof_waiting(case) == proof and services.exact(case) == []
    services.confirm(case, sari, timezone.now())
    payment = Payment.objects.get()
    assert payment.amount == TOTAL and payment.confirmed_by == sari
    assert services.due(case) == 0 and not services.nothing_paid(case)
    assert services.live_bill(case) == bill and services.proof_waiting(case) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": TOTAL - 1},
        {"amount": TOTAL + 1},
        {"paid_on": datetime.date(2020, 1, 1)},
        {"paid_on": datetime.date(2999, 1, 1)},
    ],
)
def test_a_proof_that_does_not_fit_cannot_be_confirmed(case, bill, budi, sari, wrong):
    file(case, budi, **wrong)
    assert services.exact(case)
    with pytest.raises(Unmet):
        services.confirm(case, sari, timezone.now())
    assert services.nothing_paid(case)


def test_a_refused_proof_gives_way_to_a_new_one(case, bill, budi, sari):
    first = file(case, budi)
    services.refuse(case, sari, "Gambar tidak terbaca", timezone.now())
    first.refresh_from_db()
    assert (first.status, first.reason) == ("ditolak", "Gambar tidak terbaca")
    assert services.proof_waiting(case) is None
    second = file(case, budi, reference="NTB 002")
    assert services.proof_waiting(case) == second


def test_a_newer_proof_replaces_one_that_nobody_judged(case, bill, budi):
    file(case, budi, amount=5)
    newer = file(case, budi, reference="NTB 009")
    assert services.proof_waiting(case) == newer
    assert bill.proofs.filter(status="diajukan").count() == 1


def test_the_same_slip_for_another_bill_is_pointed_out(case, bill, budi, sari):
    other = Application.objects.create(
        daerah=SLUG, version_used=case.version_used, track=case.track, applicant=budi,
        holder=budi.identity, pickup_code="1", number="REG-2", state="AWAITING_PAYMENT",
    )  # fmt: skip
    Record.objects.create(application=other, kind="pendataan", data=DATA, by=sari)
    services.assess(other, by=sari)
    issue(other)
    first = file(case, budi)
    assert services.duplicates(first) == ""
    same_file = file(other, budi, reference="lain")
    assert bill.number in services.duplicates(same_file)
    same_reference = file(other, budi, file=slip("black"), reference="ntb 001")
    assert bill.number in services.duplicates(same_reference)


def test_a_slip_with_a_twin_is_booked_only_by_a_note_that_names_it(case, bill, budi, sari):
    file(case, budi)
    services.void_bill(case, "Salah luas", timezone.now())
    issue(case)
    file(case, budi)
    assert services.tick(case) == f"Bukti serupa pada SKRD {bill.number} sudah diperiksa."
    for note in ("", "Sudah diperiksa."):
        with pytest.raises(Unmet, match="harus dilengkapi") as stop:
            services.confirm(case, sari, timezone.now(), note)
        assert f"SKRD {bill.number}" in stop.value.missing[0]
    services.confirm(case, sari, timezone.now(), services.tick(case))
    assert Payment.objects.count() == 1 and services.tick(case) == ""


def test_who_sends_a_refused_slip_again_is_told_why_it_was_refused(case, bill, budi, sari):
    file(case, budi)
    services.refuse(case, sari, "Nama tidak terbaca.", timezone.now())
    again = form(bill, paid_on=calendar.today(SLUG).isoformat())
    again.today = calendar.today(SLUG)
    assert again.is_valid() and not again.store(case, by=budi)
    assert "sudah ditolak" in again.errors["file"][0]
    assert "karena: Nama tidak terbaca." in again.errors["file"][0]
    assert "again" in again.fields and services.proof_waiting(case) is None
    knowingly = form(bill, paid_on=calendar.today(SLUG).isoformat(), again="on")
    knowingly.today = calendar.today(SLUG)
    assert knowingly.is_valid() and knowingly.store(case, by=budi)
    waits = services.proof_waiting(case)
    assert "sudah ditolak dalam permohonan ini" in services.duplicates(waits)


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


def test_nobody_else_files_a_proof_and_none_without_a_bill(case, budi, sari):
    with pytest.raises(Conflict):
        file(case, budi)
    with pytest.raises(Barred):
        file(case, sari)


def test_no_proof_is_filed_while_the_case_waits_for_something_else(case, bill, budi):
    elsewhere = Application.objects.create(
        daerah=SLUG, version_used=case.version_used, track=case.track, applicant=budi,
        holder=budi.identity, pickup_code="1", state="FEE",
    )  # fmt: skip
    with pytest.raises(Refusal):
        file(elsewhere, budi)


@pytest.mark.parametrize(
    "statement", ["UPDATE retribusi_payment SET amount = 1", "DELETE FROM retribusi_payment"]
)
def test_the_database_itself_keeps_payments(case, bill, budi, sari, statement):
    file(case, budi)
    services.confirm(case, sari, timezone.now())
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)


# -- The form -------------------------------------------------------------------------------
def form(bill, **more):
    data = {"amount": "Rp1.255.770", "paid_on": "2026-07-01", "bank": "B", "reference": "1"} | more
    return PaymentProofForm(data, {"file": slip()}, bill=bill, today=datetime.date(2026, 7, 2))


@pytest.mark.parametrize("text", ["1255770", "1.255.770", "Rp 1.255.770", "Rp1.255.770,00"])
def test_an_amount_may_be_written_as_people_do(bill, text):
    filled = form(bill, amount=text)
    assert filled.is_valid() and filled.cleaned_data["amount"] == TOTAL


@pytest.mark.parametrize(
    "wrong", [{"amount": "1,5"}, {"amount": "0"}, {"paid_on": "2026-07-03"}, {"reference": ""}]
)
def test_the_form_names_what_is_wrong(bill, wrong):
    assert list(form(bill, **wrong).errors) == list(wrong)


def test_the_form_fits_the_service(case, bill, budi):
    filled = form(bill, paid_on=calendar.today(SLUG).isoformat())
    filled.today = calendar.today(SLUG)
    assert filled.is_valid()
    assert services.file_proof(case, by=budi, **filled.cleaned_data).amount == TOTAL


# -- Ledger ---------------------------------------------------------------------------------
def test_a_payment_stands_in_the_ledger_by_account(case, bill, budi, sari):
    file(case, budi)
    services.confirm(case, sari, timezone.now())
    lines = LedgerEntry.objects.order_by("pk").values_list("code", "line", "amount", "day")
    today = calendar.today(SLUG)
    assert [*lines] == [
        ("4.1.02.03.01.0001", "Retribusi bangunan gedung", 499_770, today),
        ("4.1.02.03.01.0001", "Retribusi prasarana bangunan gedung", 756_000, today),
    ]
    assert [*invariants.ledger_lines()] == []
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute("DELETE FROM retribusi_ledgerentry")


def test_what_came_on_top_is_booked_by_what_each_account_lacks(case, bill, budi, sari):
    file(case, budi)
    services.confirm(case, sari, timezone.now())
    papers.void(bill.paper, reason="putaran kedua", at=timezone.now())
    smaller, longer = PART | {"luas": "45"}, [{"kode": "pagar", "volume": "50"}]
    record = Record.objects.filter(application=case)
    record.update(data=DATA | {"bangunan": [smaller], "prasarana": longer})
    services.assess(case, by=sari)
    issue(case)
    file(case, budi, amount=254_115, reference="NTB 002", file=slip("black"))
    services.confirm(case, sari, timezone.now())
    second = LedgerEntry.objects.order_by("-pk")[:2]
    assert {entry.line.split()[1]: entry.amount for entry in second} == {
        "bangunan": -249_885, "prasarana": 504_000,
    }  # fmt: skip
    assert [*invariants.ledger_lines()] == []


# -- Low-income households ------------------------------------------------------------------
POOR = {
    "mbr": True, "mbr_rumah": "swadaya", "mbr_keluarga": "kawin", "mbr_penghasilan": "6500000",
}  # fmt: skip


@pytest.fixture
def cottage(case):
    """A house of 45 m², filed by a household of low income, recorded as it was filed."""
    Application.objects.filter(pk=case.pk).update(
        function="hunian", floors=1, floor_area=45, facts=POOR
    )
    record = {"bangunan": [PART | {"luas": "45"}], "prasarana": []}
    Record.objects.filter(application=case).update(data=DATA | record)
    return Application.objects.get(pk=case.pk)


def test_a_low_income_household_gets_a_bill_of_nothing(cottage, sari):
    assessment = services.assess(cottage, by=sari)
    assert assessment.total == 0 and assessment.input["keringanan"] == "mbr"
    content = services.draft_bill(cottage, timezone.now())
    assert dict(content.facts)["Pembebasan"].startswith("100")
    bill = issue(cottage)
    assert (bill.amount, bill.settled_at is None) == (0, False)
    assert [*invariants.relief_rows()] == []


def test_what_the_office_measured_goes_before_what_was_answered(cottage, sari):
    record = {"bangunan": [PART | {"luas": "48.5"}], "prasarana": []}
    Record.objects.filter(application=cottage).update(data=DATA | record)
    assert services.assess(cottage, by=sari).total > 0


def test_before_the_daerahs_regulation_it_pays_as_all_do(cottage, sari):
    with time_machine.travel(datetime.datetime(2024, 11, 24, 5, tzinfo=datetime.UTC)):
        assert services.assess(cottage, by=sari).total > 0
