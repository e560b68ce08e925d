"""Low-income households pay nothing, where a daerah switches the national rule on."""

import datetime
from pathlib import Path

import pytest

from imbportal.daerah import conditions, loader, registry, reliefs

FILE = registry.FOLDER / "contoh.toml"
DAY = datetime.date(2026, 7, 1)
HOUSE = {
    "function": "hunian", "floor_area": 36, "mbr": True, "mbr_rumah": "umum",
    "mbr_keluarga": "lajang", "mbr_penghasilan": 7_000_000,
}  # fmt: skip


def load(old="", new=""):
    text = Path(FILE).read_text()
    assert old in text
    return loader.load(text.replace(old, new, 1) if old else text, FILE.name)


def rule(rules):
    return rules.relief_by_code("mbr")


def test_the_switch_brings_questions_document_relief_and_percentage():
    rules = load()
    assert [fact.code for fact in rules.fact if fact.section == "mbr"] == [
        "mbr", "mbr_rumah", "mbr_keluarga", "mbr_penghasilan",
    ]  # fmt: skip
    assert rules.requirement_by_code("mbr_bukti").contoh
    assert rule(rules).automatic and rule(rules).kind == "pembebasan"
    assert all(tariff.keringanan["mbr"].value == 100 for tariff in rules.tariff)
    assert rules.tariff[-1].keringanan["mbr"].contoh, "until the daerah's own regulation is named"
    assert rule(rules).cite.startswith("Contoh; peraturan kepala daerah")


def test_without_the_switch_nothing_of_it_is_there():
    begin = FILE.read_text().index("[mbr]")
    switch = FILE.read_text()[begin:].split("\n\n")[0]
    rules = load(switch)
    assert rule(rules) is None and not any(fact.code == "mbr" for fact in rules.fact)
    assert all("mbr" not in tariff.keringanan for tariff in rules.tariff)


@pytest.mark.parametrize(
    "answers, pays_nothing",
    [
        ({}, True),
        ({"floor_area": 36.01}, False),
        ({"mbr_rumah": "swadaya", "floor_area": 48}, True),
        ({"mbr_rumah": "swadaya", "floor_area": 48.01}, False),
        ({"mbr_penghasilan": 7_000_001}, False),
        ({"mbr_keluarga": "kawin", "mbr_penghasilan": 8_000_000}, True),
        ({"mbr_keluarga": "tapera", "mbr_penghasilan": 8_000_000}, True),
        ({"mbr_keluarga": "kawin", "mbr_penghasilan": 8_000_001}, False),
        ({"mbr": False}, False),
    ],
)
def test_each_limit_holds_to_the_last_square_metre_and_rupiah(answers, pays_nothing):
    assert conditions.holds(rule(load()).when, HOUSE | answers) is pays_nothing


def test_a_region_of_higher_incomes_gives_its_own():
    dearer = 'functions = ["hunian"]\nsingle = 7_500_000\nmarried = 10_000_000'
    when = rule(load('functions = ["hunian"]', dearer)).when
    assert conditions.holds(when, HOUSE | {"mbr_penghasilan": 7_500_000})
    married = HOUSE | {"mbr_keluarga": "kawin"}
    assert conditions.holds(when, married | {"mbr_penghasilan": 10_000_000})


def test_it_counts_from_its_first_day_to_its_last():
    known = rule(load("berlaku = 2024-11-25", "berlaku = 2024-11-25\nsampai = 2026-12-31"))
    days = ["2024-11-24", "2024-11-25", "2026-12-31", "2027-01-01"]
    counted = [reliefs.counts_on(known, datetime.date.fromisoformat(day)) for day in days]
    assert counted == [False, True, True, False]


@pytest.mark.parametrize(
    "old, new, said",
    [
        ("berlaku = 2024-11-25", "berlaku = 2024-11-25\nsampai = 2024-01-01", "mbr: "),
        ("berlaku = 2024-11-25", 'berlaku = 2024-11-25\ntable = "mbr_1999"', "mbr: "),
        ("berlaku = 2024-11-25", 'berlaku = 2024-11-25\nwarna = "biru"', "mbr.warna: unknown key"),
        ('functions = ["hunian"]', 'functions = ["gua"]', '"gua"'),
        ('cite = "Contoh; peraturan kepala daerah tentang', "#", "mbr.cite: missing"),
    ],
)
def test_a_wrong_switch_is_refused_by_key(old, new, said):
    with pytest.raises(loader.DaerahError) as refused:
        load(old, new)
    assert said in str(refused.value), refused.value
