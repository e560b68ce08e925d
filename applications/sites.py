"""A visit to the site of a case: when one meets, and what is measured there."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple

from applications import clock, evidence, facts, ports
from applications.models import Application, Event
from applications.paper_parts import label_of
from applications.workflow import BY_NAME, FINAL
from imbportal.daerah import conditions
from imbportal.daerah.schema import Fact
from imbportal.indonesia import tanggal

APPOINTMENT, SHEET = "jadwal_tinjau", evidence.SITE
APPOINTMENTS = {APPOINTMENT: "Tinjau lokasi", "jadwal_dengar": "Dengar pendapat"}
"""Records that say when one meets, and for what."""
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def when_and_where(data: Mapping[str, str]) -> str:
    """Return an appointment as ``Senin, 30 November 2026 pukul 09.00 di Jl. Kenanga 2``."""
    day = datetime.date.fromisoformat(data["day"])
    moment = data["time"].replace(":", ".")
    return f"{DAYS[day.weekday()]}, {tanggal(day)} pukul {moment} di {data['place']}"


class Meeting(NamedTuple):
    """An appointment that the applicant was told of: for what, when and where, what to bring."""

    title: str
    place: str
    bring: str
    told: datetime.date


def ahead(application: Application, events: list[Event]) -> list[Meeting]:
    """Return the appointments that the applicant was told of and that are still to come."""
    if not application.track or application.state in FINAL:
        return []
    day = clock.today(application).isoformat()
    found = []
    for record in application.records.filter(kind__in=APPOINTMENTS).order_by("kind"):
        telling = (event for event in events if event.at >= record.at and _forward(event))
        told = next(telling, None)
        if told is not None and record.data["day"] >= day:
            when, bring = when_and_where(record.data), record.data.get("note", "")
            on = clock.local_date(application, told.at)
            found.append(Meeting(APPOINTMENTS[record.kind], when, bring, on))
    return found


def _forward(event: Event) -> bool:
    return event.move in BY_NAME and BY_NAME[event.move].forward


def announced(application: Application, event: Event) -> str:
    """Return for what, when and where one meets, and what to bring, where this move fixed it."""
    if not application.track:
        return ""
    chain = application.rules.chains(application.track).get(event.source, ())
    link = chain[event.turn_before] if event.turn_before < len(chain) else None
    if link is None or not _forward(event):
        return ""
    fixed = application.records.filter(kind__in=[k for k in APPOINTMENTS if k in link.needs])
    return "\n".join(
        f"{APPOINTMENTS[record.kind]}: {when_and_where(record.data)}"
        + (f". Siapkan: {more}" if (more := record.data.get("note", "")) else "")
        for record in fixed.order_by("kind")
    )


def minutes(application: Application) -> dict[str, Any]:
    """Return the minutes of the visit, by whichever name the daerah has them written."""
    found = application.records.filter(kind__in=evidence.MINUTES).order_by("-at").first()
    return found.data if found else {}


def begun(application: Application) -> str:
    """Return in words how far the work had come by the minutes, "" where they do not say."""
    told = str(minutes(application).get(ports.STAGE, ""))
    stages = ports.money.stages(application) if told else None
    return dict(stages.choices).get(told, told) if stages else told


def measured(application: Application) -> list[Fact]:
    """Return the facts of the daerah's checks that can be measured on the site of this case."""
    rules, values = application.rules, facts.of(application)
    known = {
        fact.code: fact for form in ("krk", "izin") for fact in facts.asked(rules, form, values)
    }
    applied = [c for c in rules.check if conditions.holds(c.when, values) is not False]
    codes = dict.fromkeys(code for check in applied for code in (check.value, check.of))
    return [known[code] for code in codes if code in known]


def found(application: Application) -> dict[str, Any]:
    """Return the case's facts with what was measured on the site in place of what was stated."""
    record = application.records.filter(kind=SHEET).first()
    return facts.with_krk(application) | (record.data.get("measured", {}) if record else {})


def compared(application: Application) -> tuple[tuple[str, str, str], ...]:
    """Return label, what was stated and what was found, of each thing measured on the site."""
    record = application.records.filter(kind=SHEET).first()
    here = record.data.get("measured", {}) if record else {}
    rules, stated = application.rules, facts.of(application)
    return tuple(
        (
            fact.label,
            label_of(rules, fact.code, stated.get(fact.code)),
            label_of(rules, fact.code, here[fact.code]),
        )
        for fact in measured(application)
        if fact.code in here
    )
