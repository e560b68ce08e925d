"""The formulas at their edges. That they agree with fractions is seen in test_second_calculator."""

from datetime import date
from fractions import Fraction as F

import pytest

from retribusi import engine
from retribusi.inputs import Refused
from tests.retribusi.second.tables import FLOORS
from tests.retribusi.tariffs import figures, tariff

DAY = "2026-07-01"


def run(rates, part, work, volume=()):
    raw = {
        "tanggal": DAY, "kegiatan": work, "bangunan": [part],
        "prasarana": [{"kode": "pagar", "volume": v, "kegiatan": "baru"} for v in volume],
        "biaya": ["formulir"],
    }  # fmt: skip
    return engine.calculate([rates], raw)


def money(value):
    return {"prasarana": {"pagar": value}, "biaya": {"formulir": 5000}, "keringanan": {"k": 20}}


HOUSE = {"luas": 100, "fungsi": "hunian", "kompleksitas": "sederhana", "permanensi": "permanen",
         "lantai": 2, "kepemilikan": "perorangan"}  # fmt: skip


@pytest.mark.parametrize(
    "use, luas, floors, row",
    [
        ("hunian", "100", 2, "0.15"),
        ("hunian", "100.01", 2, "0.17"),
        ("hunian", "90", 3, "0.17"),
        ("campuran", "500", 2, "0.6"),
        ("campuran", "500", 3, "0.8"),
    ],
)
def test_the_function_table_has_no_gap(use, luas, floors, row):
    rates = tariff("pp16", {"ilo": "0.5", "shst": 1000}, **money(0))
    part = HOUSE | {"fungsi": use, "luas": luas, "lantai": floors}
    weighted = F("0.3") + F("0.4") + F(1, 2) * F(FLOORS[floors - 1])
    assert F(run(rates, part, "baru").it) == F(row) * weighted


def test_a_daerahs_own_reading_of_the_gap_goes_before_the_shared_one():
    own = {"batas_luas": {"hunian": 80}, "batas_lantai": {"hunian": 5}}
    rates = tariff("pp16", {"ilo": "0.5", "shst": 1000}, index=own, **money(0))
    small, large = HOUSE | {"luas": 80, "lantai": 5}, HOUSE | {"luas": 81, "lantai": 1}
    assert F(run(rates, small, "baru").it) / F("0.15") == F("0.7") + F(FLOORS[4]) / 2
    assert F(run(rates, large, "baru").it) / F("0.17") == F("1.2")


@pytest.mark.parametrize("floors, levels", [(21, 0), (61, 0), (1, 4)])
def test_where_a_table_has_no_row_nothing_is_extrapolated(floors, levels):
    rates = tariff("pp16", {"ilo": "0.5", "shst": 1000}, **money(0))
    basement = {"lapis_basemen": levels, "luas_basemen": 50} if levels else {}
    with pytest.raises(Refused, match="tidak ada dalam tabel"):
        run(rates, HOUSE | {"lantai": floors} | basement, "baru")


def test_rows_that_nobody_confirmed_make_a_sample():
    rates = tariff("pp16", {"ilo": "0.5", "shst": 1000}, **money(0))
    assert not run(rates, HOUSE | {"lantai": 10}, "baru").sample
    assert run(rates, HOUSE | {"lantai": 11}, "baru").sample


def test_one_sample_figure_makes_the_whole_a_sample():
    rates = tariff("pp16", {"ilo": "0.5", "shst": 1000}, **money(0))
    unsure = rates.model_copy(update={"biaya": figures({"formulir": 5000}, contoh=True)})
    assert not run(rates, HOUSE, "baru").sample
    assert run(unsure, HOUSE, "baru").sample


def test_a_missing_price_is_refused_by_name():
    rates = tariff("pp16", {"ilo": "0.5"}, **money(0))
    with pytest.raises(Refused, match="SHST"):
        run(rates, HOUSE, "baru")


def test_the_tariff_of_the_day_counts_to_its_last_day():
    old = tariff("datar", {"rate": 1000}, index={"kegiatan": {"baru": 1}}, **money(0))
    new = old.model_copy(update={"berlaku": date(2026, 7, 1), "figure": figures({"rate": 2000})})
    old = old.model_copy(update={"sampai": date(2026, 6, 30)})
    raw = {"kegiatan": "baru", "bangunan": [{"luas": 1, "fungsi": "x"}]}
    totals = [
        engine.calculate([new, old], raw | {"tanggal": day}).total
        for day in ("2026-06-30", "2026-07-01")
    ]
    assert totals == [1000, 2000]


def test_accounts_share_the_rounding_by_the_largest_remainder():
    codes = {"bangunan": "A", "prasarana": "B", "biaya": "C"}
    rates = tariff(
        "datar", {"rate": "10.4"}, prasarana={"pagar": "10.3"}, biaya={"formulir": "10.3"},
        index={
            "kegiatan": {"baru": 1}, "kegiatan_prasarana": {"baru": 1},
            "indeks_prasarana": {"umum": 1},
        },
        kode_rekening=codes,
    )  # fmt: skip
    result = run(rates, {"luas": 1, "fungsi": "x"}, "baru", ["1"])
    assert [(item.code, item.amount) for item in result.accounts] == [
        ("A", 11),
        ("B", 10),
        ("C", 10),
    ]
    assert result.total == 31
