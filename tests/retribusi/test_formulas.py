"""The formulas against a second calculator: fractions, and the tables typed anew."""

from datetime import date
from decimal import Decimal
from fractions import Fraction as F
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retribusi import engine
from retribusi.inputs import Refused
from tests.retribusi.tariffs import figures, tariff

DAY = "2026-07-01"
MANY = settings(max_examples=300, deadline=None)


def rows(names, *values):
    return dict(zip(names.split(), values, strict=True))


WORK = rows("baru rehabilitasi_sedang rehabilitasi_berat", "1", ".45", ".65") | rows(
    "pelestarian_pratama pelestarian_madya pelestarian_utama", ".65", ".45", ".3"
)
LOW = (".4", ".7", "1")
CLASSES = {
    "kompleksitas": (".25", rows("sederhana tidak_sederhana khusus", *LOW)),
    "permanensi": (".2", rows("darurat semi_permanen permanen", *LOW)),
    "risiko_kebakaran": (".15", rows("rendah sedang tinggi", *LOW)),
    "zona_gempa": (".15", rows("1 2 3 4 5 6", ".1", ".2", ".4", ".5", ".7", "1")),
    "kepadatan": (".1", rows("renggang sedang padat", *LOW)),
    "ketinggian": (".1", rows("rendah sedang tinggi", *LOW)),
    "kepemilikan": (".05", rows("negara yayasan perorangan badan_usaha", ".4", ".4", ".7", "1")),
}
CLASS_CHOICES = {name: st.sampled_from(sorted(values)) for name, (_, values) in CLASSES.items()}
USES = rows("hunian_sederhana hunian keagamaan usaha", ".05", ".5", "0", "3") | rows(
    "sosial_budaya_negara sosial_budaya khusus ganda", "0", "1", "2", "4"
)
TIMES = rows("sementara_pendek sementara_menengah tetap", *LOW)
FLOORS = "1 1.09 1.12 1.135 1.162 1.197 1.236 1.265 1.299 1.333".split()
BASEMENTS = ("1.197", "1.299", "1.393")

area = st.decimals(Decimal("0.01"), 50_000, places=2)
price = st.decimals(0, 999_999, places=2)
"""Even the largest building stays below what the engine refuses as too large."""
volumes = st.lists(area, max_size=3)


def half_up(value):
    return floor(value + F(1, 2))


def run(rates, part, work, volume=(), relief=False):
    raw = {
        "tanggal": DAY, "kegiatan": work, "bangunan": [part],
        "prasarana": [{"kode": "pagar", "volume": v, "kegiatan": "baru"} for v in volume],
        "biaya": ["formulir"],
    }  # fmt: skip
    return engine.calculate([rates], raw | ({"keringanan": "k"} if relief else {}))


def money(value):
    return {"prasarana": {"pagar": value}, "biaya": {"formulir": 5000}, "keringanan": {"k": 20}}


def holds_together(result):
    assert sum(account.amount for account in result.accounts) == result.total
    printed = [
        step.printed.replace(".", "").replace(",", ".") for step in result.steps if step.money
    ]
    assert sum(map(Decimal, printed)) == result.total


@MANY
@given(
    st.fixed_dictionaries(CLASS_CHOICES),
    area, st.sampled_from(sorted(USES)), st.sampled_from(sorted(TIMES)), st.booleans(),
    st.sampled_from(sorted(WORK)), price, volumes, price, st.booleans(),
)  # fmt: skip
def test_the_2007_formula_agrees_with_fractions(
    classes, luas, use, time, below, work, hsbg, volume, pagar, relief
):
    part = classes | {
        "luas": luas, "fungsi": use, "waktu_penggunaan": time, "di_bawah_tanah_atau_air": below
    }  # fmt: skip
    rates = tariff("permen24", {"hsbg": hsbg}, **money(pagar))
    result = run(rates, part, work, volume, relief)
    total = sum(F(weight) * F(values[classes[name]]) for name, (weight, values) in CLASSES.items())
    it = F(USES[use]) * total * F(TIMES[time]) * (F("1.3") if below else 1)
    gross = F(luas) * it * F(WORK[work]) * F(hsbg) + sum(map(F, volume)) * F(pagar)
    assert result.total == half_up(gross * (F("0.8") if relief else 1) + 5000)
    assert F(result.it) == it
    holds_together(result)


