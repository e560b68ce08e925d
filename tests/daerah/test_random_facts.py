"""Whatever is answered, every daerah's file decides: one track, its documents, nothing open."""

import json
import time
from collections import Counter
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from random_facts import Typist, answers
from sixth_daerah import FILE, SLUG

from applications import facts, guards, requirements
from documents.models import Paper
from imbportal.daerah import conditions, loader, registry
from imbportal.daerah.models import DaerahVersion
from imbportal.daerah.ways import OUTSIDE
from tests.random_runs import each_anew

pytestmark = pytest.mark.django_db
REPORTS = Path(__file__).resolve().parents[2] / "reports"
QUICK, SOME, LONG = 100, 300, 1000
"""Sets of answers: in the long run LONG for a daerah, SOME for services, model and sixth file."""
SEARCH = settings(
    deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
EVERY = [*registry.slugs(), SLUG]
SAMPLES = {"contoh", SLUG}
SERVING = [("malang", True), (SLUG, True)]
"""Daerah with services on a permit that was issued."""


def issued(slug):
    """Return a permit of a daerah, as far as a draft needs one."""
    return Paper.objects.create(
        kind="izin", daerah=slug, version=registry.current_version(slug), case=uuid4(),
        title="Izin", content={},
    )  # fmt: skip


class Decided:
    """What the answers so far decide; what is decided once must stay so."""

    def __init__(self, typist):
        self.typist, self.track, self.documents = typist, None, {}

    def look(self):
        rules, case = self.typist.rules, self.typist.case
        values, (code, missing) = facts.of(case), guards.chosen_track(case)
        assert bool(code) is not bool(missing), "a track is chosen, or it is said what it waits for"
        assert self.track in (None, code), f"the track went from {self.track} to {code}"
        self.track = code
        shown = {slot.code: slot.known for slot in requirements.due(case)}
        for requirement in rules.requirement:
            due = conditions.holds(requirement.when, values)
            assert shown.get(requirement.code, "hidden") == {
                True: True, None: False, False: "hidden"
            }[due]  # fmt: skip
            before = self.documents.get(requirement.code)
            assert before in (None, due), f"{requirement.code} was {before} and is {due}"
            self.documents[requirement.code] = due


def fill(typist, given_answers, in_portal=False):
    """Let the applicant answer all; return what came out, and the most rounds of a form."""
    typed, later, by_proxy, kind = given_answers
    typist.begin(by_proxy, kind, in_portal)
    decided = Decided(typist)
    rounds = [typist.go_through(typed, later, "krk", decided.look)]
    early = decided.track
    rounds.append(typist.go_through(typed, later, "izin", decided.look))
    decided.look()
    if any("KRK_REQUESTED" in typist.rules.chains(code) for code in typist.rules.track):
        assert early == decided.track, "the form of the KRK chooses the track"
    return decided, max(rounds)


def searches():
    for slug, service in [*((slug, False) for slug in EVERY), *SERVING]:
        yield slug, service, QUICK
        sets = SOME if service or slug in SAMPLES else LONG
        yield pytest.param(slug, service, sets, marks=pytest.mark.panjang)


@pytest.mark.parametrize(("slug", "service", "sets"), [*searches()])
def test_any_answers_choose_one_track_and_leave_nothing_open(slug, service, sets, sixth_folder):
    typist, begin = Typist(slug, parent=issued(slug) if service else None), time.monotonic()
    tracks, seen, rounds = Counter(), {}, Counter()

    @settings(SEARCH, max_examples=sets)
    @given(answers(typist.rules), st.booleans() if service else st.just(False))
    def try_one(given_answers, in_portal):
        decided, turns = fill(typist, given_answers, in_portal)
        assert decided.track in typist.rules.track
        assert None not in decided.documents.values(), decided.documents
        assert facts.of(typist.stored()) == facts.of(typist.case), "stored as it was answered"
        tracks[decided.track] += 1
        rounds[turns] += 1
        for code, due in decided.documents.items():
            seen.setdefault(code, set()).add(due)

    with each_anew():
        try_one()
    conditional = {item.code for item in typist.rules.requirement if item.when is not None}
    both = {code for code in conditional if seen[code] == {True, False}}
    slug += "-layanan" * service
    figures = {"daerah": slug, "sets": sum(tracks.values()), "tracks": dict(tracks),
               "rounds": dict(rounds), "documents_both_ways": f"{len(both)}/{len(conditional)}",
               "seconds": round(time.monotonic() - begin, 1)}  # fmt: skip
    line = json.dumps({"random_facts": sets} | figures)
    print(line)  # noqa: T201
    REPORTS.mkdir(exist_ok=True)
    (REPORTS / f"fakta-acak-{slug}-{sets}.json").write_text(line + "\n")
    assert sum(tracks.values()) >= sets
    if sets > QUICK:
        # Who asks for a service chooses one of those that there are: none is out of the service.
        wanted = set(typist.rules.track) - out(typist.rules) - ({OUTSIDE} if service else set())
        assert both == conditional and set(tracks) == wanted


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("over_water = true, water_depth__gt", "water_depth__gt"),
        ("when = { over_water = true }\ncite", "when = { water_depth__gt = 9 }\ncite"),
        ("max = 5\n", "max = 5\nwhen = { floors__lt = 3 }\n"),
        ('code = "kecamatan"\n', 'code = "kecamatan"\nwhen = { over_water = true }\n'),
    ],
)
def test_the_search_finds_the_fault_of_a_file_that_was_let_in(old, new, sixth_folder):
    text = FILE.read_text(encoding="utf-8").replace(old, new, 1)
    with pytest.raises(loader.DaerahError):
        loader.load(text, f"{SLUG}.toml")
    row = DaerahVersion.objects.create(
        slug=SLUG, sha256=sha256(text.encode()).hexdigest(), content=text
    )
    typist = Typist(SLUG, row)

    @settings(SEARCH, max_examples=QUICK, phases=[Phase.generate])
    @given(answers(typist.rules))
    def try_one(given_answers):
        decided, _ = fill(typist, given_answers)
        assert None not in decided.documents.values()

    with pytest.raises((AssertionError, ExceptionGroup)):
        try_one()


def out(rules):
    """Return the tracks to which no answers can lead: those behind one without a condition."""
    codes = list(rules.track)
    whole = next((n for n, code in enumerate(codes) if rules.track[code].when is None), None)
    return set() if whole is None else set(codes[whole + 1 :])
