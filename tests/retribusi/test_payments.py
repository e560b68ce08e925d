"""Slips handed in and judged, and the money in the ledger."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from recorded import DATA, PART, SLUG, TOTAL, file, form, issue, recorded, slip

from applications.models import Application, Record
from applications.refusals import Barred, Conflict, Refusal, Unmet
from documents import services as papers
from imbportal.daerah import calendar
from retribusi import invariants, services
from retribusi.models import LedgerEntry, Payment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


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
    other = recorded(budi, "REG-2")
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


# -- The ledger -----------------------------------------------------------------------------


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
