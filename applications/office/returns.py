"""What came back to a desk, from whom, and why."""

from django.db.models import OuterRef, Subquery

from applications.besides import LABELS
from applications.models import Event
from applications.workflow import BY_NAME

FROM_OFFICERS = frozenset(
    name
    for name, move in BY_NAME.items()
    if move.reason and name not in {"refuse_krk", "propose_rejection"}
)
"""Moves with a written reason that lead back to a desk."""
FROM_APPLICANT = frozenset({"resend_krk", "resubmit", "revise"})


def of(cases) -> dict:
    """Return by case what its last event sent back, in words; two queries however many cases."""
    latest = Event.objects.filter(application=OuterRef("application"), hidden=False)
    latest = latest.exclude(move__in=LABELS)
    last = (
        Event.objects.filter(application__in=[case.pk for case in cases])
        .filter(seq=Subquery(latest.order_by("-seq").values("seq")[:1]))
        .select_related("note")
    )
    found = {event.application_id: event for event in last}
    return {
        case.pk: text
        for case in cases
        if case.pk in found and (text := _words(found[case.pk], case))
    }


def _words(event, case):
    if event.move in FROM_APPLICANT:
        return f"Diperbaiki pemohon, putaran {case.round}."
    if event.move not in FROM_OFFICERS:
        return ""
    reason = event.note.text if hasattr(event, "note") else ""
    return f"Dikembalikan {event.capacity}: {reason}"
