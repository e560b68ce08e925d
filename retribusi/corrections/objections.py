"""Objections to a bill: what the file says, until when one may object, in whose hands one lies."""

from __future__ import annotations

import datetime
from typing import Any

from django.urls import reverse

from accounts import postings
from applications import clock, rules
from applications.models import Application
from applications.refusals import NotVisible
from imbportal.daerah import calendar
from imbportal.daerah.corrections import Objection as Rule
from imbportal.daerah.schema import Daerah
from imbportal.indonesia import tanggal
from retribusi.acts import one_person, title_of
from retribusi.billing import live_bill
from retribusi.models import Objection, Skrd

OBJECTABLE = frozenset(
    {"AWAITING_PAYMENT", "PAYMENT_REVIEW", "PERMIT_SIGNING", "ISSUED", "READY", "COLLECTED"}
)
"""States in which a bill stands, paid or not."""
NAME = "Keberatan"
UNITS = {"hari": "hari", "hari_kerja": "hari kerja"}


# -- What the file says -----------------------------------------------------------------------
def rule_of(application: Application) -> Rule:
    """Return what the daerah's file says of objections. Raises NotVisible where it takes none."""
    rule = application.rules.objection
    if rule is None:
        raise NotVisible("Keberatan tidak diajukan melalui portal ini.")
    return rule


def page(case: Application) -> str:
    """Return where the office reads the objection of a case."""
    return reverse("admin:objection", args=[case.pk])


def last_day(application: Application, bill: Skrd) -> datetime.date | None:
    """Return the last day on which one may object to a bill; None where no term is set."""
    rule = application.rules.objection
    if rule is None or rule.term is None:
        return None
    issued = clock.local_date(application, bill.issued_at)
    return calendar.deadline_end(application.daerah, issued, rule.term)


def in_words(rules_: Daerah) -> str:
    """Return the rule in sentences, for the public and for papers."""
    rule = rules_.objection
    if rule is None:
        return (
            "Keberatan atas SKRD: belum ditetapkan dalam standar pelayanan dan tidak diajukan "
            f"melalui portal. Tanyakan kepada {rules_.office.name}."
        )
    term = f"dalam {rule.amount} {UNITS[rule.unit]} sejak tanggal SKRD" if rule.amount else ""
    first = rules_.role.get(rule.forwarded_by or "")
    way = f"diteruskan oleh {first.title}, " if first else ""
    until = ""
    if rule.answer is not None:
        until = f" paling lambat {rule.answer.amount} {UNITS[rule.answer.unit]} sesudah diterima"
    words = " ".join(filter(None, ("Keberatan atas SKRD dapat diajukan", term)))
    return (
        f"{words}; {way}diputus oleh {rules_.role[rule.decided_by].title}{until}. "
        "Keberatan tidak menunda jatuh tempo."
    )


# -- What counts ------------------------------------------------------------------------------
def billed(application: Application) -> Skrd | None:
    """Return the bill to which one may object now: the newest that stands and asks for money."""
    bill = live_bill(application) if application.state in OBJECTABLE else None
    return bill if bill is not None and bill.amount else None


def open_of(application: Application) -> Objection | None:
    """Return the objection that waits for its decision, or None."""
    return application.objections.filter(state__in=Objection.OPEN).first()


def hindrance(application: Application) -> str:
    """Return why nobody can object now, and what to do; "" where he can."""
    if waiting := open_of(application):
        who = title_of(application, waiting.holder)
        return f"Sudah ada keberatan yang menunggu keputusan {who}."
    bill = billed(application)
    if bill is None:
        return "Keberatan diajukan atas SKRD yang sudah terbit; sekarang tidak ada."
    if application.objections.filter(bill=bill, state__in=DECIDED).exists():
        return f"Keberatan atas SKRD {bill.number} sudah diputus."
    end = last_day(application, bill)
    if end is not None and clock.today(application) > end:
        return (
            f"Batas mengajukan keberatan atas SKRD {bill.number} adalah {tanggal(end)}. "
            f"Tanyakan kepada {application.rules.office.name} apa yang masih dapat dilakukan."
        )
    return ""


DECIDED = (*Objection.UPHELD, Objection.State.REFUSED)


def conflict_of(objection: Objection, user: Any) -> str:
    """Return why somebody must leave the decision to a colleague, "" where he need not.

    Who calculated the fee or signed the bill decides only where nobody else has the post.
    """
    case, role = objection.application, rule_of(objection.application).decided_by
    if not _implicated(objection, user):
        return ""
    others = postings.holders(case.daerah, role, kecamatan=case.kecamatan).exclude(pk=user.pk)
    free = [
        one
        for one in others
        if not _implicated(objection, one) and not rules.same_person(case, one)
    ]
    if not free:
        return ""
    names = ", ".join(str(one) for one in free)
    return f"Anda menghitung atau menandatangani SKRD ini. Keberatannya diputus oleh {names}."


def _implicated(objection: Objection, user: Any) -> bool:
    bill = objection.bill
    people = [bill.assessment.by, *(s.user for s in bill.paper.signatures.filter(act="ttd"))]
    return any(one_person(user, person) for person in people)


def unsettled(application: Application) -> list[str]:
    """Return why no permit may be issued yet: an objection was upheld, and nobody calculated."""
    found = application.objections.filter(state__in=Objection.UPHELD, bill__voided_at=None)
    upheld = found.order_by("-decided_at").first()
    if upheld is None or application.assessments.filter(at__gt=upheld.decided_at).exists():
        return []
    return [
        f"Keberatan atas SKRD {upheld.bill.number} dikabulkan. Kembalikan permohonan ke penilaian, "
        "perbaiki pendataannya, lalu hitung ulang retribusinya."
    ]
