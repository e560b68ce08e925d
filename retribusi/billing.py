"""The bill (SKRD): its paper, its row, its end. A bill is never edited."""

import datetime
from typing import Any

from django.db.models import Sum

from applications import clock, handing
from applications.models import Application
from applications.paper_parts import hands, location, service_facts
from applications.refusals import Unmet
from applications.workflow import FINAL
from documents import due as paper_due
from documents.content import PaperContent, Section, Table
from documents.models import Paper
from imbportal.indonesia import angka, tanggal, terbilang
from retribusi import bill_form, due_dates, fee_day, ledger, reliefs, sheets
from retribusi.assessment import due, newest, unbillable
from retribusi.corrections import underpaid
from retribusi.models import Assessment, Skrd
from retribusi.public import offers

Facts = tuple[tuple[str, str], ...]
KIND = "skrd"
NOTES = (
    "Bayar sama persis dengan kode bayar {code}, lalu unggah buktinya pada halaman permohonan.",
    "Terlambat membayar dikenai bunga menurut peraturan yang berlaku pada tanggal jatuh tempo.",
    "Layanan perizinan tidak dipungut biaya selain retribusi ini.",
)
"""What a bill says under PERHATIAN, each a numbered sentence; takes {code}."""
THROUGH = (
    "Bayar sama persis di {office} dengan kode bayar {code}; kantor itu meneruskan buktinya. Bukti "
    "juga dapat diunggah pada halaman permohonan."
)
"""In place of the first of them, where the track names an office that takes the money."""
NIL_NOTES = (
    "Tidak ada yang harus dibayar. Simpan SKRD nihil ini sebagai bukti penetapan.",
    "Layanan perizinan tidak dipungut biaya.",
)
SAMPLE_NOTE = "Tarif contoh, belum dikonfirmasi daerah."


def draft_bill(application: Application, at: datetime.datetime) -> PaperContent:
    """Return the bill over what is still due by the newest calculation. Raises Unmet.

    The due date is counted from the day of issue: ``due`` keeps the rule, ``due_date`` what it
    gives for the day of ``at``.
    """
    assessment = _assessed(application)
    amount, kind = due(application), application.rules.paper[KIND]
    code = payment_code(application, assessment)
    name = application.holder.name if application.holder else str(application.applicant)
    return PaperContent(
        **hands(application, KIND),
        title=underpaid.title(application, kind.title),
        subtitle="" if amount else "NIHIL",
        facts=_facts(application, assessment, name),
        sections=(Section(table=_table(application, assessment)), sheets.annex(assessment.result)),
        closing=(*(_notes(application, code) if amount else NIL_NOTES), offers.note()),
        basis=kind.basis,
        copies=kind.copies,
        sample=assessment.sample or kind.contoh,
        sample_note=SAMPLE_NOTE if assessment.sample else "",
        holder=name,
        purpose=_subject(application),
        extra={
            "amount": amount,
            "terbilang": f"{terbilang(amount)} rupiah",
            "tear_off": True,
            "assessment": assessment.pk,
            "address": application.holder.address if application.holder else "",
        }
        | (_payable(application, assessment, code, at) if amount else {}),
    )


def _facts(application: Application, assessment: Assessment, name: str) -> Facts:
    holder = application.holder
    return (
        ("Nama", name),
        ("Alamat", holder.address if holder else ""),
        ("NPWP/NPWPD", (holder.npwp if holder else "") or "-"),
        ("Permohonan", _subject(application)),
        *service_facts(application),
        ("Lokasi", location(application)),
        *reliefs.as_billed(application, assessment),
        *underpaid.facts(application, assessment),
        *_in_place_of(application),
    )


def _in_place_of(application: Application) -> Facts:
    """Return which voided bill the next one replaces."""
    older = last_voided(application)
    if older is None or older.voided_at is None:
        return ()
    day = tanggal(clock.local_date(application, older.voided_at))
    return (("Pengganti", f"SKRD nomor {older.number}, dibatalkan {day}"),)


def _table(application: Application, assessment: Assessment) -> Table:
    tariff = due_dates.tariff_of(application, assessment)
    rest = ledger.rest(assessment.result, application.pk)
    return bill_form.table(assessment.result, rest, due(application), tariff.kode_rekening)


def _payable(
    application: Application, assessment: Assessment, code: str, at: datetime.datetime
) -> dict[str, Any]:
    """Return what only a bill that asks for money has: when, and under which code."""
    day = clock.local_date(application, at)
    rule = due_dates.rule(application, due_dates.tariff_of(application, assessment), day)
    found = paper_due.of(rule, day)
    return {
        "due": rule,
        "due_date": found.end.isoformat() if found else "",
        "payment_code": code,
    }


def _notes(application: Application, code: str) -> tuple[str, ...]:
    """Return what the bill says of paying, and through which office where the track names one."""
    office = handing.paid_through(application)
    notes = (THROUGH, *NOTES[1:]) if office else NOTES
    return tuple(note.format(office=office, code=grouped(code)) for note in notes)


def annex(application: Application) -> tuple[Section, ...]:
    """Return the calculation for the permit's annex; nothing where there is none."""
    assessment = newest(application)
    if assessment is None:
        return ()
    return (*sheets.relief_section(assessment.result), sheets.annex(assessment.result))


