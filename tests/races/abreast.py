"""Hands that work at the same moment, each a process with a connection of its own."""

import multiprocessing
from multiprocessing.connection import wait

from django.db import connections

from retribusi import invariants

FORK = multiprocessing.get_context("fork")
UNPRINTED = "belum dicetak"
PATIENCE = 120
"""Seconds for the other hand to come."""


class Broken(Exception):
    """A hand ended before it had answered."""


def aftermath():
    """Return what the invariants find afterwards, but for work that waits: no worker runs here."""
    return [
        fault.text
        for fault in invariants.faults()
        if fault.check != "pekerjaan" and not fault.text.endswith(UNPRINTED)
    ]


def together(count=2):
    """Return the barrier at which so many hands meet before each bout."""
    return FORK.Barrier(count, timeout=PATIENCE)


def side_by_side(work, calls):
    """Return what ``work`` answers to each call's arguments, in their order, all at once.

    Raises Broken as soon as one hand ends without an answer; the others are ended then, as they
    would wait for it.
    """
    connections.close_all()  # or parent and children would talk by one
    hands, ears = [], []
    for call in calls:
        ear, mouth = FORK.Pipe(duplex=False)
        hand = FORK.Process(target=_answer, args=(mouth, work, call))
        hand.start()
        mouth.close()
        hands.append(hand)
        ears.append(ear)
    try:
        return _heard(ears)
    except Broken:
        for hand in hands:
            hand.kill()
        raise
    finally:
        for hand in hands:
            hand.join()


def _answer(mouth, work, call):
    mouth.send(work(*call))


def _heard(ears):
    told = {}
    while len(told) < len(ears):
        for ear in wait([ear for ear in ears if ear not in told]):
            try:
                told[ear] = ear.recv()
            except EOFError:
                raise Broken("a hand ended without an answer; its error stands above") from None
    return [told[ear] for ear in ears]
