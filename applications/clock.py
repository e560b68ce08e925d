"""The clocks of a case: deadlines per link and for the whole, stopped while the applicant acts.

Day 1 is the day after a start. While the applicant must act no day counts; that is the portal's
own policy and shown as such.
"""

from __future__ import annotations

import dataclasses
import datetime
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from imbportal.daerah import calendar, spans
from imbportal.daerah.schema import Late
from imbportal.daerah.vocabulary import GATES, WITH_APPLICANT
from imbportal.daerah.ways import Deadline
from imbportal.indonesia import tanggal

if TYPE_CHECKING:
    from applications.models import Application, Event


APPLICANT = "Anda"
"""Holder of a case while its applicant must act, as his own page says it."""


@dataclass(frozen=True)
class Running:
    """One deadline of a case: from when, until when, and how its end was found."""

    deadline: Deadline
    start: datetime.date
    end: datetime.date
    stopped: int
    """Days of its unit in the applicant's hands, which do not count."""
    finished: datetime.date | None = None
    pauses: tuple[tuple[datetime.date, datetime.date, int], ...] = ()
    """From, to and days of its unit of each span in the applicant's hands."""

    @property
    def broken(self) -> bool:
        """Whether it was finished after its last day."""
        return self.finished is not None and self.finished > self.end

    @property
    def arithmetic(self) -> str:
        """Return the promise with its sum, in words for the page."""
        unit = "hari kerja" if self.deadline.unit == "hari_kerja" else "hari"
        text = f"{self.deadline.amount} {unit} sejak {tanggal(self.start)}"
        return text + (f", ditambah {self.stopped} {unit} di tangan pemohon" * bool(self.stopped))


@dataclass(frozen=True)
class Hand:
    """How long a case lay with somebody, in working days."""

    holder: str
    days: int


def local_date(application: Application, at: datetime.datetime) -> datetime.date:
    """Return the day of a moment in the daerah's time zone."""
    return at.astimezone(ZoneInfo(application.rules.timezone)).date()


def today(application: Application) -> datetime.date:
    """Return the present day in the daerah's time zone."""
    return calendar.today(application.daerah)


STRAIGHT = frozenset({"submit", "endorse", "send_back"})
"""Moves before an acceptance that found the very file complete that had been handed in."""


def began(application: Application, event: Event, events: list[Event]) -> datetime.date:
    """Return the day from which a clock counts that an event starts.

    What was handed in on paper while the portal was away counts from the day of its paper receipt:
    its first sending, and its acceptance too where nothing had to be completed before.
    """
    handed_in = event.seq == 1
    if event.move == "accept":
        handed_in = all(e.move in STRAIGHT or e.hidden for e in events if e.seq < event.seq)
    if application.received_on is not None and handed_in:
        return application.received_on
    return _day(application, event)


def _day(application: Application, event: Event) -> datetime.date:
    return local_date(application, event.at)


def _pauses(
    application: Application, events: list[Event], start: datetime.date
) -> list[tuple[datetime.date, datetime.date]]:
    """Return the spans, from and to, in which the applicant had to act after ``start``."""
    spans, since = [], None
    for event in events:
        day = max(local_date(application, event.at), start)
        if event.target in WITH_APPLICANT and since is None:
            since = day
        elif event.target not in WITH_APPLICANT and since is not None:
            spans.append((since, day))
            since = None
    if since is not None:
        spans.append((since, today(application)))
    return spans


def _run(
    application: Application, deadline: Deadline, events: list[Event], start: datetime.date
) -> Running:
    slug = application.daerah
    pauses = tuple(
        (begin, end, calendar.days_between(slug, begin, end, deadline.unit))
        for begin, end in _pauses(application, events, start)
        if end > start
    )
    stopped = sum(days for _, _, days in pauses)
    longer = deadline.model_copy(update={"amount": deadline.amount + stopped})
    end = calendar.deadline_end(slug, start, longer)
    return Running(deadline, start, end, stopped, pauses=pauses)


def totals(application: Application, events: list[Event]) -> list[Running]:
    """Return the promised times of the whole case that have begun; the latest start counts."""
    running = []
    for deadline in application.rules.total:
        starts = [event for event in events if event.move == deadline.start]
        if not starts:
            continue
        since = starts[-1]
        later = [event for event in events if event.seq >= since.seq]
        item = _run(application, deadline, later, began(application, since, events))
        stops = [event for event in later if event.move == deadline.stop or event is _end(later)]
        if stops:
            finished = local_date(application, stops[-1].at)
            item = dataclasses.replace(item, finished=finished)
        running.append(item)
    return running


