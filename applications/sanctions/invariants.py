"""What must hold of papers that were decided about: each has its decision, event and letter."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count

from applications import parents
from applications.models import Application, Event, SanctionAct
from applications.sanctions import papers
from applications.sanctions.deciding import EVENTS
from documents.models import Paper
from imbportal.invariants import Check, Fault

CHECK = "keputusan"
Kind, Status = SanctionAct.Kind, Paper.Status
BY = {Status.FROZEN: Kind.FREEZE, Status.REVOKED: Kind.REVOKE}
"""By which decision a paper comes to stand so."""


def decided() -> Iterator[Fault]:
    """Find papers that stand otherwise than was last decided about them."""
    last: dict[str, str] = {}
    for act in SanctionAct.objects.exclude(kind=Kind.WARN).order_by("pk").iterator(200):
        last |= dict.fromkeys([str(act.paper_id), *act.also], act.kind)
    altered = Paper.objects.filter(status__in=list(BY))
    touched = Paper.objects.filter(pk__in=[pk for pk, kind in last.items() if kind in BY.values()])
    for paper in (altered | touched).order_by("pk").iterator(200):
        kind = last.get(str(paper.pk))
        if BY.get(Status(paper.status)) != kind:
            text = f"{paper} {paper.status}, keputusan terakhirnya {kind or 'tidak ada'}"
            yield Fault(CHECK, paper.case, text)


def told() -> Iterator[Fault]:
    """Find decisions whose event or letter is not what was decided."""
    acts = SanctionAct.objects.select_related("event", "letter", "paper").order_by("pk")
    for act in acts.iterator(200):
        event, letter = act.event, act.letter
        if (event.move, event.data.get("letter")) != (EVENTS[Kind(act.kind)], str(letter.pk)):
            yield Fault(CHECK, act.application_id, f"{act}: kejadiannya lain")
        kind = act.paper.kind if act.kind == Kind.REPLACE else act.kind
        if letter.kind != kind or letter.issued_at is None or letter.status == Status.VOID:
            yield Fault(CHECK, act.application_id, f"{act}: suratnya {letter}")
    known = set(SanctionAct.objects.values_list("letter", flat=True))
    names = [event for kind, event in EVENTS.items()]
    for event in Event.objects.filter(move__in=names).order_by("pk").iterator(200):
        if event.data.get("letter") not in {str(pk) for pk in known}:
            yield Fault(CHECK, event.application_id, f"kejadian {event.seq} tanpa keputusannya")


def chains() -> Iterator[Fault]:
    """Find papers that take each other's place in a ring, so that none is in force."""
    newer = dict(
        Paper.objects.exclude(replaced_by=None).order_by("pk").values_list("pk", "replaced_by")
    )
    for first in newer:
        seen, here = {first}, newer[first]
        while here in newer and here not in seen:
            seen.add(here)
            here = newer[here]
        if here in seen:
            paper = Paper.objects.get(pk=first)
            yield Fault(CHECK, paper.case, f"{paper} diganti tanpa akhir")


def one_permit() -> Iterator[Fault]:
    """Find cases with two permits in force, and cases that do not know how theirs stands."""
    standing = Paper.objects.filter(kind=parents.KIND, status__in=papers.IN_FORCE)
    doubles = standing.exclude(issued_at=None).values("case").annotate(n=Count("pk"))
    for row in doubles.filter(n__gt=1).order_by("case"):
        yield Fault(CHECK, row["case"], f"{row['n']} izin berlaku dalam satu permohonan")
    touched = SanctionAct.objects.order_by().values("application")
    cases = Application.objects.filter(pk__in=touched) | Application.objects.exclude(
        permit_status=""
    )
    for case in cases.distinct().order_by("pk").iterator(200):
        permit = papers.permit_of(case)
        status = permit.status if permit is not None and permit.status in BY else ""
        if case.permit_status != status:
            text = f"izinnya {status or 'berlaku'}, permohonan mencatat {case.permit_status or '-'}"
            yield Fault(CHECK, case.pk, text)


CHECKS: tuple[Check, ...] = (decided, told, chains, one_permit)
