"""The engine against a second calculator, on random cases: no rupiah may differ.

What fails names seed, number and input, which ``hitung_retribusi`` takes as it is.
"""

import ast
import dataclasses
import json
import random
import sys
import time
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest

from imbportal.daerah import registry, tables
from retribusi import engine, rates
from retribusi.inputs import Refused
from tests.retribusi.second import calculator as second
from tests.retribusi.second.cases import draw
from tests.retribusi.second.tables import BOOKS, FLAT, KINDS
from tests.retribusi.tariffs import tariff as built

pytestmark = pytest.mark.satu_basis_data
SEED = 20261126
REPORTS = Path(__file__).resolve().parents[2] / "reports"
FORMULAS = {
    "permen24": ("pamekasan", "probolinggo", "sleman"),
    "malang": ("malang",),
    "bombana": ("bombana",),
    "pp16": ("contoh",),
    "datar": ("datar",),
}
"""What is calculated by each formula; Malang and Bombana have tables and factors of their own."""
QUICK, LONG = 2_000, 100_000
DISPLAYED = Fraction(5, 10**12)
"""How far an index that is a quotient may be from the twelve digits shown, in parts of itself."""


def decimals(rows):
    return {key: Decimal(value.numerator) / value.denominator for key, value in rows.items()}


@cache
def tariffs():
    """Return the tariff of each daerah, and one by a flat rate."""
    money = {kind: decimals(getattr(FLAT, kind)) for kind in KINDS[1:]}
    index = {name: decimals(found) for name, found in FLAT.table.items()}
    flat = built("datar", decimals(FLAT.figure), index=index, **money)
    return {slug: registry.current(slug).tariff[0] for slug in BOOKS} | {"datar": flat}


BOOK_OF = BOOKS | {"datar": FLAT}


def rows_of(tariff):
    """Return every row of a tariff, by (table, key)."""
    every = {**tables.of(tariff).figure, **{kind: getattr(tariff, kind) for kind in KINDS}}
    return {
        (table, key): Fraction(figure.value)
        for table, found in every.items()
        for key, figure in found.items()
    }


def compare(tariff, book, raw, clock):
    """Calculate one input twice; return what the second calculator found, or its refusal."""
    try:
        begin = time.perf_counter()
        mine = second.calculate(book, raw)
    except second.No as no:
        mine = no
    try:
        middle = time.perf_counter()
        result = engine.calculate([tariff], raw)
    except Refused as refusal:
        assert isinstance(mine, second.No), f"refused: {refusal}"
        assert mine.text in str(refusal), f"{refusal} does not say {mine.text}"
        return mine
    clock["second"] += middle - begin
    clock["engine"] += time.perf_counter() - middle
    assert not isinstance(mine, second.No), f"calculated, although {mine.text}"
    assert result.total == mine.total
    assert {item.line: item.amount for item in result.accounts} == mine.accounts
    assert sum(mine.accounts.values()) == mine.total
    indices = [Fraction(text) for text in result.it.split("; ") if text]
    assert len(indices) == len(mine.it)
    for shown, exact, part in zip(indices, mine.it, raw["bangunan"], strict=bool(mine.it)):
        mean = part.get("luas_basemen")  # its coefficient is a quotient
        assert abs(shown - exact) <= (exact * DISPLAYED if mean else 0)
    printed = sum(Decimal(plain(step.printed)) for step in result.steps if step.money)
    assert printed == mine.total
    return mine


def plain(printed):
    return printed.replace(".", "").replace(",", ".")


def run(name, count, books=BOOK_OF):
    """Compare ``count`` random cases; return the rows that were hit, an input for each, figures."""
    rng, clock, refused = random.Random(f"{SEED} {name}"), Counter(), Counter()
    paid, nil, examples = set(), set(), {}
    for number in range(count):
        slug = rng.choice(FORMULAS[name])
        raw = draw(rng, books[slug])
        try:
            found = compare(tariffs()[slug], books[slug], raw, clock)
        except AssertionError as wrong:
            said = f"{slug}, seed {SEED}, case {number}: {json.dumps(raw)}"
            raise AssertionError(f"{said}\n{wrong}") from None
        if isinstance(found, second.No):
            refused[found.row] += 1
            continue
        used = {(slug, *row) for row in found.used}
        (paid if found.total else nil).update(used)
        for row in used - examples.keys():
            examples[row] = raw
    micro = {who: round(spent / count * 1e6, 1) for who, spent in clock.items()}
    figures = {"second_calculator": name, "cases": count, "seed": SEED}
    figures |= {"refused": refused.total(), "microseconds": micro}
    return SimpleNamespace(paid=paid, nil=nil, examples=examples, refused=refused, figures=figures)


quick = cache(run)


def write(found):
    """Print the figures of a run and keep them below reports/."""
    line = json.dumps(found.figures)
    print(line)  # noqa: T201
    REPORTS.mkdir(exist_ok=True)
    name = f"hitungan-kedua-{found.figures['second_calculator']}-{found.figures['cases']}.json"
    (REPORTS / name).write_text(line + "\n", encoding="utf-8")


