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
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from applications import hand_forms
from applications.models import Application
from documents import hand_forms as printing
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

    def begin(self, building: Building = buildings.HOUSE, *, track: str = "", **more: Any) -> Walk:
        """Return a new case at its beginning; all sample cases are one applicant's."""
        driver = Driver(self.slug, people.applicant(APPLICANT), building, **more)
        return Walk(self, driver, track)

    def pass_time(self, span: datetime.timedelta) -> None:
        self.clock.set(self.clock.moment + span)

    # -- Printing -------------------------------------------------------------------------------
    def keep(self, case: Any, track: str = "", kinds: Collection[str] = ()) -> None:
        """Print each paper of a case (id), or those of ``kinds``, that looks like none before."""
        issued = Paper.objects.filter(case=case).exclude(number=None)
        for wanted in filter(None, (self.only, kinds)):
            issued = issued.filter(kind__in=wanted)
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


class Walk:
    """One sample case, taken along its way word by word."""

    def __init__(self, stage: Stage, driver: Driver, track: str = ""):
        self.stage, self.driver, self.track = stage, driver, track
        self.made = 0
        """How many of the way's steps have been made."""

    @cached_property
    def way(self) -> Way:
        """The way of the track that is named, else of the one to which the answers lead."""
        rules = self.stage.rules
        return Way(rules, self.track or buildings.track(rules, self.driver.answers))

    def go(self, *words: tuple[str, ...]) -> Application:
        """Take these words (``Way``). ValueError where the daerah knows no such way."""
        for word, *args in words:
            getattr(self.way, word)(*args)
        for step in self.way.steps[self.made :]:
            self.stage.pass_time(SITTING)
            if not step.state or self.driver.fresh().state == step.state:
                getattr(self.driver, step.method)(*step.args)
        self.made = len(self.way.steps)
        return self.driver.fresh()

    @contextmanager
    def aside(self) -> Iterator[Walk]:
        """Let something happen to the case from here on that afterwards never has."""
        way, made, moment = copy.copy(self.way), self.made, self.stage.clock.moment
        way.steps = [*way.steps]
        try:
            with transaction.atomic():
                try:
                    yield self
                finally:
                    transaction.set_rollback(True)
        finally:
            self.way, self.made, self.stage.clock.moment = way, made, moment
            self.driver.fresh()


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
    _forms(stage.sampled, only)
    return stage.sampled


def _forms(sampled: Sampled, only: Collection[str]) -> None:
    """Print the blank forms, of ``only`` those that it names by ``blanko_`` and their code."""
    for form in sampled.rules.blank:
        name = f"{FORM}{form.code}"
        if name in only or not only:
            sampled.printed[name] = printing.pdf(hand_forms.blank(sampled.rules, form))
            sampled.titles[name] = form.title


@contextmanager
def aside(folder: Path) -> Iterator[None]:
    """Let files and certificates go into a folder of their own."""
    from django.test.utils import override_settings  # slow to load

    storages = copy.deepcopy(settings.STORAGES)
    storages["default"].setdefault("OPTIONS", {})["location"] = folder / "files"
    with override_settings(STORAGES=storages, SEAL_FOLDER=folder / "segel"):
        yield
