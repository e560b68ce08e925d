"""Complaints of each daerah, one in every state, told by the same clock as the cases."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from accounts.models import User
from applications.models import Application
from feedback.complaints import door, guard, terms
from feedback.complaints.door import Given
from feedback.models import Channel, Complaint, Topic
from imbportal import uploads
from imbportal.daerah import calendar, registry
from imbportal.demo import drawings, people
from imbportal.demo.past import past

DAY = datetime.timedelta(days=1)
Step = tuple[datetime.timedelta, Callable[[], Any]]
ANSWER = (
    "Terima kasih sudah menyampaikannya. Kami sudah memeriksa berkasnya bersama petugas yang "
    "bertugas hari itu, dan jadwal loket sudah diperbaiki."
)


class Told:
    """Tells the life of one complaint, each step so long before now."""

    def __init__(self, slug: str, **said: Any):
        self.given = Given(daerah=slug, **said)
        self.pk: Any = None

    def receive(self, by: User | None = None) -> None:
        self.pk = door.receive(self.given, by=by)[0].pk

    def take(self) -> None:
        row = Complaint.objects.get(pk=self.pk)
        self.officer = guard.eligible(row)[0]
        door.take(self.pk, by=self.officer)

    def answer(self) -> None:
        self.take()
        door.answer(self.pk, ANSWER, by=self.officer)


def load(slug: str, now: datetime.datetime) -> None:
    """Let people complain in a daerah, and officers answer some of it."""
    plan = sorted(_plan(slug), key=lambda step: step[0], reverse=True)
    with past(now - plan[0][0]) as clock:
        for before, act in plan:
            clock.set(now - before)
            act()


def _plan(slug: str) -> list[Step]:
    rules, number = registry.current(slug), registry.slugs().index(slug)
    case = Application.objects.filter(daerah=slug, state="SUBMITTED").exclude(number="").first()
    slip = uploads.accept(drawings.slip("KUITANSI FOTOKOPI", 25_000))
    new = Told(slug, topic=Topic.SUGGESTION, text="Mohon loket dibuka juga pada jam istirahat.")
    held = Told(
        slug, topic=Topic.COST, text="Saya diminta membayar fotokopi di luar retribusi.",
        case_number=case.number if case else "", name="Sri Lestari", files=[slip],
        email=f"sri.{slug}@demo.test",
    )  # fmt: skip
    said = Told(
        slug, topic=Topic.TIME, text="Berkas saya belum diperiksa sejak dua minggu yang lalu.",
        name="Parto Wijaya", email=f"parto.{slug}@demo.test",
    )  # fmt: skip
    again = Told(
        slug, topic=Topic.CONDUCT, text="Petugas loket tidak menjelaskan dokumen yang kurang.",
        name="Ngatini", phone=f"+62812000003{number:02d}",
    )  # fmt: skip
    done = Told(
        slug, topic=Topic.REQUIREMENTS, text="Syarat di papan berbeda dengan di portal.",
        name="Hasan Basri", phone=f"+62812000004{number:02d}", channel=Channel.PHONE,
    )  # fmt: skip
    late = Told(
        slug, topic=Topic.DECISION, text="Nama jalan pada surat saya salah tulis.",
        channel=Channel.BOX,
    )  # fmt: skip
    counter = people.officers(slug)["admin"]
    plan = [
        (DAY, new.receive), (2 * DAY, held.receive), (DAY, held.take),
        (5 * DAY, said.receive), (2 * DAY, said.answer),
        (9 * DAY, again.receive), (7 * DAY, again.answer),
        (DAY, lambda: door.reopen(again.pk, "Sampai hari ini belum ada penjelasan.")),
        (25 * DAY, lambda: done.receive(counter)), (23 * DAY, done.answer),
        (20 * DAY, lambda: door.close(done.pk)),
    ]  # fmt: skip
    today = calendar.today(slug)
    begun = next(d for d in range(1, 400) if _passed(rules, today - d * DAY, today))
    return [
        *plan,
        (begun * DAY, lambda: late.receive(counter)),
        (DAY / 2, lambda: _late(late)),
    ]


def _passed(rules: Any, start: datetime.date, today: datetime.date) -> bool:
    end = terms.end(rules, start)
    return end is None or end < today - DAY


def _late(told: Told) -> None:
    row = Complaint.objects.get(pk=told.pk)
    if row.due_at is not None:
        reason = "Batas jawaban sudah lewat."
        door.escalate(told.pk, reason, by=User.objects.sistem())
