"""Every (state and turn, move, actor) cell answers 404, 403, 409, 422 or moves, in this order.

What is expected is typed here from the workflow's table and the chains of the daerah's file;
nothing of it is asked from ``rules``. One real case goes the whole way and beside it; at each stand
every actor tries every move, and each try is rolled back. In the ordinary suite those who never may
make any move try a third of them at each stand, in turn.
"""

from collections import Counter
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from applications import services
from applications.models import Application, Event
from applications.refusals import Barred, Conflict, NotVisible, Unmet
from imbportal.demo import people
from imbportal.demo.driver import Driver

pytestmark = pytest.mark.django_db
BEFORE_PAYMENT = """DRAFT KRK_REQUESTED KRK_INCOMPLETE KRK_ISSUED SUBMITTED INCOMPLETE RECORDING
ASSESSMENT REVISION FEE SKRD_SIGNING AWAITING_PAYMENT REJECTION_SIGNING""".split()
GATES = """KRK_REQUESTED SUBMITTED RECORDING ASSESSMENT FEE SKRD_SIGNING PAYMENT_REVIEW
PERMIT_SIGNING REJECTION_SIGNING ISSUED READY""".split()
TABLE = {
    "request_krk": (["DRAFT"], "applicant"),
    "return_krk": (["KRK_REQUESTED"], "first"),
    "resend_krk": (["KRK_INCOMPLETE"], "applicant"),
    "issue_krk": (["KRK_REQUESTED"], "last"),
    "refuse_krk": (["KRK_REQUESTED"], "last"),
    "submit": (["DRAFT", "KRK_ISSUED"], "applicant"),
    "return_incomplete": (["SUBMITTED"], "first"),
    "resubmit": (["INCOMPLETE"], "applicant"),
    "accept": (["SUBMITTED"], "last"),
    "record_building": (["RECORDING"], "last"),
    "request_revision": (["ASSESSMENT"], "any"),
    "revise": (["REVISION"], "applicant"),
    "approve_technical": (["ASSESSMENT"], "last"),
    "return_assessment": (["FEE"], "first"),
    "propose_skrd": (["FEE"], "last"),
    "return_skrd": (["SKRD_SIGNING"], "first"),
    "issue_skrd": (["SKRD_SIGNING"], "last"),
    "issue_nil_skrd": (["SKRD_SIGNING"], "last"),
    "void_skrd": (["AWAITING_PAYMENT"], "head"),
    "report_payment": (["AWAITING_PAYMENT"], "applicant sistem"),
    "submit_payment": (["AWAITING_PAYMENT"], "applicant"),
    "refuse_payment": (["PAYMENT_REVIEW"], "first"),
    "confirm_payment": (["PAYMENT_REVIEW", "AWAITING_PAYMENT"], "last sistem"),
    "return_permit": (["PERMIT_SIGNING"], "first"),
    "issue_permit": (["PERMIT_SIGNING"], "last"),
    "propose_rejection": (["ASSESSMENT", "FEE"], "any"),
    "return_rejection": (["REJECTION_SIGNING"], "first"),
    "reject": (["REJECTION_SIGNING"], "last"),
    "update_building": (["ISSUED"], "last"),
    "hand_over": (["READY"], "last"),
    "withdraw": (BEFORE_PAYMENT, "applicant"),
    "lapse": (
        ["KRK_INCOMPLETE", "KRK_ISSUED", "INCOMPLETE", "REVISION", "AWAITING_PAYMENT"],
        "sistem",
    ),
    "undo_accept": (["RECORDING", "ASSESSMENT"], "head"),
    "reopen": (["REJECTED", "LAPSED"], "head"),
    "endorse": (GATES, "not_last"),
    "send_back": (GATES, "not_first"),
}
CHAINS = {
    "contoh": {
        "KRK_REQUESTED": ["petugas"],
        "SUBMITTED": ["petugas", "kasi"],
        "RECORDING": ["petugas"],
        "ASSESSMENT": ["tim_teknis"],
        "FEE": ["petugas"],
        "SKRD_SIGNING": ["kasi", "kepala"],
        "PAYMENT_REVIEW": ["bendahara"],
        "PERMIT_SIGNING": ["petugas", "kasi", "sekretaris", "kepala"],
        "REJECTION_SIGNING": ["petugas", "kasi", "kepala"],
        "READY": ["petugas"],
    },
    "pamekasan": {
        "KRK_REQUESTED": ["petugas"],
        "SUBMITTED": ["petugas"],
        "RECORDING": ["petugas"],
        "ASSESSMENT": ["tim_teknis", "tim_teknis", "tim_teknis"],
        "FEE": ["petugas"],
        "SKRD_SIGNING": ["kepala"],
        "PAYMENT_REVIEW": ["bendahara"],
        "PERMIT_SIGNING": ["kepala"],
        "REJECTION_SIGNING": ["kepala"],
        "ISSUED": ["petugas", "petugas"],
        "READY": ["petugas"],
    },
}
HEAD = "kepala"
SHUT_OUT = ("pemohon_lain", "petugas_daerah_lain", "superuser")
READERS = ("admin", "auditor")
IN_TURN = 3
"""At so many stands one after the other those outside have tried every move once."""


