"""Malang's two printed tables, typed here anew, are what its file runs."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from imbportal.daerah import registry
from retribusi import engine, rates
from retribusi.inputs import Refused

FOLDER = Path(__file__).with_name("cases")
DAY = "2026-07-01"
(TARIFF,) = registry.current("malang").tariff
RATES = rates.of(TARIFF)


def rows(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


PRICES = {row["kode"]: row for row in rows("malang_harga.csv")}
PRICED = [code for code, row in PRICES.items() if code.isdigit() and row["rupiah"] != "***"]
UNPRICED = [code for code, row in PRICES.items() if row["rupiah"] == "***"]
INDICES = rows("malang_indeks.csv")
GROUPS = [row for row in INDICES if row["tabel"] == "prasarana"]
INDEXED = [row for row in INDICES if row["tabel"] != "prasarana"]


def structure(code, work="baru", **more):
    raw = {"tanggal": DAY, "kegiatan": work, "bangunan": []}
    return raw | {"prasarana": [{"kode": code, "volume": "1"}]} | more


@pytest.mark.kewajiban("MAL-05")
@pytest.mark.parametrize("code", PRICED)
def test_a_printed_price_is_charged_for_one_unit(code):
    assert engine.calculate([TARIFF], structure(code)).total == int(PRICES[code]["rupiah"])
    assert TARIFF.prasarana[code].unit == PRICES[code]["satuan"]
    assert code in TARIFF.prasarana[code].cite


@pytest.mark.kewajiban("MAL-05", "MAL-08")
def test_the_file_prices_what_is_printed_and_nothing_else():
    assert list(TARIFF.prasarana) == PRICED
    assert list(TARIFF.belum_ditetapkan) == UNPRICED == ["2214", "2223", "2273", "2294"]
    assert TARIFF.figure["hsbg"].value == int(PRICES[""]["rupiah"])


@pytest.mark.kewajiban("MAL-06")
def test_the_form_costs_everyone_and_a_service_on_an_issued_permit_its_own_fee():
    fees = {code: int(PRICES[code]["rupiah"]) for code in ("formulir", "administrasi")}
    assert {code: fee.value for code, fee in TARIFF.biaya.items()} == fees
    assert [fee.always for fee in TARIFF.biaya.values()] == [True, False]
    services = ("pemecahan", "duplikat", "salinan", "pemutakhiran data", "perubahan nonteknis")
    assert all(word in TARIFF.biaya["administrasi"].label for word in services)


HOUSE = {
    "luas": "100", "fungsi": "hunian", "kompleksitas": "sederhana", "permanensi": "permanen",
    "risiko_kebakaran": "rendah", "zona_gempa": 4, "kepadatan": "sedang", "ketinggian": "rendah",
    "kepemilikan": "perorangan", "waktu_penggunaan": "tetap",
}  # fmt: skip
CLASSES = Decimal("0.58")
"""0.25 × 0.40 + 0.20 × 1.00 + 0.15 × 0.40 + 0.15 × 0.50 + 0.10 × 0.70 + 0.10 × 0.40
+ 0.05 × 0.70"""


def charged(work="baru", **part):
    raw = {"tanggal": DAY, "kegiatan": work, "bangunan": [HOUSE | part]}
    return engine.calculate([TARIFF], raw).total


@pytest.mark.kewajiban("MAL-05")
def test_the_formula_multiplies_price_area_index_of_the_building_and_index_of_the_work():
    assert charged() == 4000 * 100 * Decimal("0.50") * CLASSES
    assert charged("rehabilitasi_berat") == charged() * Decimal("0.65")


@pytest.mark.kewajiban("MAL-08")
@pytest.mark.parametrize(
    ("use", "index"),
    [
        pytest.param("hunian_sederhana", "0.05", id="note 1"),
        pytest.param("sosial_budaya_negara", "0.00", id="note 2"),
        pytest.param("sosial_budaya", "1.00", id="note 2, the exceptions"),
    ],
)
def test_simple_houses_and_state_offices_have_the_index_of_their_note(use, index):
    assert charged(fungsi=use) == 4000 * 100 * Decimal(index) * CLASSES


@pytest.mark.kewajiban("MAL-08")
def test_what_lies_below_ground_or_at_water_or_serves_the_public_is_charged_130_percent():
    assert charged(di_bawah_tanah_atau_air=True) == charged() * Decimal("1.30")


def test_the_rows_that_may_have_shifted_say_so_and_no_other():
    shifted = {code for code, price in TARIFF.prasarana.items() if "bergeser" in price.note}
    assert shifted == {code for code in PRICED if PRICES[code]["bergeser"]}
    assert len(shifted) == 6


@pytest.mark.kewajiban("MAL-07")
@pytest.mark.parametrize("row", INDEXED, ids=lambda row: f"{row['kode']} {row['kunci']}")
def test_a_printed_index_is_used_with_its_own_cite(row):
    index = RATES.index(row["tabel"], row["kunci"])
    assert index.value == Decimal(row["indeks"])
    assert row["kode"] in index.cite


@pytest.mark.kewajiban("MAL-07", "MAL-08")
def test_the_file_has_no_index_that_is_not_printed():
    own = {(table, key) for table, found in TARIFF.index.items() for key in found}
    printed = {(row["tabel"], row["kunci"]) for row in INDEXED}
    assert own - printed == {("indeks_prasarana", "umum"), ("pengali", "di_bawah_tanah_atau_air")}
    assert RATES.index("pengali", "di_bawah_tanah_atau_air").value == Decimal("1.30")


@pytest.mark.kewajiban("MAL-07")
def test_every_priced_code_takes_the_index_of_its_group():
    assert [code for row in GROUPS for code in row["kunci"].split()] == PRICED
    assert {Decimal(row["indeks"]) for row in GROUPS} == {
        RATES.index("indeks_prasarana", "umum").value
    }


@pytest.mark.kewajiban("MAL-08")
@pytest.mark.parametrize("code", UNPRICED)
def test_a_code_without_price_is_refused_and_the_reason_named(code):
    with pytest.raises(Refused, match=f"{code} .*belum ditetapkan kepala daerah"):
        engine.calculate([TARIFF], structure(code))


def test_a_price_may_be_tried_for_a_code_that_has_none():
    tried = structure("2223", tarif={"prasarana": {"2223": "9000"}})
    result = engine.calculate([TARIFF], tried)
    assert (result.total, result.simulation) == (9000, True)


@pytest.mark.parametrize("work", ["pelestarian_pratama", "pelestarian_madya", "pelestarian_utama"])
def test_preservation_of_structures_is_refused(work):
    with pytest.raises(Refused, match="kegiatan_prasarana"):
        engine.calculate([TARIFF], structure("2211", work))


@pytest.mark.django_db
def test_the_calculator_opens_with_the_fee_that_everyone_owes_and_names_codes_without_price(client):
    page = client.get("/malang/hitung/").content.decode()
    assert "Formulir permohonan dan biaya pendaftaran IMB" in page
    assert 'name="b_formulir" id="id_b_formulir" checked' in page.replace(
        'class="checkboxinput" ', ""
    )
    for code in UNPRICED:
        assert f"{code} {TARIFF.belum_ditetapkan[code].label}" in page
