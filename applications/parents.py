"""The permit on which a service is asked for: which it may be, and what becomes of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from accounts.models import Mandate
from applications import facts, rules, shares
from applications.clock import local_date
from applications.models import Application
from applications.refusals import Conflict, NotVisible, Unmet
from documents import services as documents
from documents.models import Paper
from imbportal.daerah import registry
from imbportal.daerah.schema import Daerah
from imbportal.daerah.ways import OUTSIDE, Track
from imbportal.indonesia import tanggal

KIND = "izin"
ISSUED = frozenset({"ISSUED", "READY", "COLLECTED"})
"""States behind the permit: from here on services may be asked for on it."""
OVER = ("REJECTED", "WITHDRAWN", "LAPSED")
"""States in which a service came to nothing."""


@dataclass(frozen=True)
class Parent:
    """A permit by number and date; ``paper`` is None where it is older than the portal."""

    permit: str
    number: str
    date: datetime.date
    paper: Paper | None = None

    def __str__(self) -> str:
        return f"{self.permit} nomor {self.number} tanggal {tanggal(self.date)}"


def of(application: Application) -> Parent | None:
    """Return the permit on which a service is asked for; None where a new permit is."""
    if not application.is_service:
        return None
    return Parent(
        application.rules.service.permit,
        application.parent_number,
        application.parent_date,
        application.parent_permit,
    )


def services(daerah: Daerah) -> dict[str, Track]:
    """Return the tracks of the services on a permit that a daerah offers, by code."""
    return {code: track for code, track in daerah.sides[True].track.items() if code != OUTSIDE}


def track_of(application: Application) -> Track | None:
    """Return the track of a service, None before it is chosen and for a new permit."""
    track = application.rules.track.get(application.track)
    return track if track is not None and track.after_permit else None


def title(application: Application) -> str:
    """Return what a service is called, "" for a new permit."""
    if not application.is_service:
        return ""
    track = track_of(application)
    return track.title if track else f"Layanan atas {application.rules.service.permit}"


def permit(application: Application) -> Paper | None:
    """Return the permit that was issued in a case, whatever became of it since."""
    found = Paper.objects.filter(case=application.pk, kind=KIND).exclude(number=None)
    return found.exclude(status=Paper.Status.VOID).order_by("-issued_at").first()


def as_parent(case: Application, paper: Paper) -> Parent:
    """Return the permit of a case as the parent of a service."""
    day = local_date(case, paper.issued_at)
    return Parent(case.rules.service.permit, paper.number or "", day, paper)


def lineage(application: Application) -> Iterator[tuple[Paper, Application]]:
    """Yield the permits behind a service with the case of each, the newest first."""
    found = application
    while (paper := found.parent_permit) is not None:
        found = Application.objects.get(pk=paper.case)
        yield paper, found


def origin(application: Application) -> Application | None:
    """Return the case in which the portal took down the building, behind all services on it."""
    *_, found = application, *(case for _, case in lineage(application))
    return None if found.is_service else found


def asked_on(paper: Paper) -> Any:
    """Return the services that were asked for on a permit, without drafts, newest first."""
    cases = Application.objects.filter(parent_permit=paper).exclude(state="DRAFT")
    return cases.order_by("-created_at")


def copies(paper: Paper) -> list[Paper]:
    """Return the copies that services issued of a permit, in the order of their cases."""
    offered = services(registry.current(paper.daerah))
    copying = [code for code, track in offered.items() if track.copies]
    asked = Application.objects.filter(parent_permit=paper, track__in=copying)
    found = Paper.objects.filter(case__in=asked.values("pk"), kind=KIND).exclude(issued_at=None)
    return list(found.order_by("case", "issued_at"))


# -- Beginning one --------------------------------------------------------------------------
def for_case(case: Application, user: Any) -> tuple[Parent, Mandate | None]:
    """Return the permit of the user's case as a parent, and by which mandate he acts for it.

    Raises NotVisible where the daerah has no such services, Conflict with what to do.
    """
    if not services(registry.current(case.daerah)) or not rules.is_applicant(case, user):
        raise NotVisible()
    paper = permit(case) if case.state in ISSUED else None
    if paper is None:
        name = case.rules.service.permit
        raise Conflict(f"{name} dalam permohonan ini belum terbit; tahapnya {case.stage_label}.")
    parent = as_parent(case, paper)
    if text := refusal(parent, case.rules):
        raise Conflict(text)
    mandates = Mandate.objects.in_force().filter(agent=user, owner=case.holder)
    return parent, mandates.first() if case.mandate_id else None


def by_number(
    daerah: Daerah, number: str, date: datetime.date, user: Any, mandate: Mandate | None,
    called: str = "Anda",
) -> Parent:  # fmt: skip
    """Return the permit that somebody named by number and date. Raises Conflict.

    What the portal issued itself is only given to its holder, or who acts for him; a refusal calls
    the user ``called``.
    """
    name = daerah.service.permit
    papers = Paper.objects.filter(daerah=daerah.slug, kind=KIND, number__iexact=number)
    paper = papers.first()
    holder = mandate.owner if mandate else getattr(user, "identity", None)
    if paper is None:
        parent = Parent(name, number, date)
    else:
        case = Application.objects.get(pk=paper.case)
        if holder is None or case.holder_id != holder.pk:
            raise Conflict(
                f"{name} nomor {number} tidak terbit atas nama {called}. Periksa lagi nomornya, "
                "atau ajukan dengan surat kuasa dari pemegangnya."
            )
        parent = as_parent(case, paper)
    if text := refusal(parent, daerah):
        raise Conflict(text)
    return parent


def carried(parent: Parent) -> dict[str, Any]:
    """Return the answers that a permit of the portal gives to a service on it: its columns."""
    if parent.paper is None:
        return {}
    case = Application.objects.get(pk=parent.paper.case)
    return {code: getattr(case, code) for code in facts.COLUMNS}


# -- Whether it is in force -----------------------------------------------------------------
def refusal(parent: Parent, daerah: Daerah, besides: Any = None) -> str:
    """Return why no service can be had on a permit, and what to do; "" where it can.

    ``besides`` is the case of the service itself.
    """
    paper, name = parent.paper, parent.permit
    newer = _newer(parent, daerah, besides) if paper is None else paper.replaced_by
    if newer is not None:
        return (
            f"{parent} sudah diganti dengan {name} nomor {newer.number} tanggal "
            f"{tanggal(newer.issued_at, daerah.timezone)}. "
            f"Layanan diajukan atas {name} yang baru itu."
        )
    if paper is None or paper.status == Paper.Status.VALID:
        return ""
    if paper.status == Paper.Status.FROZEN:
        return (
            f"{parent} sedang dibekukan, jadi layanan atasnya belum dapat diberikan. "
            f"Tanyakan sebabnya kepada {daerah.office.name}."
        )
    return (
        f"{parent} {paper.get_status_display().lower()}, jadi tidak ada layanan atasnya. "
        f"Tanyakan kepada {daerah.office.name}, atau ajukan {name} baru."
    )


def _newer(parent: Parent, daerah: Daerah, besides: Any) -> Paper | None:
    """Return the portal's permit that took the place of one older than the portal."""
    replacing = [code for code, track in services(daerah).items() if track.replaces]
    cases = Application.objects.filter(
        daerah=daerah.slug, parent_number__iexact=parent.number, parent_permit=None,
        track__in=replacing,
    ).exclude(pk=getattr(besides, "pk", None))  # fmt: skip
    papers = Paper.objects.filter(case__in=cases.values("pk"), kind=KIND)
    return papers.exclude(number=None).exclude(status=Paper.Status.VOID).order_by("pk").first()


