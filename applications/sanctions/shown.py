"""What pages say of a paper that was decided about: to its holder, to the office, to the public."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from applications import parents
from applications.clock import local_date
from applications.models import Application, SanctionAct
from applications.sanctions import letters, papers
from documents.models import Paper
from imbportal.indonesia import tanggal

Kind, Status = SanctionAct.Kind, Paper.Status
TONES = {Status.FROZEN: "due", Status.REVOKED: "bad"}


def history(case: Application, paper: Paper) -> list[dict[str, Any]]:
    """Return what was decided about a paper, the newest first, for the office."""
    return [
        {
            "act": act,
            "about": "" if act.paper_id == paper.pk else f"{act.paper.title} {act.paper.number}",
            "day": tanggal(local_date(case, act.at)),
            "letter": f"{act.letter.title} {act.letter.number}",
            "url": reverse("applications:paper", args=[act.letter.pk]) if act.letter.given else "",
        }
        for act in papers.acts(case, paper)
    ]


def last(case: Application) -> SanctionAct | None:
    """Return the decision by which the permit of a case stands as it does."""
    permit = papers.permit_of(case)
    kinds = (Kind.FREEZE, Kind.REVOKE)
    found = papers.acts(case, permit) if permit is not None else []
    return next((act for act in found if act.kind in kinds), None)


def card(case: Application) -> dict[str, Any] | None:
    """Return what the applicant's page says where the permit is not in force (any more)."""
    act = last(case) if case.permit_status else None
    if act is None:
        return None
    permit, day = case.rules.service.permit, tanggal(local_date(case, act.at))
    own = case.applicant_id == act.application.applicant_id
    by_when = f" Paling lambat {tanggal(act.until)}." if act.until else ""
    return {
        "tone": TONES[Status(case.permit_status)],
        "title": f"{permit} ini {case.permit_status} {day}",
        "reason": act.reason,
        "text": f"{letters.todo(act)}{by_when} {letters.objection(act)}",
        "url": reverse("applications:paper", args=[act.letter_id]) if own else "",
        "button": f"Baca {act.letter.title}",
        "revoked": case.permit_revoked,
    }


def now(letter: Paper) -> str:
    """Return how the paper stands now of which a letter speaks, for the letter's check page."""
    act = SanctionAct.objects.filter(letter=letter).select_related("paper", "application").first()
    if act is None:
        return ""
    about = papers.name(act.application, act.paper)
    return f"Surat yang dimaksud, {about}, sekarang {act.paper.get_status_display().lower()}."


def related(paper: Paper) -> list[tuple[str, str]]:
    """Return to which older or newer papers one belongs, for its check page."""
    case = Application.objects.filter(pk=paper.case).select_related("parent_permit").first()
    if case is None:
        return []
    rows = _annexes(case, paper)
    if paper.kind != parents.KIND:
        return rows
    if (original := papers.original(case)) is not None:
        rows.append(("Salinan dari", papers.name(case, original)))
    for copy in parents.copies(paper):
        state = "" if copy.status == Status.VALID else f" ({copy.get_status_display().lower()})"
        rows.append(("Salinannya", f"{papers.name(case, copy)}{state}"))
    return rows


def _annexes(case: Application, paper: Paper) -> list[tuple[str, str]]:
    """Return the permit to which an annex belongs now, and the annexes of a permit."""
    rule, permit = papers.rule_of(case), papers.permit_of(case)
    if rule is None or permit is None:
        return []
    if paper.kind in rule.along and paper.status in papers.IN_FORCE:
        return [("Bagian dari", papers.name(case, permit))]
    if paper.pk != permit.pk:
        return []
    kept = papers.along(case, permit, *papers.IN_FORCE)
    return [("Bersama", papers.name(case, one)) for one in kept if one.case == case.pk]