def _end(events: list[Event]) -> Event | None:
    """Return the event with which the case closed, or None while somebody has it.

    What happens beside the moves goes on after that.
    """
    last = next((event for event in reversed(events) if _goes(event)), None)
    if last is None:
        return None
    return None if last.target in WITH_APPLICANT or last.target in GATES else last


def overdue(application: Application, events: list[Event] | None = None) -> Late | None:
    """Return what the daerah promised for a time that has passed; None once the case is closed."""
    if application.rules.late is None or application.state not in {*GATES, *WITH_APPLICANT}:
        return None
    if application.permit_revoked:
        return None
    events = list(application.events.order_by("seq")) if events is None else events
    day = today(application)
    passed = any((item.finished or day) > item.end for item in totals(application, events))
    return application.rules.late if passed else None


def of_link(application: Application, events: list[Event] | None = None) -> Running | None:
    """Return the deadline of the link whose turn it is, or None.

    It counts from when the case last came to the links over which it runs. A technical revision
    interrupts it and does not begin it anew; nor does what happens beside the moves, or what
    leaves the case within these links.
    """
    span = _span(application)
    if span is None:
        return None
    events = list(application.events.order_by("seq")) if events is None else events
    entered = [
        event
        for event in events
        if event.move != "revise"
        and _goes(event) in span.places
        and (event.source, event.turn_before) not in span.places
    ]
    if not entered:
        return None
    since = entered[-1]
    later = [event for event in events if event.seq >= since.seq]
    start = began(application, since, events) if since.seq == 1 else _day(application, since)
    return _run(application, span.deadline, later, start)


def _span(application: Application) -> spans.Span | None:
    """Return the deadline that runs at the link whose turn it is, with all links of it."""
    if application.link is None:
        return None
    place = (application.state, application.turn)
    return spans.of(application.rules, application.track, place)


def _goes(event: Event) -> tuple[str, int] | None:
    """Return to which state and turn an event led, None where it left them as they were."""
    after = (event.target, event.turn_after)
    return None if after == (event.source, event.turn_before) else after


def running(application: Application) -> list[Running]:
    """Return the deadlines that run now, the nearest first; none while the applicant acts.

    What the daerah promises to bring when it is late runs on until it was brought.
    """
    if application.link is None:
        return []
    events = list(application.events.order_by("seq"))
    own = of_link(application, events)
    promised = totals(application, events)
    owed = application.state == "READY" and delivers(application, events)
    found = [item for item in promised if item.finished is None or (owed and item.broken)]
    return sorted([*found, *([own] if own else [])], key=lambda item: item.end)


def delivers(application: Application, events: list[Event] | None = None) -> bool:
    """Return whether the office owes it to bring the permit, as the daerah promises when late."""
    late = overdue(application, events) if application.track else None
    return late is not None and late.deliver


def due(application: Application) -> datetime.date | None:
    """Return the last day of the nearest running deadline; None while the applicant acts."""
    return next((item.end for item in running(application)), None)


def lapse_end(application: Application) -> datetime.date | None:
    """Return the last day on which the applicant may still act; None where no limit stands."""
    rule = next((item for item in application.rules.lapse if item.state == application.state), None)
    if rule is None or application.entered_at is None:
        return None
    limit = Deadline(amount=rule.amount, unit=rule.unit, cite=rule.cite)
    start = local_date(application, application.entered_at)
    return calendar.deadline_end(application.daerah, start, limit)


def hands(application: Application, events: list[Event]) -> list[Hand]:
    """Return in whose hands the case lay and for how many working days, the applicant first."""
    days: dict[str, int] = {}
    for event, following in zip_longest(events, events[1:]):
        holder = _holder(application, event)
        if holder is None:
            continue
        end = local_date(application, following.at) if following else today(application)
        begin = local_date(application, event.at)
        spent = calendar.days_between(application.daerah, begin, end, "hari_kerja")
        days[holder] = days.get(holder, 0) + spent
    return [Hand(holder, number) for holder, number in days.items()]


def _holder(application: Application, event: Event) -> str | None:
    """Return who held the case after an event."""
    if event.target in WITH_APPLICANT:
        return APPLICANT
    if hand := application.rules.role.get(event.data.get("hand", "")):
        return hand.title
    chain = application.rules.chains(application.track).get(event.target, ())  # type: ignore[call-overload]
    if event.turn_after >= len(chain):
        return None
    return application.rules.role[chain[event.turn_after].role].title
