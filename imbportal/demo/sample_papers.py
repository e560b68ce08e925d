"""Every paper of a daerah, printed from cases that the real services drive; nothing of it stays.

The cases live in a transaction that is rolled back, their files in a folder that is deleted, and
their days in the past, so that the same file of a daerah gives the same words.
"""

from __future__ import annotations

import copy
import datetime
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from applications.models import Application
from documents import rendering
from documents import services as documents
from documents.models import Paper
from imbportal.daerah import registry
from imbportal.daerah.schema import Daerah
from imbportal.demo import buildings, certificates, people
from imbportal.demo.buildings import Building
from imbportal.demo.driver import Driver
from imbportal.demo.once import accepted_once
from imbportal.demo.past import Clock, past
from imbportal.demo.way import Way

BEGUN = datetime.datetime(2026, 3, 2, 2, tzinfo=datetime.UTC)
"""A Monday morning in every time zone of the country."""
SITTING = datetime.timedelta(hours=3)
"""Between two steps of a sample case."""
APPLICANT = "budi"
FORM = "blanko_"
"""How the name of a form begins that the applicant signs by hand; its code follows."""
NO_PAPER = frozenset({"permohonan"})
"""Kinds that are the numbers of the cases themselves, and no sheet."""


@dataclass
class Sampled:
    """What one daerah's sample cases brought."""

    slug: str
    rules: Daerah
    printed: dict[str, bytes] = field(default_factory=dict)
    """PDF by name: the kind, with the track behind it where that prints it differently."""
    titles: dict[str, str] = field(default_factory=dict)
    """Title and number by the same name."""
    failed: list[str] = field(default_factory=list)
    """Scenes that could not be played, and why."""

    @property
    def kinds(self) -> set[str]:
        """Return the kinds of paper; the forms that are signed by hand are none."""
        names = (name for name in self.printed if not name.startswith(FORM))
        return {name.partition("-")[0] for name in names}

    def missing(self, only: Collection[str] = ()) -> list[str]:
        """Return the kinds of the file (of ``only`` those that it has) that no scene brought."""
        named = set(self.rules.paper)
        wanted = (named & set(only) if only else named) - NO_PAPER
        return sorted(wanted - self.kinds)


class Stage:
    """On which the scenes of one daerah are played."""

    def __init__(self, slug: str, clock: Clock, only: Collection[str] = ()):
        self.slug, self.rules, self.clock = slug, registry.current(slug), clock
        self.only = frozenset(only)
        """The kinds that are printed; all of them where empty."""
        self.officers = people.officers(slug)
        self.sampled = Sampled(slug, self.rules)
        self.looks: dict[str, set[Any]] = {}
        self.first: Driver | None = None
        """The case that went the straight way to its end."""

    # -- Driving --------------------------------------------------------------------------------
    def driver(self, building: Building = buildings.HOUSE, **more: Any) -> Driver:
        """Return the driver of a new case; all sample cases are one applicant's."""
        return Driver(self.slug, people.applicant(APPLICANT), building, **more)

    def walk(self, driver: Driver, *words: tuple[str, ...], track: str = "") -> Application:
        """Let a case take the way of these words (``Way``). ValueError where there is none."""
        way = Way(self.rules, track or buildings.track(self.rules, driver.answers))
        for word, *args in words:
            getattr(way, word)(*args)
        for step in way.steps:
            self.pass_time(SITTING)
            if not step.state or driver.fresh().state == step.state:
                getattr(driver, step.method)(*step.args)
        return driver.fresh()

    def pass_time(self, span: datetime.timedelta) -> None:
        self.clock.set(self.clock.moment + span)

    # -- Printing -------------------------------------------------------------------------------
    def keep(self, case: Any, track: str = "") -> None:
        """Print every paper of a case (id) that looks like none before it."""
        issued = Paper.objects.filter(case=case).exclude(number=None)
        issued = issued.filter(kind__in=self.only) if self.only else issued
        for paper in issued.order_by("issued_at", "pk"):
            self._keep(paper, track)

    def _keep(self, paper: Paper, track: str) -> None:
        signed = [mark.title for mark in documents.signatures(paper) if mark.act == "ttd"]
        look = (paper.title, paper.content["letterhead"]["office"], *signed)
        looks = self.looks.setdefault(paper.kind, set())
        name = f"{paper.kind}-{track}" if looks else paper.kind
        if look in looks or name in self.sampled.printed or (looks and not track):
            return
        looks.add(look)
        self.sampled.printed[name] = printed(paper)
        self.sampled.titles[name] = f"{paper.title} {paper.number}"


def printed(paper: Paper) -> bytes:
    """Return the PDF of an issued paper as it is given out, sealed where it bears a seal."""
    made = rendering.render(paper.pk)
    with documents.open_file(made).open("rb") as file:
        content: bytes = file.read()
    return content


def of(slug: str, only: Collection[str] = ()) -> Sampled:
    """Return a daerah's papers, or as few scenes as bring the kinds ``only``."""
    from imbportal.demo import sample_scenes  # which needs a Stage

    with tempfile.TemporaryDirectory(prefix="contoh-dokumen-") as folder, aside(Path(folder)):
        with accepted_once(), transaction.atomic(), past(BEGUN) as clock:
            try:
                if settings.SEAL == "lokal":
                    certificates.prepare()
                stage = Stage(slug, clock, only)
                sample_scenes.play(stage)
            finally:
                transaction.set_rollback(True)
    return stage.sampled


@contextmanager
def aside(folder: Path) -> Iterator[None]:
    """Let files and certificates go into a folder of their own."""
    from django.test.utils import override_settings  # slow to load

    storages = copy.deepcopy(settings.STORAGES)
    storages["default"].setdefault("OPTIONS", {})["location"] = folder / "files"
    with override_settings(STORAGES=storages, SEAL_FOLDER=folder / "segel"):
        yield