def bill(application: Application, paper: Paper, at: datetime.datetime) -> None:
    """Make the row of a bill whose paper has just got its number. Raises Unmet.

    A bill of nothing waits for nobody: it is settled as it is issued.
    """
    printed = paper.content["extra"]
    assessment = _assessed(application)
    if printed["assessment"] != assessment.pk or printed["amount"] != due(application):
        raise Unmet(["Retribusi berubah sesudah konsep SKRD dibuat. Kembalikan konsepnya."])
    day = clock.local_date(application, at)
    if paper_due.stale(printed.get("due"), day):
        raise Unmet([due_dates.STALE])
    Skrd.objects.create(
        application=application,
        assessment=assessment,
        paper=paper,
        number=paper.number,
        amount=printed["amount"],
        issued_at=at,
        due_date=_printed_due(printed, day) or day,
        payment_code=printed.get("payment_code") or payment_code(application, assessment),
        snapshot={
            "input": assessment.input,
            "result": assessment.result,
            "rules": fee_day.version(application, assessment),
        },
        settled_at=None if printed["amount"] else at,
    )


def _printed_due(printed: dict[str, Any], day: datetime.date) -> datetime.date | None:
    """Return the due date of a paper issued on a day, None of a bill of nothing.

    A draft of an earlier release has kept the date itself.
    """
    if found := paper_due.of(printed.get("due"), day):
        return found.end
    text = printed.get("due_date")
    return datetime.date.fromisoformat(text) if text else None


def live_bill(application: Application) -> Skrd | None:
    """Return the newest bill that was not voided, paid or not."""
    return application.bills.filter(voided_at=None).order_by("-pk").first()


def last_voided(application: Application) -> Skrd | None:
    """Return the voided bill in whose place the next one steps: none came after it."""
    last = application.bills.order_by("-pk").first()
    return last if last is not None and last.voided_at else None


def replaced_by(bill: Skrd) -> Skrd | None:
    """Return the bill that came in place of a voided one, None while there is none."""
    newer = Skrd.objects.filter(application=bill.application_id, pk__gt=bill.pk)
    return newer.order_by("pk").first() if bill.voided_at else None


def replaces(bill: Skrd) -> Skrd | None:
    """Return the voided bill in whose place a bill came."""
    older = Skrd.objects.filter(application=bill.application_id, pk__lt=bill.pk)
    last = older.order_by("-pk").first()
    return last if last is not None and last.voided_at else None


def voided(application: Application) -> dict[str, str] | None:
    """Return the notice (title, text) of a bill that was voided and has no successor yet."""
    bill = last_voided(application)
    if bill is None or bill.voided_at is None:
        return None
    day = tanggal(clock.local_date(application, bill.voided_at))
    reason = bill.void_reason.strip().rstrip(".")
    ended = application.state in FINAL
    after = "" if ended else " Bila ada yang harus dibayar, SKRD pengganti dikirim kepada Anda."
    return {
        "title": f"SKRD {bill.number} dibatalkan, jangan dibayar",
        "text": f"Dibatalkan {day}: {reason}. Kode bayar {grouped(bill.payment_code)} tidak "
        f"berlaku lagi.{after}",
    }


def advice(paper: Paper) -> str:
    """Return what the check page adds to a bill that is void: nobody pays by it any more."""
    if paper.status != Paper.Status.VOID:
        return ""
    bill = Skrd.objects.filter(paper=paper.pk).first()
    newer = replaced_by(bill) if bill is not None else None
    instead = f" Penggantinya SKRD nomor {newer.number}." if newer is not None else ""
    return f"Jangan dibayar: kode bayarnya tidak berlaku lagi.{instead}"


def related(paper: Paper) -> list[tuple[str, str]]:
    """Return which voided bill one replaces, for its check page."""
    bill = Skrd.objects.filter(paper=paper.pk).first() if paper.kind == KIND else None
    older = replaces(bill) if bill is not None else None
    return [("Menggantikan", f"SKRD nomor {older.number}, yang dibatalkan")] if older else []


def billed(cases: list[Any]) -> dict[Any, int]:
    """Return by case (id) what its standing bills ask for together; one query for all."""
    standing = Skrd.objects.filter(application__in=cases, voided_at=None).order_by()
    return dict(
        standing.values("application").annotate(sum=Sum("amount")).values_list("application", "sum")
    )


def void_bill(application: Application, reason: str, at: datetime.datetime) -> None:
    """End the bill that waits for money; its number is never used again."""
    open_bill = application.bills.get(voided_at=None, settled_at=None)
    open_bill.voided_at, open_bill.void_reason = at, reason
    open_bill.save(update_fields=["voided_at", "void_reason"])


def payment_code(application: Application, assessment: Assessment) -> str:
    """Return fifteen digits of this bill alone: region, calculation, its count, check digit."""
    region = application.rules.region_code.replace(".", "")
    digits = f"{region}{assessment.pk:08d}{assessment.skrd_set.count() + 1:02d}"
    return digits + check_digit(digits)


def grouped(code: str) -> str:
    """Return a payment code in groups of four, as it is read aloud."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def check_digit(digits: str) -> str:
    """Return Luhn's digit, which catches one wrong or two swapped digits at the counter."""
    doubled = (int(d) * (2 - index % 2) for index, d in enumerate(reversed(digits)))
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def _assessed(application: Application) -> Assessment:
    assessment = newest(application)
    if assessment is None:
        raise Unmet(["Retribusi belum dihitung."])
    if missing := unbillable(assessment) + fee_day.outdated(application, assessment):
        raise Unmet(missing)
    return assessment


def _subject(application: Application) -> str:
    area = f"{angka(application.floor_area)} m²" if application.floor_area else ""
    parts = (application.number, " ".join(filter(None, (application.building_name, area))))
    return ", ".join(filter(None, parts))
