"""The twenty working days of the technical office run over survey, advice and nota hitung."""

import datetime

import pytest

from applications import clock
from applications.models import Application, Event
from imbportal.daerah import calendar, loader, registry

pytestmark = [pytest.mark.django_db, pytest.mark.satu_basis_data]
CARRIED, SURVEY, ADVICE = ("ASSESSMENT", 4), ("ASSESSMENT", 5), ("ASSESSMENT", 6)
FEE, SKRD, REVISION = ("FEE", 0), ("SKRD_SIGNING", 0), ("REVISION", 0)
DELIVERED = ("endorse", CARRIED, SURVEY, 1)
SURVEYED = ("endorse", SURVEY, ADVICE, 8)
ADVISED = ("approve_technical", ADVICE, FEE, 14)
DAYS = 20


def july(day, hour=2):
    return datetime.datetime(2026, 7, day, hour, tzinfo=datetime.UTC)


def running(*moves):
    """Return the deadline at the link to which the last of these moves (with its day) led."""
    events = [
        Event(seq=seq, move=move, source=source, turn_before=before, target=target,
              turn_after=after, at=july(day))
        for seq, (move, (source, before), (target, after), day) in enumerate(moves, start=5)
    ]  # fmt: skip
    state, turn = moves[-1][2]
    case = Application(daerah="bombana", track="pbg", state=state, turn=turn)
    return clock.of_link(case, events)


def ends(start, days=DAYS):
    return calendar.add_working_days("bombana", july(start).date(), days)


@pytest.mark.kewajiban("BOM-09")
@pytest.mark.parametrize(
    "moves", [(DELIVERED,), (DELIVERED, SURVEYED), (DELIVERED, SURVEYED, ADVISED)]
)
def test_the_days_of_step_nine_count_from_the_delivery_until_the_bill_is_proposed(moves):
    found = running(*moves)
    assert (found.start, found.end) == (july(1).date(), ends(1))
    assert (found.deadline.amount, found.deadline.unit) == (DAYS, "hari_kerja")
    assert running(*moves, ("propose_skrd", FEE, SKRD, 20)) is None


def test_who_gives_back_within_the_step_gains_no_days():
    back = ("send_back", ADVICE, SURVEY, 10)
    assert running(DELIVERED, SURVEYED, back).end == ends(1)


def test_a_revision_stops_the_days_and_does_not_begin_them_anew():
    asked, revised = ("request_revision", ADVICE, REVISION, 9), ("revise", REVISION, ADVICE, 15)
    found = running(DELIVERED, SURVEYED, asked, revised)
    waited = calendar.days_between("bombana", july(9).date(), july(15).date(), "hari_kerja")
    assert (found.start, found.stopped) == (july(1).date(), waited)
    assert found.end == ends(1, DAYS + waited)


def test_what_comes_back_from_a_later_step_has_its_days_again():
    proposed, returned = ("propose_skrd", FEE, SKRD, 20), ("return_skrd", SKRD, FEE, 22)
    assert running(DELIVERED, SURVEYED, ADVISED, proposed, returned).end == ends(22)


def test_a_link_that_continues_nothing_has_no_days(monkeypatch):
    """The control: without the key the fee has no deadline of its own."""
    text = (registry.FOLDER / "bombana.toml").read_text(encoding="utf-8")
    rules = loader.parse(text.replace(", continues = true", ""), "bombana.toml")
    monkeypatch.setattr(registry, "current", lambda slug: rules)
    assert running(DELIVERED).end == ends(1)
    assert running(DELIVERED, SURVEYED, ADVISED) is None