@st.composite
def storeys(draw):
    """Draw area, floors, basement levels and basement area that fit each other."""
    luas, levels = draw(area), draw(st.integers(0, 3))
    below = draw(st.decimals(Decimal("0.01"), luas, places=2)) if levels else Decimal(0)
    return luas, draw(st.integers(0 if below == luas else 1, 10)), levels, below


PP16 = rows("keagamaan usaha usaha_umkm sosial_budaya khusus", "0", ".7", ".5", ".3", "1") | {
    "hunian": (".15", ".17", 100),
    "campuran": (".6", ".8", 500),
}
SCOPE = {name: F(value) / 2 if name != "baru" else F(1) for name, value in WORK.items()}


@MANY
@given(
    storeys(), st.sampled_from(sorted(PP16)), st.sampled_from(["sederhana", "tidak_sederhana"]),
    st.sampled_from(["non_permanen", "permanen"]),
    st.sampled_from(["negara", "perorangan", "badan_usaha"]), st.sampled_from(sorted(WORK)),
    st.decimals(0, Decimal("0.5"), places=3), price, volumes, price, st.booleans(),
)  # fmt: skip
def test_the_2021_formula_agrees_with_fractions(
    size, use, complexity, permanence, owner, work, ilo, shst, volume, pagar, relief
):
    luas, floors, levels, below = size
    part = {
        "luas": luas, "fungsi": use, "kompleksitas": complexity, "permanensi": permanence,
        "lantai": floors, "lapis_basemen": levels, "luas_basemen": below, "kepemilikan": owner,
    }  # fmt: skip
    rates = tariff("pp16", {"ilo": ilo, "shst": shst}, **money(pagar))
    result = run(rates, part, work, volume, relief)
    above = F(luas) - F(below)
    spread = above * (F(FLOORS[floors - 1]) if above else 0)
    spread += F(below) * (F(BASEMENTS[levels - 1]) if levels else 0)
    weighted = (
        F(3, 10) * (2 if complexity == "tidak_sederhana" else 1)
        + F(2, 10) * (2 if permanence == "permanen" else 1)
        + F(5, 10) * spread / F(luas)
    )
    row = PP16[use]
    if isinstance(row, tuple):
        row = row[0] if luas <= row[2] and floors <= 2 else row[1]
    it = F(row) * weighted * (0 if owner == "negara" else 1)
    gross = F(luas) * F(ilo) / 100 * F(shst) * it * SCOPE[work] + sum(map(F, volume)) * F(pagar)
    assert result.total == half_up(gross * (F("0.8") if relief else 1) + 5000)
    holds_together(result)


@MANY
@given(area, price, volumes, price, st.sampled_from(["baru", "rehabilitasi_berat"]))
def test_a_flat_rate_agrees_with_fractions(luas, rate, volume, pagar, work):
    tables = {
        "kegiatan": {"baru": 1, "rehabilitasi_berat": ".5"},
        "kegiatan_prasarana": {"baru": 1},
        "indeks_prasarana": {"umum": 1, "pagar": "1.5"},
    }
    rates = tariff("datar", {"rate": rate}, index=tables, **money(pagar))
    result = run(rates, {"luas": luas, "fungsi": "apa saja"}, work, volume)
    scope = F(1) if work == "baru" else F(1, 2)
    gross = F(luas) * scope * F(rate) + sum(map(F, volume)) * F("1.5") * F(pagar)
    assert result.total == half_up(gross + 5000)
    holds_together(result)


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


def test_the_tariff_of_the_day_counts_and_the_newest_goes_first():
    old = tariff("datar", {"rate": 1000}, index={"kegiatan": {"baru": 1}}, **money(0))
    new = old.model_copy(update={"berlaku": date(2026, 7, 1), "figure": figures({"rate": 2000})})
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