def places(kind, length):
    """Return the links of a chain at which a move of this kind is made."""
    everyone = list(range(length))
    return {
        "first": everyone[:1], "last": everyone[-1:], "any": everyone,
        "not_first": everyone[1:], "not_last": everyone[:-1],
    }.get(kind, [])  # fmt: skip


def could_ever(chains, move, actor):
    sources, ways = TABLE[move]
    kinds = ways.split()
    if actor in ("applicant", "sistem"):
        return actor in kinds
    if "head" in kinds:
        return actor == HEAD
    made_by = {
        chains[source][place]
        for source in sources
        if source in chains
        for kind in kinds
        for place in places(kind, len(chains[source]))
    }
    return actor in made_by


def is_on_turn(chains, state, turn, move, actor):
    sources, ways = TABLE[move]
    if state not in sources:
        return False
    kinds = ways.split()
    if actor in kinds:  # the applicant where he acts, sistem where the bank has spoken
        return actor == "applicant" or state not in chains
    if "head" in kinds:
        return actor == HEAD
    chain = chains.get(state, [])
    allowed = {place for kind in kinds for place in places(kind, len(chain))}
    return turn in allowed and chain[turn] == actor


def expected(chains, state, turn, move, actor):
    if actor in SHUT_OUT or (state == "DRAFT" and actor not in ("applicant", "sistem")):
        return 404
    if not could_ever(chains, move, actor):
        return 403
    return "may" if is_on_turn(chains, state, turn, move, actor) else 409


class TriedOnly(Exception):
    """Ends a try that went through, so that nothing of it stays."""


def attempt(case, move, user):
    """Return how the one door answers; ``may`` stands for done and for 422 alike."""
    try:
        with transaction.atomic():
            services.perform(move, case, by=user, note="Alasan tertulis.")
            raise TriedOnly
    except TriedOnly:
        return "done"
    except NotVisible:
        return 404
    except Barred:
        return 403
    except Conflict:
        return 409
    except Unmet as unmet:
        assert unmet.missing, (case.state, move)
        return 422


