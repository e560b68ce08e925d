"""The documents of a case beside the viewer, and the points that wait for their letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from applications import cards, letters, phrases, remarks, requirements
from applications.models import Application
from applications.office import drafts, viewer
from applications.workflow import State

FEW = 3
"""So many settled documents still stand in the open."""


def of(
    case: Application, mine: bool, sends: bool, given: Any, papers: Sequence[dict[str, str]] = ()
) -> dict:
    """Return documents, viewer, points and the form for what is wrong.

    ``papers`` are those that the officer is about to sign (``drafts.of``).
    """
    asked, slots = viewer.read(given), requirements.due(case)
    points = numbered(case)
    draft = drafts.choose(case, papers, asked)
    slot = None if draft else viewer.choose(slots, asked, case.state)
    to_judge = [item for item in slots if item.to_judge(case.state)]
    judging, own = bool(to_judge), cards.of(case)
    here = own if case.state == cards.GATE else []
    rows = [_row(case, item, mine, asked, points, item == slot, judging) for item in slots]
    return {
        "slots": rows,
        **_folded(rows),
        "cards": own,
        "to_judge": len(to_judge) + len(here),
        "judged": sum(1 for item in to_judge if item.version and item.version.verdict)
        + sum(1 for card in here if card.verdict),
        "points": points,
        "unsent": [point for point in points if not point.sent_at],
        "sent": [point for point in points if point.sent_at],
        "view": drafts.view(case, draft, asked) if draft else viewer.of(slots, points, slot, asked),
        "remark": _form(case, slot, mine, sends, asked),
        "form_unchanged": sends and case.round > 1 and remarks.is_new_finding(case, ""),
        "new_findings": sum(1 for point in points if point.sent_at and point.new_finding),
    }


def numbered(case: Application) -> list[Any]:
    """Return the points, each with its document's label and its number in its letter.

    Those that wait make one letter, each sending made another.
    """
    labels = requirements.labels(case)
    counted: Counter[Any] = Counter()
    points = list(case.points.all())
    for point in points:
        letter = (point.gate, point.sent_at)
        counted[letter] += 1
        point.number, point.label = counted[letter], labels.get(point.requirement, "")
    return points


def _row(case, slot, mine, asked, points, current, judging):
    version = slot.version
    judgeable = mine and version is not None and slot.to_judge(case.state)
    return {
        "slot": slot,
        "current": current,
        "here": slot.to_judge(case.state),
        "judgeable": judgeable,
        "changed": judging and version is not None and version.round == case.round > 1,
        "points": [p for p in points if p.requirement == slot.code and not p.sent_at],
        "open": viewer.document_url(asked, slot) if version else "",
        "refuse": viewer.document_url(asked, slot, refuse=True) if judgeable else "",
        "url": reverse("admin:judge", args=[case.pk, version.pk]) if judgeable else "",
        "stage": State(slot.requirement.checked_at).label,
        "told": letters.told(slot),
    }


def _folded(rows):
    """Return the rows in the open, the settled ones and those of another stage."""
    settled = [r for r in rows if not r["current"] and not r["changed"] and r["slot"].settled]
    apart = [
        row
        for row in rows
        if not (row["current"] or row["here"] or row["changed"] or row in settled)
        and any(other["here"] for other in rows)
    ]
    settled = settled if len(settled) > FEW else []
    hidden = [row["slot"].code for row in (*settled, *apart)]
    shown = [row for row in rows if row["slot"].code not in hidden]
    return {"shown": shown, "settled": settled, "apart": apart}


def _form(case, slot, mine, sends, asked):
    """Return the form for what is wrong with the document that is shown, to whoever may write."""
    if not (mine and slot and slot.version):
        return None
    judges = slot.to_judge(case.state)
    if not (judges or sends):
        return None
    where = ("judge", slot.version.pk) if judges else ("add_point",)
    return {
        "slot": slot,
        "judges": judges,
        "url": reverse(f"admin:{where[0]}", args=[case.pk, *where[1:]]),
        "new_finding": case.round > 1 and remarks.is_new_finding(case, slot.code),
        "phrases": phrases.offered(case.daerah, slot.code),
        "pages": range(1, slot.version.pages + 1),
        "page": min(asked.page, slot.version.pages) if not asked.number else 0,
        "focus": asked.refuse,
        "open": asked.refuse or (judges and not slot.version.verdict),
    }
