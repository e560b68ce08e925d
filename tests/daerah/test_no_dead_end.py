"""No case is ever stuck: from every state that a file can reach somebody can go on, to an end."""

from contextlib import contextmanager

import pytest
import way_graph
from django.db import transaction
from django.test import Client
from sixth_daerah import FILE, SLUG
from way_graph import GIVING_UP, Graph, served

from applications import services
from applications.workflow import FINAL, MOVES
from imbportal.daerah import loader, registry
from imbportal.demo import people
from imbportal.demo.driver import SIDEWAYS, Driver

SIXTH = loader.load(FILE.read_text(encoding="utf-8"), f"{SLUG}.toml")
TRACKS = [
    pytest.param(rules, track, id=f"{rules.slug}-{track}")
    for rules in [*map(registry.current, registry.slugs()), SIXTH]
    for track in served(rules)
]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
BACK = {"KRK_INCOMPLETE": "resend_krk", "INCOMPLETE": "resubmit", "REVISION": "revise"}


# -- By structure ------------------------------------------------------------------------------
@pytest.mark.parametrize(("rules", "track"), TRACKS)
def test_somebody_can_go_on_from_every_state_and_turn(rules, track):
    graph = Graph(rules, track)
    assert graph.stuck() == []
    assert graph.cannot_end("COLLECTED") == []


@pytest.mark.parametrize(("rules", "track"), TRACKS)
def test_every_link_of_the_file_gets_its_turn(rules, track):
    graph = Graph(rules, track)
    money = {"AWAITING_PAYMENT", "PAYMENT_REVIEW"}
    assert {gate for gate, _ in graph.unused()} <= (set() if graph.fee else money)
    assert graph.states >= {"INCOMPLETE", "REVISION", "COLLECTED", "REJECTED", "WITHDRAWN"}


@pytest.mark.parametrize(
    ("left_out", "stuck"),
    [
        ("revise", ("REVISION", 0)),
        ("hand_over", ("READY", 0)),
        ("issue_permit", ("PERMIT_SIGNING", 0)),
    ],
)
def test_the_search_finds_a_state_out_of_which_a_move_is_missing(monkeypatch, left_out, stuck):
    monkeypatch.setattr(way_graph, "MOVES", [m for m in MOVES if m.name != left_out])
    graph = Graph(SIXTH, "darat")
    assert stuck in [*graph.stuck(), *graph.cannot_end("COLLECTED")]


# -- Driven ------------------------------------------------------------------------------------
class Watched:
    """A case that is driven on, and looked at in every state that it comes to."""

    def __init__(self, slug):
        self.driver, self.seen = Driver(slug, people.applicant("budi")), set()
        self.people = [self.driver.applicant, *self.driver.officers.values()]
        self.browsers = {user.pk: Client() for user in self.people}
        for user in self.people:
            self.browsers[user.pk].force_login(user, backend=BACKEND)
        self.driver.open()

    def look(self):
        """Fail where nobody has a button but that of giving up."""
        case = self.driver.fresh()
        offered = {move.name for user in self.people for move, _ in services.available(case, user)}
        if case.state not in FINAL:
            assert offered - GIVING_UP, f"nobody can go on from {case.state}, turn {case.turn}"
        self.seen.add(case.state)
        self._open_pages(case)
        return case.state

    def _open_pages(self, case):
        """Open the applicant's page, and the desk of the officer on turn."""
        addresses = [(self.driver.applicant, f"/permohonan/{case.pk}/")]
        if case.turn_role:
            addresses.append((self.driver.actor(), f"/admin/permohonan/{case.pk}/"))
        for user, address in addresses:
            assert self.browsers[user.pk].get(address).status_code == 200, (case.state, address)

    @contextmanager
    def aside(self, move):
        """Go a way beside the straight one, and come back as if it had not been."""
        with transaction.atomic():
            self.driver.sideways(move)
            yield self.look()
            transaction.set_rollback(True)
        self.driver.fresh()

    def sideways(self):
        for _, (start, move) in SIDEWAYS.items():
            if self.driver.case.state == start and self.driver.case.turn == 0:
                with self.aside(move) as state:
                    self._return(state)

    def _return(self, state):
        """Come back from where the applicant must mend; a refusal is signed to its end."""
        if state in BACK:
            self.driver.sideways(BACK[state])
            assert self.look() == SIDEWAYS[state][0]
        while self.driver.case.state == "REJECTION_SIGNING":
            self.driver.act()
            self.look()


@pytest.mark.django_db
@pytest.mark.parametrize("slug", [*registry.slugs(), SLUG])
def test_a_case_can_be_driven_on_from_every_state_that_it_reaches(slug, sixth_folder):
    watched = Watched(slug)
    while watched.look() != "COLLECTED":
        watched.sideways()
        watched.driver.step()
    case = watched.driver.case
    possible = Graph(case.rules, case.track).states - {"LAPSED"}
    assert watched.seen == possible, possible ^ watched.seen
