"""Conditions have three answers; checks and tracks follow from the same facts."""

from decimal import Decimal

import pytest

from imbportal.daerah import checks, conditions, registry, tracks

RULES = registry.current("contoh")
HOUSE = {"function": "hunian", "floors": 2, "floor_area": Decimal("120")}


@pytest.mark.parametrize(
    ("when", "facts", "answer"),
    [
        (None, {}, True),
        ({"floors": 2}, HOUSE, True),
        ({"floors__gt": 2}, HOUSE, False),
        ({"floors__gte": 2, "floor_area__lt": Decimal("120")}, HOUSE, False),
        ({"floors__lte": 2, "floor_area__lte": 120}, HOUSE, True),
        ({"function__in": ["usaha", "hunian"]}, HOUSE, True),
        ({"not": {"function": "hunian"}}, HOUSE, False),
        ([{"function": "usaha"}, {"floors": 2}], HOUSE, True),
        ({"height__gt": 5}, HOUSE, None),
        ({"height__gt": 5, "floors": 3}, HOUSE, False),
        ([{"height__gt": 5}, {"floors": 2}], HOUSE, True),
        ([{"height__gt": 5}, {"floors": 3}], HOUSE, None),
        ({"not": {"height__gt": 5}}, HOUSE, None),
        ({"land_owned": False}, {"land_owned": False}, True),
        ({"land_owned": False}, {}, None),
    ],
)
def test_an_unanswered_fact_is_unknown_and_never_false(when, facts, answer):
    assert conditions.holds(when, facts) is answer


def test_only_the_facts_that_would_decide_are_asked_for():
    when = [{"height__gt": 5, "floors": 3}, {"green_area__gte": 1, "floors": 2}]
    assert conditions.unknown(when, HOUSE) == {"green_area"}


def test_nothing_is_asked_for_where_the_answer_is_known():
    assert conditions.unknown({"height__gt": 5, "floors": 3}, HOUSE) == set()


@pytest.mark.parametrize(
    ("facts", "track"),
    [
        (HOUSE, "pbg"),
        ({"function": "hunian", "floors": 1, "floor_area": Decimal("72")}, "rumah_kecil"),
        ({"function": "hunian", "floors": 1, "floor_area": Decimal("72.01")}, "pbg"),
        ({"function": "keagamaan"}, "keagamaan"),
        ({"function": "khusus"}, "di_luar_layanan"),
    ],
)
def test_the_first_track_that_matches_is_taken(facts, track):
    assert tracks.choose(RULES, facts) == (track, set())


def test_an_undecided_track_asks_for_what_it_lacks():
    assert tracks.choose(RULES, {"function": "hunian"}) == (None, {"floors", "floor_area"})


def result(code, **facts):
    known = {name.replace("__", "."): value for name, value in facts.items()}
    return next(item for item in checks.run(RULES, known) if item.code == code)


@pytest.mark.parametrize(
    ("code", "facts", "ok", "text"),
    [
        ("kdb", {"footprint": 60, "land_area": 100, "krk__kdb_max": "60"}, True,
         "60 %, paling banyak 60 %"),
        ("kdb", {"footprint": Decimal("60.01"), "land_area": 100, "krk__kdb_max": 60}, False,
         "60,01 %, paling banyak 60 %"),
        ("klb", {"floor_area": 180, "land_area": 150, "krk__klb_max": 120}, True,
         "120 %, paling banyak 120 %"),
        ("kdh", {"green_area": 19, "land_area": 100, "krk__kdh_min": 20}, False,
         "19 %, paling sedikit 20 %"),
        ("gsb", {"front_setback": Decimal("5.5"), "krk__gsb_min": "5"}, True,
         "5,5 m, paling sedikit 5 m"),
        ("lantai", {"floors": 3, "krk__floors_max": 2}, False,
         "3 lantai, paling banyak 2 lantai"),
        ("spah", {"infiltration_volume": Decimal("4.4"), "covered_area": 121}, False,
         "4,4 m³, paling sedikit 4,5 m³"),
        ("spah", {"infiltration_volume": 3, "covered_area": 120}, True,
         "3 m³, paling sedikit 3 m³"),
        ("spah", {"infiltration_volume": 0, "covered_area": 0}, True, "0 m³, paling sedikit 0 m³"),
        ("septik", {"septic_tank": False}, False, "Tidak ada"),
        ("septik", {"septic_tank": True}, True, "Ada"),
        ("usaha", {"function": "campuran", "business_area": 51, "floor_area": 100}, False,
         "51 %, paling banyak 50 %"),
    ],
)  # fmt: skip
def test_a_check_compares_exactly_and_says_what_it_compared(code, facts, ok, text):
    found = result(code, **facts)
    assert (found.ok, found.text) == (ok, text)
    assert bool(found.advice) is not ok


def test_a_check_without_its_figures_is_unknown():
    assert result("kdb", footprint=60).ok is None


def test_a_check_on_a_plot_without_area_is_unknown():
    assert result("kdb", footprint=60, land_area=0, krk__kdb_max=60).ok is None


def test_a_check_that_does_not_apply_is_left_out():
    assert "usaha" not in {item.code for item in checks.run(RULES, HOUSE)}
