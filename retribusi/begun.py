"""Work begun before its permit: what the tariff tells apart, and what the minutes say of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from applications import sites
from applications.evidence import MINUTES
from applications.models import Application
from applications.ports import STAGE
from imbportal.daerah import tables
from imbportal.daerah.tariffs import Figure
from imbportal.daerah.vocabulary import GATES
from retribusi import fee_day, fields
from retribusi.formulas import NEW

RECORD = "pendataan"


@dataclass(frozen=True)
class Stages:
    """How far the work may have come, as the minutes of a visit ask for it."""

    choices: list[tuple[str, str]]
    required: bool
    costly: frozenset[str]


def stages(application: Application) -> Stages | None:
    """Return what the minutes say of work already begun; None where the fee does not depend on
    it, or is not set by the minutes."""
    rows = _rows(application)
    if not rows or not _minutes_come_first(application):
        return None
    return Stages(
        choices=[*fields.choice("", rows).choices],
        required=(application.work or NEW) == NEW,
        costly=frozenset(code for code, figure in rows.items() if figure.value > 1),
    )


def by_minutes(application: Application) -> str | None:
    """Return the stage that the minutes tell, "" where they tell none, None where nobody asks
    them for it."""
    asked = stages(application)
    if asked is None:
        return None
    told = str(sites.minutes(application).get(STAGE, ""))
    return told if told in dict(asked.choices) else ""


def _rows(application: Application) -> Mapping[str, Figure]:
    if not fee_day.tariffs(application):
        return {}
    return tables.of(fee_day.nearest(application)).figure.get(STAGE, {})


def _minutes_come_first(application: Application) -> bool:
    """Return whether the track has the minutes written before the record of the building."""
    chains = application.rules.chains(application.track) if application.track else {}
    written: set[str] = set()
    for gate in GATES:
        for link in chains.get(gate, ()):
            if RECORD in link.needs:
                return bool(written & {*MINUTES})
            written |= {*link.needs}
    return False
