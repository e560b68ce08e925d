"""The hands themselves: one that ends badly keeps nobody waiting."""

import os
import time

import abreast
import pytest


def hand(number, barrier):
    if number:
        os._exit(3)
    barrier.wait()


def test_a_race_ends_at_once_where_one_hand_dies():
    begun = time.monotonic()
    barrier = abreast.together()
    with pytest.raises(abreast.Broken):
        abreast.side_by_side(hand, [(0, barrier), (1, barrier)])
    assert time.monotonic() - begun < abreast.PATIENCE / 10


def test_each_answer_stands_at_the_place_of_its_call():
    assert abreast.side_by_side(divmod, [(7, 2), (9, 4)]) == [(3, 1), (2, 1)]
