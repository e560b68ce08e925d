"""A visit to the site of a case: when one meets, and what is measured there."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple

from applications import clock, evidence, facts, guests, ports, site_sheet
from applications.models import Application, Event, Record
from applications.paper_parts import label_of
from applications.workflow import BY_NAME, FINAL
from documents.content import Section, Table
from imbportal.daerah import conditions
from imbportal.daerah.schema import Fact
from imbportal.indonesia import tanggal

APPOINTMENT = "jadwal_tinjau"
APPOINTMENTS = {APPOINTMENT: "Tinjau lokasi", "jadwal_dengar": "Dengar pendapat"}
"""Records that say when one meets, and for what."""
ROAD = "front_setback"
"""The distance that the officer judges on the site: no document gives its least figure."""
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
    guests: tuple[str, ...]


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
            also = tuple(guest.line for guest in guests.of(record.data))
            found.append(Meeting(APPOINTMENTS[record.kind], when, bring, on, also))
    return found


def _forward(event: Event) -> bool:
    return event.move in BY_NAME and BY_NAME[event.move].forward


def announced(application: Application, event: Event) -> str:
    """Return for what, when and where one meets, and what to bring, where this move fixed it."""
    return "\n".join(
        f"{APPOINTMENTS[record.kind]}: {when_and_where(record.data)}"
        + (f". Siapkan: {more}" if (more := record.data.get("note", "")) else "")
        for record in fixed(application, event)
    )


def fixed(application: Application, event: Event) -> list[Record]:
    """Return the records of the appointments that this move fixed."""
    if not application.track:
        return []
    chain = application.rules.chains(application.track).get(event.source, ())
    link = chain[event.turn_before] if event.turn_before < len(chain) else None
    if link is None or not _forward(event):
        return []
    kinds = [kind for kind in APPOINTMENTS if kind in link.needs]
    return list(application.records.filter(kind__in=kinds).order_by("kind")) if kinds else []


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


def stated(application: Application, code: str) -> str:
    """Return an answer of the application as it is printed."""
    return label_of(application.rules, code, facts.of(application).get(code))


def compared(application: Application) -> tuple[tuple[str, str, str], ...]:
    """Return label, what was stated and what was found, of each thing looked at on the site."""
    sheet = site_sheet.standing(application)
    here = sheet.get("measured", {})
    rules, said = application.rules, facts.of(application)
    measured_here = (
        (
            fact.label,
            label_of(rules, fact.code, said.get(fact.code)),
            label_of(rules, fact.code, here[fact.code]),
        )
        for fact in measured(application)
        if fact.code in here
    )
    beside = {"road": label_of(rules, ROAD, said.get(ROAD))}
    judged = (
        (label, beside.get(key, ""), site_sheet.SAID[sheet[key]])
        for key, label in site_sheet.JUDGED.items()
        if sheet.get(key) in site_sheet.SAID
    )
    return (*measured_here, *judged)


def sections(application: Application, reason: str = "") -> list[Section]:
    """Return what papers print of a visit: stated and found, limits and verdicts, words, reason."""
    rows, printed = compared(application), []
    if rows:
        head = ("Yang diperiksa", "Menurut permohonan", "Di lokasi")
        table = Table(head=head, rows=rows, align="lll")
        printed.append(Section(title="Keadaan di lokasi", table=table))
    if verdicts := _verdicts(application):
        table = Table(head=("Ketentuan", "Nilai", "Hasil"), rows=verdicts, align="lll")
        printed.append(Section(title="Pemeriksaan terhadap ketentuan", table=table))
    if words := site_sheet.standing(application).get("note", ""):
        printed.append(Section(title="Temuan di lokasi", paragraphs=tuple(words.splitlines())))
    if reason:
        lines = tuple(reason.splitlines())
        printed.append(Section(title="Tetap disetujui dengan alasan", paragraphs=lines))
    return printed


def _verdicts(application: Application) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (one.label, one.text, site_sheet.SAID[site_sheet.GOOD if one.ok else site_sheet.BAD])
        for one in site_sheet.results(application)
        if one.ok is not None
    )
