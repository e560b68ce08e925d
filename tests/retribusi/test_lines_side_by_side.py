"""Two calculations side by side: which lines belong together, and what counts as a difference."""

import base64
import datetime
import zlib

import pytest

from imbportal.daerah import registry
from retribusi import engine
from retribusi.public import changes, earlier, lines

pytestmark = pytest.mark.satu_basis_data
TARIFFS = registry.current("contoh").tariff
PART = {
    "luas": "90", "fungsi": "hunian", "kompleksitas": "sederhana", "permanensi": "permanen",
    "lantai": 1, "kepemilikan": "perorangan",
}  # fmt: skip
HOUSE = {
    "tanggal": datetime.date(2026, 7, 1), "kegiatan": "baru", "bangunan": [PART],
    "prasarana": [{"kode": "pagar", "volume": "30"}],
}  # fmt: skip


def result(**more):
    return engine.calculate(TARIFFS, HOUSE | more)


def between(before, after):
    found = changes.between(before, after)
    return {line.step["label"]: line for line in found.lines if line.mark}, found


def test_a_class_that_is_chosen_otherwise_changes_its_line_and_all_that_rest_on_it():
    marked, found = between(result(), result(bangunan=[PART | {"kompleksitas": "tidak_sederhana"}]))
    assert marked.pop("Pembulatan").mark == "baru"
    assert {line.mark for line in marked.values()} == {"berubah"}
    index = marked["Kompleksitas: Tidak sederhana"]
    assert index.was["label"] == "Kompleksitas: Sederhana"
    assert index.was["ekspresi"] == "0,30 × 1,00" and index.step["ekspresi"] == "0,30 × 2,00"
    assert set(marked) == {
        "Kompleksitas: Tidak sederhana", "Indeks terintegrasi (It)", "Retribusi bangunan gedung",
    }  # fmt: skip
    assert found.more == found.total - found.before > 0


def test_what_is_added_or_left_out_moves_no_other_line():
    two = result(bangunan=[PART, PART])
    marked, found = between(result(), two)
    assert {line.mark for line in marked.values()} == {"baru"} and found.changed == 5
    marked, found = between(result(), result(prasarana=[]))
    assert [(line.mark, line.step["label"]) for line in marked.values()] == [
        ("tidak ada lagi", "Prasarana: Pagar")
    ]
    assert found.more == -756_000
    kinds = lines.pairs(
        result(prasarana=[]).as_json()["rincian"], result(bangunan=[]).as_json()["rincian"]
    )
    assert all(pair.before is None or pair.after is None for pair in kinds)


def test_nothing_is_marked_where_nothing_changed_or_nothing_was_before():
    assert not between(result(), result())[0] and not between(None, result())[0]


def test_words_may_differ_where_figures_do_not():
    step = result().as_json()["rincian"][0]
    for other, agrees in (
        ({"label": "Kerumitan: Sederhana"}, True), ({"ekspresi": "0,30 × 1,01"}, False),
        ({"nilai": "0.31"}, False), ({"tercetak": "0,31"}, False), ({"jenis": "it"}, False),
    ):  # fmt: skip
        pair = lines.Pair(step, step | other)
        assert (pair.agrees, pair.alike) == (agrees, False), other
    assert lines.Pair(step, dict(step)).alike


def test_an_input_is_carried_along_small_and_whole():
    given = HOUSE | {"bangunan": [PART] * 10, "biaya": [], "keringanan": "sosial"}
    text = earlier.packed(given)
    assert len(text) < 400 and text.isascii()
    assert earlier.result(TARIFFS, text) == engine.calculate(TARIFFS, given)


def test_what_was_not_packed_here_counts_for_nothing():
    def pack(raw):
        return base64.urlsafe_b64encode(zlib.compress(raw, 9)).decode()

    bomb = pack(b" " * 2_000_000)
    assert len(bomb) < earlier.MOST_PACKED
    for text in (
        "", "x", "é", "====", pack(b"null"), pack(b"{}"), pack(b'{"tanggal": 1}'), bomb,
        pack(b"[" * 29_000), pack(b"[" * 10_000_000), pack(b'{"a": 1' + b"0" * 9000 + b"}"),
        pack(b"\xff"), earlier.packed(HOUSE)[:-9],
    ):  # fmt: skip
        assert earlier.result(TARIFFS, text) is None, text[:30]
