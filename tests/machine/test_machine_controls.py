"""Negative controls of the machine: a guard is off, and within a few runs it is found."""

import itertools
from dataclasses import replace

import pytest
from machine_play import play
from machine_shelf import shelf
from machine_watch import Broken, Coverage
from portal_machine import PortalMachine

from accounts import identity
from applications import effects, rules
from applications.models import Event
from documents import numbering
from documents import services as papers
from notifications import jobs

pytestmark = pytest.mark.django_db
RUNS = 15
"""At most; the first or second run mostly finds it."""


@pytest.fixture(scope="module")
def contoh(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), shelf("contoh") as found:
        yield found


def without_duties(patch):
    """Nobody asks whether a person holds another duty already."""
    patch.setattr(rules, "_other_duty", lambda *who: None)
    patch.setattr(rules, "duties_of", lambda *who: set())


def without_the_lock_of_a_nik(patch):
    """People give themselves the NIK of others with whom they meet in a case, and do so often."""
    patch.setattr(identity, "KEEPS", [])
    go_on = PortalMachine.go_on

    def change_on_the_way(machine, dice):
        machine.change_nik(dice) if dice.random() < 0.4 else go_on(machine, dice)

    patch.setattr(PortalMachine, "go_on", change_on_the_way)  # as go_on_too calls it


def without_voiding(patch):
    """A case ends, or its bill is taken back, while the bill goes on to wait."""
    patch.setattr(effects, "_void_open_bill", lambda *bill: None)


def without_hash(patch):
    save = Event.save

    def unsealed(event, *args, **kwargs):
        event.hash = ""
        save(event, *args, **kwargs)

    patch.setattr(Event, "save", unsealed)


def with_skipped_numbers(patch):
    following, turns = numbering.count, itertools.count(1)

    def skipping(key):
        return following(key) if next(turns) % 3 else (following(key), following(key))[1]

    patch.setattr(numbering, "count", skipping)


def without_sending(patch):
    enqueue = jobs.enqueue

    def forgetful(kind, *wish, **more):
        return None if kind == "kirim_pesan" else enqueue(kind, *wish, **more)

    patch.setattr(jobs, "enqueue", forgetful)


def without_printing(patch):
    kind = jobs.KINDS[papers.PRINT]
    patch.setitem(jobs.KINDS, papers.PRINT, replace(kind, handler=lambda ref: None))


@pytest.mark.parametrize(
    "guard, text",
    [
        (without_duties, "IntegrityError|tugas"),
        (without_the_lock_of_a_nik, "IntegrityError|tugas"),
        (without_voiding, "tagihan"),
        (without_hash, "tidak cocok dengan rantai"),
        (with_skipped_numbers, "nomor hilang"),
        (without_sending, "tidak terkirim"),
        (without_printing, "belum dicetak"),
    ],
)
def test_the_machine_finds_a_guard_that_is_off(contoh, monkeypatch, guard, text):
    guard(monkeypatch)
    with pytest.raises(Broken, match=text):
        play(contoh, RUNS, Coverage())