class Stand:
    """Tries every cell where the driven case stands, and counts the answers."""

    def __init__(self, slug, in_turn=1):
        self.chains, self.answers, self.wrong = CHAINS[slug], Counter(), []
        self.in_turn, self.stands = in_turn, 0
        self.driver = Driver(slug, people.applicant("budi"))
        other = next(name for name in CHAINS if name != slug)
        self.actors = {role: self.driver.officers[role] for role in self.roles} | {
            "applicant": self.driver.applicant,
            "sistem": User.objects.sistem(),
            "pemohon_lain": people.applicant("siti"),
            "petugas_daerah_lain": people.officers(other)["petugas"],
            "superuser": User.objects.create_superuser("akar@kantor.test", name="Akar"),
            **{role: self.driver.officers[role] for role in READERS},
        }

    @property
    def roles(self):
        return sorted({role for chain in self.chains.values() for role in chain})

    def try_all(self):
        case = self.driver.fresh()
        stand = (case.state, case.turn)
        rows = Event.objects.count()
        self.stands += 1
        for number, move in enumerate(TABLE, start=self.stands):
            for name, user in self.actors.items():
                if name in (*SHUT_OUT, *READERS) and number % self.in_turn:
                    continue
                said = attempt(case, move, user)
                self.answers[said] += 1
                wanted = expected(self.chains, *stand, move, name)
                if (wanted if wanted != "may" else said in (422, "done")) not in (said, True):
                    self.wrong.append((*stand, move, name, wanted, said))
        fresh = Application.objects.get(pk=case.pk)
        assert (fresh.state, fresh.turn, fresh.version) == (*stand, case.version)
        assert Event.objects.count() == rows

    @contextmanager
    def aside(self):
        """Leave the straight way and come back to it."""
        try:
            with transaction.atomic():
                yield
                raise TriedOnly
        except TriedOnly:
            self.driver.fresh()

    def go(self):
        """Stand at every state and turn of the daerah, on the straight way and beside it."""
        stood = set()
        while True:
            case = self.driver.fresh()
            stood.add(case.state)
            self.try_all()
            for beside in BESIDE.get((case.state, case.turn), ()):
                with self.aside():
                    stood |= beside(self)
            if case.state == "COLLECTED":
                return stood
            self.driver.step()


def beside(*moves):
    """Return what leaves the way by these moves and tries every cell after each."""

    def leave(stand):
        stood = set()
        for move in moves:
            if move == "act":
                stand.driver.act()
            else:
                stand.driver.sideways(move)
            stood.add(stand.driver.fresh().state)
            stand.try_all()
        return stood

    return leave


def lapsed(stand):
    """Let the limit of an incomplete case pass, where the file sets one."""
    stand.driver.sideways("return_incomplete")
    if not any(rule.state == "INCOMPLETE" for rule in stand.driver.case.rules.lapse):
        return set()
    with time_machine.travel(timezone.now() + timedelta(days=120), tick=True):
        services.perform("lapse", stand.driver.fresh(), by=User.objects.sistem())
        stand.try_all()
    return {"LAPSED"}


def refused(stand):
    """Walk the refusal to its end."""
    stood = beside("propose_rejection")(stand)
    while stand.driver.fresh().state == "REJECTION_SIGNING":
        stood |= beside("act")(stand)
    return stood


BESIDE = {
    ("KRK_REQUESTED", 0): [beside("return_krk"), beside("refuse_krk")],
    ("SUBMITTED", 0): [beside("return_incomplete"), beside("withdraw"), lapsed],
    ("ASSESSMENT", 0): [beside("request_revision"), refused],
}


@pytest.mark.parametrize("slug, in_turn", [
    ("contoh", IN_TURN),
    pytest.param("contoh", 1, marks=pytest.mark.panjang),
    pytest.param("pamekasan", 1, marks=pytest.mark.panjang),
])  # fmt: skip
def test_every_cell_answers_as_the_table_says(demo, slug, in_turn):
    stand = Stand(slug, in_turn)
    stand.driver.open()
    stood = stand.go()
    print(f"{slug}: {sum(stand.answers.values())} cells, {dict(stand.answers)}")  # noqa: T201
    assert stand.wrong == []
    gates = set(CHAINS[slug])
    beside_gates = {"DRAFT", "KRK_INCOMPLETE", "KRK_ISSUED", "INCOMPLETE", "REVISION",
                    "AWAITING_PAYMENT", "COLLECTED", "REJECTED", "WITHDRAWN"}  # fmt: skip
    assert stood >= gates | beside_gates
    assert ("LAPSED" in stood) == (slug == "contoh")
    assert {404, 403, 409, 422, "done"} == set(stand.answers)


def test_the_cells_would_show_a_missing_guard(demo, monkeypatch):
    stand = Stand("contoh")
    stand.driver.to("SUBMITTED")
    monkeypatch.setattr("applications.rules.bar", lambda *anything: None)
    stand.try_all()
    assert stand.wrong
