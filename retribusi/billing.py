"""The bill (SKRD): its paper, its row, its end. A bill is never edited."""

import datetime
from typing import Any

from django.db.models import Sum

from applications import clock, handing
from applications.models import Application
from applications.paper_parts import hands, location, service_facts
from applications.refusals import Unmet
from documents.content import PaperContent, Section
from documents.models import Paper
from imbportal.indonesia import angka, terbilang
from retribusi import fee_day, reliefs, sheets
from retribusi.assessment import due, newest, paid, unbillable
from retribusi.corrections import underpaid
from retribusi.models import Assessment, Skrd
from retribusi.public import offers

KIND = "skrd"
NOTES = (
    "Bayar dengan menyebut kode bayar, lalu unggah bukti pembayaran pada halaman permohonan.",
    "Terlambat membayar dikenai bunga menurut peraturan yang berlaku. "
    "Layanan perizinan tidak dipungut biaya selain retribusi ini.",
)
THROUGH = (
    "Bayar di {office} dengan menyebut kode bayar; kantor itu meneruskan bukti pembayaran. "
    "Bukti juga dapat diunggah pada halaman permohonan."
)
NIL_NOTES = ("Tidak ada yang harus dibayar. Layanan perizinan tidak dipungut biaya.",)
SAMPLE_NOTE = "Tarif contoh, belum dikonfirmasi daerah."


def draft_bill(application: Application, at: datetime.datetime) -> PaperContent:
    """Return the bill over what is still due by the newest calculation. Raises Unmet.

    The due date counts calendar days from ``at``; it is printed, so the bill's row repeats it.
    """
    assessment = _assessed(application)
    amount, kind = due(application), application.rules.paper[KIND]
    due_date = _due_date(application, assessment, at)
    code = payment_code(application, assessment)
    nil = not amount
    name = application.holder.name if application.holder else str(application.applicant)
    return PaperContent(
        **hands(application, KIND),
        title=underpaid.title(application, kind.title),
        subtitle=f"{'Nihil, masa' if nil else 'Masa'} {clock.local_date(application, at).year}",
        facts=(
            ("Nama", name),
            ("Alamat", application.holder.address if application.holder else ""),
            ("Permohonan", _subject(application)),
            *service_facts(application),
            ("Lokasi", location(application)),
            *reliefs.as_billed(application, assessment),
            *underpaid.facts(application, assessment),
        ),
        sections=(
            Section(table=sheets.bill_table(assessment.result, paid(application))),
            sheets.annex(assessment.result),
        ),
        closing=(*(NIL_NOTES if nil else _notes(application)), offers.note()),
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
        }
        | ({} if nil else {"due_date": due_date.isoformat(), "payment_code": code}),
    )


def _notes(application: Application) -> tuple[str, ...]:
    """Return what the bill says of paying, and through which office where the track names one."""
    office = handing.paid_through(application)
    return (THROUGH.format(office=office), *NOTES[1:]) if office else NOTES


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
    Skrd.objects.create(
        application=application,
        assessment=assessment,
        paper=paper,
        number=paper.number,
        amount=printed["amount"],
        issued_at=at,
        due_date=_printed_due(printed) or clock.local_date(application, at),
        payment_code=printed.get("payment_code") or payment_code(application, assessment),
        snapshot={"input": assessment.input, "result": assessment.result},
        settled_at=None if printed["amount"] else at,
    )


def _printed_due(printed: dict[str, Any]) -> datetime.date | None:
    text = printed.get("due_date")
    return datetime.date.fromisoformat(text) if text else None


def live_bill(application: Application) -> Skrd | None:
    """Return the newest bill that was not voided, paid or not."""
    return application.bills.filter(voided_at=None).order_by("-pk").first()


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


def _due_date(
    application: Application, assessment: Assessment, at: datetime.datetime
) -> datetime.date:
    tariff = next(item for item in fee_day.tariffs(application) if item.id == assessment.tariff)
    return clock.local_date(application, at) + datetime.timedelta(days=tariff.due_days)


def _subject(application: Application) -> str:
    area = f"{angka(application.floor_area)} m²" if application.floor_area else ""
    parts = (application.number, " ".join(filter(None, (application.building_name, area))))
    return ", ".join(filter(None, parts))