def lacking(application: Application) -> list[str]:
    """Return why the permit on which a service is asked for will not do (any more)."""
    parent = of(application)
    if parent is None:
        return []
    text = refusal(parent, application.whole_rules, besides=application)
    return [text] if text else shares.lacking(application)


TURN_DOWN = (
    "Permohonan ini tidak dapat diteruskan: kembalikan ke penilaian bila perlu, lalu usulkan "
    "penolakan dengan alasan itu."
)


def lacking_at_office(application: Application) -> list[str]:
    """Return the same in words for the office, which can only turn the case down."""
    return [f"{text} {TURN_DOWN}" for text in lacking(application)]


def _hold(paper: Paper) -> None:
    """Read the paper's row anew and keep it until the transaction ends."""
    paper.refresh_from_db(from_queryset=Paper.objects.select_for_update())


def take_over(application: Application, paper: Paper, at: datetime.datetime) -> None:
    """Settle what becomes of the older permit when the new one is issued. Raises Unmet.

    The older permit's row is locked, so that of two services at a time one finds it replaced. What
    takes its place takes that of its copies, too.
    """
    track, older = track_of(application), application.parent_permit
    if track is None:
        return
    if older is not None:
        _hold(older)
    if text := lacking_at_office(application):
        raise Unmet(text)
    if track.replaces and older is not None:
        documents.replace(older, paper, at=at)
        for copy in copies(older):
            if copy.status == Paper.Status.VALID:
                documents.replace(copy, paper, at=at)
