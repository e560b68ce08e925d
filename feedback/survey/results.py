"""What a quarter came to: computed, closed once, and read from what was closed ever after."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from feedback import quarters
from feedback.models import SurveyAnswer, SurveyInvitation, SurveyQuarter
from feedback.models.survey import COLUMNS
from feedback.quarters import Quarter
from feedback.survey import index
from imbportal.daerah import registry


def answers(slug: str, quarter: Quarter) -> QuerySet[SurveyAnswer]:
    return SurveyAnswer.objects.filter(daerah=slug, year=quarter.year, quarter=quarter.number)


def of(slug: str, quarter: Quarter, minimum: int = index.MINIMUM) -> dict[str, Any]:
    """Return the columns of a result, from the answers: nothing but counts where they are few."""
    rows = list(answers(slug, quarter).values_list("track", *COLUMNS))
    found: dict[str, Any] = {
        "invited": SurveyInvitation.objects.filter(
            application__daerah=slug, invited_on__range=(quarter.first, quarter.last)
        ).count(),
        "respondents": len(rows),
        "minimum": minimum,
        "index": None, "grade": "", "word": "", "elements": [], "tracks": [],
    }  # fmt: skip
    if len(rows) < minimum:
        return found
    scores = [scores for _, *scores in rows]
    return (
        found | _figures(scores) | {"elements": _elements(scores), "tracks": _tracks(rows, minimum)}
    )


def _figures(scores: list[list[int]]) -> dict[str, Any]:
    value = index.index(index.sums(scores), len(scores))
    band = index.band(value)
    return {"index": value, "grade": band.grade, "word": band.word}


def _elements(scores: list[list[int]]) -> list[dict[str, Any]]:
    totals = index.sums(scores)
    return [
        one._asdict() | {"sum": total, "mean": str(one.mean), "value": str(one.value)}
        for one, total in zip(index.elements(totals, len(scores)), totals, strict=True)
    ]


def _tracks(rows: list[tuple[Any, ...]], minimum: int) -> list[dict[str, Any]]:
    """Return the tracks that may be told apart; none where all went the same way."""
    by_track: dict[str, list[list[int]]] = {}
    for track, *scores in rows:
        by_track.setdefault(track, []).append(scores)
    if len(by_track) == 1:
        return []
    told = index.telling({code: len(found) for code, found in by_track.items()}, minimum)
    return [
        _figures(by_track[code])
        | {"code": code, "respondents": len(by_track[code]),
           "index": str(_figures(by_track[code])["index"])}
        for code in told
    ]  # fmt: skip


def close(slug: str, quarter: Quarter) -> SurveyQuarter | None:
    """Close a quarter that is over; None where it was closed before. ValueError while it runs."""
    if not quarters.over(quarter, slug):
        raise ValueError(f"{quarter.label} belum selesai; ditutup sejak hari kedua sesudahnya.")
    known = {"daerah": slug, "year": quarter.year, "quarter": quarter.number}
    if SurveyQuarter.objects.filter(**known).exists():
        return None
    try:
        with transaction.atomic():
            return SurveyQuarter.objects.create(**known, **of(slug, quarter))
    except IntegrityError:
        return None


def unclosed(slug: str) -> list[Quarter]:
    """Return the quarters that may be closed and are not, from the first invitation on."""
    asked = SurveyInvitation.objects.filter(application__daerah=slug).order_by("invited_on")
    first = asked.values_list("invited_on", flat=True).first()
    closed = set(SurveyQuarter.objects.filter(daerah=slug).values_list("year", "quarter"))
    found, quarter = [], first and quarters.of(first)
    while quarter and quarters.over(quarter, slug):
        if quarter not in closed:
            found.append(quarter)
        quarter = quarter.next
    return found


def close_due() -> None:
    """Close in every daerah what may be closed; runs once a day."""
    for slug in registry.slugs():
        for quarter in unclosed(slug):
            close(slug, quarter)


def published(slug: str) -> list[SurveyQuarter]:
    """Return the results of a daerah, the newest first."""
    return list(SurveyQuarter.objects.filter(daerah=slug).order_by("-year", "-quarter"))


def remarks(result: SurveyQuarter) -> list[str]:
    """Return the remarks of a quarter that has enough answers, in an order that says nothing."""
    if not result.enough:
        return []
    found = answers(result.daerah, result.of).exclude(remark="").order_by("pk")
    return list(found.values_list("remark", flat=True))
