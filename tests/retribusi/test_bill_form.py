"""The table of a bill by kode rekening: every line is made of what stands below it."""

from decimal import Decimal

import pytest

from documents import numbering
from imbportal.daerah import registry
from imbportal.daerah.loader import load
from imbportal.indonesia import angka
from retribusi import assessment, bill_form, engine, sheets
from retribusi.models import Assessment

ACCOUNT = "4.1.02.03.01.0001"
LINE = {label: line for line, label in engine.ACCOUNTS.items()}
HOUSE = {
    "luas": "97.5", "fungsi": "hunian", "kompleksitas": "sederhana", "permanensi": "permanen",
    "risiko_kebakaran": "sedang", "zona_gempa": 4, "kepadatan": "sedang", "ketinggian": "rendah",
    "kepemilikan": "perorangan", "waktu_penggunaan": "tetap",
}  # fmt: skip


def rules(slug):
    return load((registry.FOLDER / f"{slug}.toml").read_text(encoding="utf-8"), f"{slug}.toml")


def calculated(slug, **given):
    """Return the newest tariff of a file and what it makes of a building, as it is stored."""
    tariff = rules(slug).tariff[-1]
    given = {"tanggal": "2026-11-26", "kegiatan": "baru", "bangunan": [HOUSE]} | given
    return tariff, engine.calculate([tariff], given).as_json()


def lines(result):
    return [(item["kode"], item["baris"], item["jumlah"]) for item in result["rekening"]]


def number(text):
    return Decimal(text.replace(".", "").replace(",", "."))


def blocks(table):
    """Return of each main line what it asks for, and the sum of what stands below it."""
    found = []
    for style, row in zip(table.styles, table.rows, strict=True):
        if style == "main":
            found.append([number(row[4]), Decimal(0)])
        elif style == "sub":
            found[-1][1] += number(row[3])
    return found


MALANG = {
    "prasarana": [{"kode": code, "volume": "7.3"} for code in ("2211", "2251", "2254", "2264")],
    "biaya": ["administrasi", "formulir"],
}
CASES = [
    ("malang", MALANG),
    ("malang", {"bangunan": [HOUSE | {"nama": f"Rumah {n}"} for n in range(12)]}),
    ("probolinggo", {"keringanan": "hunian"}),
    ("pamekasan", {"bangunan": [HOUSE | {"fungsi": "keagamaan"}]}),
]


@pytest.mark.parametrize("slug, given", CASES)
def test_each_line_is_the_sum_of_what_stands_below_it_and_all_lines_of_the_bill(slug, given):
    tariff, result = calculated(slug, **given)
    table = bill_form.table(result, lines(result), result["total"], tariff.kode_rekening)
    assert all(asked == below for asked, below in blocks(table))
    assert sum(asked for asked, _ in blocks(table)) == result["total"]
    assert table.foot == ("Jumlah keseluruhan", "", "", "", angka(result["total"]))
    assert [row[2] for row in table.rows[-3:]] == [
        "Jumlah ketetapan pokok", "Jumlah sanksi: a. bunga", "b. kenaikan"
    ]  # fmt: skip


def test_after_a_payment_each_account_asks_for_its_own_rest():
    tariff, result = calculated("malang", **MALANG)
    paid = {"bangunan": 1_000, "prasarana": 900_000}  # for structures that are gone meanwhile
    rest = [
        (code, label, amount - paid.get(LINE[label], 0)) for code, label, amount in lines(result)
    ]
    asked = sum(amount for *_, amount in rest)
    table = bill_form.table(result, rest, max(0, asked), tariff.kode_rekening)
    assert asked < 0 and all(line == below for line, below in blocks(table)[:-1])
    assert sum(line for line, _ in blocks(table)) == 0 == number(table.foot[-1])
    assert table.rows[-4][2].startswith("Kelebihan pembayaran terdahulu")


def test_a_line_without_an_account_says_so_and_blocks_the_bill_outside_the_demo(settings):
    tariff, result = calculated("malang", **MALANG)
    bare = tariff.model_copy(update={"kode_rekening": {"bangunan": ACCOUNT}})
    given = {"tanggal": "2026-11-26", "kegiatan": "baru", "bangunan": [HOUSE]} | MALANG
    result = engine.calculate([bare], given).as_json()
    table = bill_form.table(result, lines(result), result["total"], bare.kode_rekening)
    codes = [row[1] for style, row in zip(table.styles, table.rows, strict=True) if style == "main"]
    assert codes == [ACCOUNT, sheets.UNSET, sheets.UNSET]
    assert sheets.UNSET in [row[0] for row in sheets.bill_table(result, 0).rows]
    row = Assessment(result=result, sample=False)
    settings.DEMO = False
    assert [text.partition(" belum")[0] for text in assessment.unbillable(row)] == [
        "Kode rekening untuk Retribusi prasarana bangunan gedung",
        "Kode rekening untuk Biaya administrasi",
    ]
    settings.DEMO = True
    assert assessment.unbillable(row) == []


@pytest.mark.parametrize("slug", ["bombana", "contoh", "malang", "pamekasan", "sleman"])
def test_the_counted_part_of_a_number_is_found_in_every_pattern(slug):
    day = numbering.datetime.date(2026, 11, 26)
    for kind, paper in rules(slug).paper.items():
        given = numbering.printed(paper, 31, day, "350701")
        assert int(numbering.serial(paper, given)) == 31, kind
    assert numbering.serial(paper, "SURAT LAMA 7") == ""