@pytest.mark.parametrize("count", [QUICK, pytest.param(LONG, marks=pytest.mark.panjang)])
@pytest.mark.parametrize("name", FORMULAS)
def test_no_rupiah_differs_and_every_row_of_every_table_is_hit(name, count):
    found = quick(name, count)
    for slug in FORMULAS[name]:
        for row, value in rows_of(tariffs()[slug]).items():
            free = not value or (row[0] == "keringanan" and value == 100)
            hit = found.paid | found.nil if free else found.paid
            assert (slug, *row) in hit, f"{slug}: no case paid by {row}"
        for code in tariffs()[slug].belum_ditetapkan:
            assert found.refused["prasarana", code]
    found.figures["rows"] = len(found.examples)
    write(found)


@pytest.mark.parametrize("name", FORMULAS)
def test_what_no_table_has_is_refused_by_the_name_of_the_table_and_the_value(name):
    refused = quick(name, QUICK).refused
    words = {table for table, key in refused if key.startswith("bukan_")}
    assert {"kegiatan", "biaya", "prasarana", "keringanan"} <= words
    if name in ("permen24", "malang", "bombana"):
        assert {*second.CLASSES, "fungsi", "waktu_penggunaan"} <= words
        assert refused["kegiatan_prasarana", "pelestarian_utama"]
    if name == "bombana":
        assert refused["kondisi", "galian"]
    if name == "pp16":
        assert {"fungsi", "kompleksitas", "permanensi", "kepemilikan"} <= words
        assert refused["lantai", "21"] and refused["basemen", "4"]


@pytest.mark.parametrize("name", FORMULAS)
def test_a_row_that_is_taken_out_is_refused_and_nothing_comes_in_its_place(name, monkeypatch):
    for (slug, table, key), raw in quick(name, QUICK).examples.items():
        if table == "indeks_prasarana" and key != "umum":
            continue  # what has no index of its own takes the general one: that is its row
        with monkeypatch.context() as patch:
            patch.setattr(rates, "of", without(rates.of, table, key))
            with pytest.raises(Refused) as refused:
                engine.calculate([tariffs()[slug]], raw)
        said = "belum menetapkan" if table == "figure" else f'{table}: "{key}" tidak ada'
        assert said in str(refused.value)


def without(whole, table, key):
    """Return a reader of figures that lacks one row."""

    def of(tariff, what_if=None):
        found = whole(tariff, what_if)
        if table in KINDS:
            rest = {code: row for code, row in getattr(found.tariff, table).items() if code != key}
            return rates.Rates(found.tariff.model_copy(update={table: rest}), found.tables)
        known = found.tables.figure
        rest = {code: row for code, row in known[table].items() if code != key}
        return rates.Rates(found.tariff, tables.Tables({**known, table: rest}, found.tables.title))

    return of


@pytest.mark.parametrize("slug", BOOKS)
def test_the_tables_of_a_file_are_those_typed_from_its_document(slug):
    found, typed = rows_of(tariffs()[slug]), BOOKS[slug].rows
    assert found == typed
    assert tuple(tariffs()[slug].belum_ditetapkan) == BOOKS[slug].unpriced
    assert tariffs()[slug].formula == BOOKS[slug].formula
    assert slug in registry.slugs() and len(BOOKS) == len(registry.slugs())


# -- Controls: what must be seen, is ------------------------------------------------------------
def test_a_rupiah_that_the_engine_rounds_otherwise_is_seen(monkeypatch):
    monkeypatch.setattr(engine, "ROUND_HALF_UP", "ROUND_DOWN")
    with pytest.raises(AssertionError, match=r"malang, seed \d+, case \d+: .*\"bangunan\""):
        run("malang", 100)


@pytest.mark.parametrize(
    ("name", "slug", "table", "key"),
    [
        ("malang", "malang", "prasarana", "2254"),
        ("malang", "malang", "zona_gempa", "4"),
        ("bombana", "bombana", "kondisi", "kap"),
        ("pp16", "contoh", "lantai", "17"),
        ("pp16", "contoh", "batas_luas", "campuran"),
        ("datar", "datar", "keringanan", "sebagian"),
    ],
)
def test_one_row_that_differs_is_seen(name, slug, table, key):
    book = BOOK_OF[slug]
    if table in KINDS:
        rows = getattr(book, table)
        changed = dataclasses.replace(book, **{table: rows | {key: rows[key] + 1}})
    else:
        rows = book.table[table]
        hair = Fraction(1) if table == "batas_luas" else Fraction(1, 1000)
        changed = dataclasses.replace(
            book, table=book.table | {table: rows | {key: rows[key] + hair}}
        )
    assert changed.rows != rows_of(tariffs()[slug])
    with pytest.raises(AssertionError, match="seed"):
        run(name, QUICK, BOOK_OF | {slug: changed})


def test_the_second_calculator_imports_nothing_of_the_portal():
    allowed = {*sys.stdlib_module_names}
    for path in Path(second.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) else []
            assert {name.partition(".")[0] for name in names} <= allowed, path
            assert not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "open")
