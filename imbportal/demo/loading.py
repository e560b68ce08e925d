"""Loads the demo: plans every step of every case, then makes them in the order of their dates."""

from __future__ import annotations

import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from applications.models import Application
from imbportal.daerah import calendar, registry
from imbportal.demo import (
    at_counter,
    cashier,
    complaints,
    opinions,
    people,
    statements,
    stories,
    trials,
)
from imbportal.demo.driver import Driver
from imbportal.demo.once import accepted_once
from imbportal.demo.past import Clock, past
from imbportal.demo.stories import Story
from imbportal.demo.way import Step
from notifications.models import Job, Message

DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
OFFICE, HOME = (8, 15), (7, 20)
"""First and last hour in which officers and applicants sit down to it."""
BEFORE = 3 * DAY
"""How long before the first case the people open their accounts."""
READ_AFTER = 6 * DAY
"""Messages older than this have been read."""
PAUSE = datetime.timedelta(milliseconds=200)
"""Between two jobs that the loading leaves, so that what users do meanwhile need not queue."""


class Planned(NamedTuple):
    moment: datetime.datetime
    driver: Driver
    step: Step


def load() -> dict[str, int]:
    """Load every daerah that has no demo case yet; return how many cases each one got."""
    with accepted_once():
        return {slug: _load(slug) for slug in registry.slugs() if not _loaded(slug)}


def _loaded(slug: str) -> bool:
    addresses = [people.email(key) for key in people.APPLICANTS]
    return Application.objects.filter(daerah=slug, applicant__email__in=addresses).exists()


@transaction.atomic
def _load(slug: str) -> int:
    """Load one daerah, all or nothing."""
    now, last = timezone.now(), Job.objects.order_by("-pk").values_list("pk", flat=True).first()
    rules = registry.current(slug)
    told = [*stories.of(rules), *stories.judged(rules, calendar.today(slug))]
    moments = _Moments(slug)
    ways = [stories.way(rules, story, number).steps for number, story in enumerate(told)]
    dates = [moments.of(story, ways[n], now, n) for n, story in enumerate(told)]
    with past(min(days[0] for days in dates) - BEFORE) as clock:
        drivers = _drivers(slug, told, now)
        _drive(clock, [
            Planned(moment, driver, step)
            for driver, way, days in zip(drivers, ways, dates, strict=True)
            for moment, step in zip(days, way, strict=True)
        ])  # fmt: skip
        clock.set(now - datetime.timedelta(minutes=1))
        at_counter.take(slug)
    opinions.close(slug)
    complaints.load(slug, now)
    statements.load(slug)
    cashier.close(slug, now)
    trials.draft(slug)
    _settle(now, last or 0)
    return len(told)


def _drivers(slug: str, told: list[Story], now: datetime.datetime) -> list[Driver]:
    """Return a driver for each story, its people made where missing."""
    zone = ZoneInfo(registry.current(slug).timezone)
    head = registry.current(slug).head
    applicants, mandate = people.applicants(), people.mandate()
    people.officers(slug)
    deputies = {head: people.deputy(slug, now.astimezone(zone).date())}
    drivers: list[Driver] = []
    for number, story in enumerate(told):
        place = stories.permit_of(told, story.who) if story.service else None
        drivers.append(Driver(
            slug, applicants[story.who], stories.building_of(story, number), number=number,
            mandate=mandate if story.mandate else None,
            deputies=deputies if story.deputy else None,
            service=story.service, on=None if place is None else drivers[place],
        ))  # fmt: skip
    return drivers


def _drive(clock: Clock, plan: list[Planned]) -> None:
    """Make every step at its moment; what its case no longer needs (money of nothing) is left."""
    for moment, driver, step in sorted(plan, key=lambda planned: planned.moment):
        if not step.state or driver.fresh().state == step.state:
            clock.set(moment)
            getattr(driver, step.method)(*step.args)


def _settle(now: datetime.datetime, last: int) -> None:
    """Leave the messages read that are old, and the worker's jobs one after the other."""
    old = Message.objects.filter(channel=Message.Channel.INBOX, created_at__lt=now - READ_AFTER)
    old.filter(read_at=None).update(read_at=F("created_at"))
    jobs = list(Job.objects.filter(pk__gt=last).order_by("pk"))
    for number, job in enumerate(jobs):
        job.due_at = now + number * PAUSE
    Job.objects.bulk_update(jobs, ["due_at"], batch_size=200)


class _Moments:
    """Finds when each step of a story happened, backwards from its last one."""

    def __init__(self, slug: str):
        self.slug, self.zone = slug, ZoneInfo(registry.current(slug).timezone)
        self.working: dict[datetime.date, bool] = {}

    def of(
        self, story: Story, way: list[Step], now: datetime.datetime, number: int
    ) -> list[datetime.datetime]:
        """Return the moment of each step, in the way's order."""
        moments, at = [], now.astimezone(self.zone) - story.days * DAY
        for index, step in reversed(list(enumerate(way))):
            at = self._sitting(at, step.hand, number * 13 + index * 7)
            moments.append(at)
            at -= self._wait(story, step.hand, number + index)
        return moments[::-1]

    def _wait(self, story: Story, hand: str, seed: int) -> datetime.timedelta:
        """Return how long a step let itself be waited for."""
        if hand in story.wait:
            return story.wait[hand] * DAY
        return HOUR * (1 + seed % 3) if hand == "kantor" else HOUR * (18 + 11 * (seed % 4))

    def _sitting(self, at: datetime.datetime, hand: str, seed: int) -> datetime.datetime:
        """Return the latest time not after ``at`` at which this hand works."""
        if hand == "sistem":
            return at
        first, last = OFFICE if hand == "kantor" else HOME
        if at.hour < first:
            at = (at - DAY).replace(hour=23)
        while hand == "kantor" and not self._works(at.date()):
            at = (at - DAY).replace(hour=23)
        if at.hour > last:
            at = at.replace(hour=last, minute=seed * 11 % 60, second=seed % 60)
        return at

    def _works(self, day: datetime.date) -> bool:
        if day not in self.working:
            self.working[day] = calendar.is_working(self.slug, day)
        return self.working[day]
