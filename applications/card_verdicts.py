"""Verdicts on identity cards: given by the link on turn, taken back, answered by a new card."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Identity
from applications.cards import BAD, GATE, GOOD, NONE, PREFIX, Card, mark, of
from applications.holding import bump, on_turn
from applications.models import Application, CardVerdict, Point
from applications.refusals import Conflict, Unmet

RENEWED = "Kartu atau data diri diganti."


@transaction.atomic
def judge(
    application: Application, whose: str, good: bool, reason: str = "", *, by: Any,
    version: int | None = None,
) -> Application:  # fmt: skip
    """Give the verdict on a card; "tidak sesuai" needs a reason, which becomes a point."""
    application = on_turn(application.pk, by, version)
    card = next((card for card in of(application) if card.rule.of == whose), None)
    if card is None or application.state != GATE:
        raise Conflict("Kartu ini tidak diperiksa pada tahap ini.")
    if good:
        points = _points(application, card.code)
        points.filter(sent_at=None).delete()
        points.filter(closed_at=None).update(closed_at=timezone.now())
    elif not reason.strip():
        raise Unmet(["Tulis apa yang tidak sesuai pada kartu atau data diri."])
    else:
        _raise(application, card, reason.strip(), by)
    _write(application, card, GOOD if good else BAD, by)
    return bump(application)


def take_back(application: Application, code: str, by: Any) -> None:
    """Let the verdict fall with the last point about a card that was taken back."""
    card = next((card for card in of(application) if card.code == code), None)
    if card is None or _points(application, code).filter(closed_at=None).exists():
        return
    if card.verdict == BAD:
        _write(application, card, NONE, by)


def _points(application: Application, code: str) -> QuerySet[Point]:
    return application.points.filter(requirement=code, gate=GATE)


def _raise(application: Application, card: Card, text: str, by: Any) -> None:
    sent = application.points.filter(gate=GATE).exclude(sent_at=None)
    stayed_open = sent.filter(requirement=card.code, closed_at=None).exists()
    new = sent.exists() and not stayed_open and not card.changed
    Point.objects.get_or_create(
        application=application, gate=GATE, sent_at=None, requirement=card.code, text=text,
        defaults={"round": application.round, "raised_by": by, "new_finding": new},
    )  # fmt: skip


def _write(application: Application, card: Card, verdict: str, by: Any) -> None:
    CardVerdict.objects.create(
        application=application, card=card.rule.of, mark=mark(card.person), verdict=verdict, by=by
    )


def renewed(person: Identity) -> None:
    """Let a new card or new data answer what the letter asked of it, as a new file does."""
    of_holder = Q(requirement=f"{PREFIX}pemohon", application__holder=person)
    of_agent = Q(requirement=f"{PREFIX}kuasa", application__applicant__identity=person)
    waiting = Point.objects.filter(of_holder | of_agent, closed_at=None, answered_at=None)
    for point in waiting.exclude(sent_at=None).select_related("application"):
        if any(card.code == point.requirement and card.changed for card in of(point.application)):
            point.answer, point.answered_at = RENEWED, timezone.now()
            point.save(update_fields=["answer", "answered_at"])
