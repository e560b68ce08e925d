"""Every obligation of a document has its test, its line in docs/daerah.md, and a way to miss it."""

import json
import pickle
import subprocess
import sys
import tomllib
from decimal import Decimal
from functools import cache

import pytest
from django.conf import settings

from tests.kewajiban import mutating, obligations

EVERY = obligations.every()
ROOT = obligations.TESTS.parent


def test_every_obligation_has_a_marked_test_and_no_mark_names_another():
    marks = {name for mark in obligations.marked() for name in mark.ids}
    assert sorted(set(EVERY) - marks) == [], "no test carries the mark of these"
    assert sorted(marks - set(EVERY)) == [], "these stand in no data file"


def test_the_table_of_obligations_is_the_one_that_the_marks_write():
    assert obligations.PAGE.read_text(encoding="utf-8") == obligations.page(), (
        "run script/mutasi --tabel"
    )


@pytest.mark.parametrize("document", obligations.documents(), ids=lambda found: found.slug)
def test_no_number_of_a_document_is_left_out(document):
    prefixes = {one.id.partition("-")[0] for one in document.obligations}
    numbers = [int(one.id.partition("-")[2]) for one in document.obligations]
    assert len(prefixes) == 1 and numbers == list(range(1, len(numbers) + 1))


def test_every_obligation_can_be_taken_away_or_says_why_not():
    assert [one.id for one in EVERY.values() if bool(one.mutate) == bool(one.spared)] == []


@cache
def file_of(slug):
    """Return the rules of a file, pickled, and as they are written; read once."""
    text = (settings.DAERAH_FOLDER / f"{slug}.toml").read_text(encoding="utf-8")
    rules = tomllib.loads(text, parse_float=Decimal)
    written = mutating.written(rules)
    assert tomllib.loads(written, parse_float=Decimal) == rules
    return pickle.dumps(rules), written


@pytest.mark.parametrize("name", EVERY)
def test_what_a_mutation_takes_away_is_there(name):
    pickled, before = file_of(EVERY[name].slug)
    for mutation in EVERY[name].mutate:
        rules = pickle.loads(pickled)
        mutating.findable(mutation, rules)
        assert "code" in mutation or mutating.written(rules) != before, mutation


# -- Mutations, in processes of their own -------------------------------------------------------
def mutasi(*arguments):
    """Run the script and return its exit code, its lines, and its figures."""
    done = subprocess.run(
        [sys.executable, ROOT / "script" / "mutasi", *arguments],
        cwd=ROOT, capture_output=True, text=True, timeout=3600,
    )  # fmt: skip
    assert done.stdout, done.stderr
    *lines, figures = done.stdout.splitlines()
    return done.returncode, lines, json.loads(figures)


def write(said, figures):
    """Print the figures of a run and keep them below reports/."""
    line = json.dumps({"mutasi_kewajiban": said} | figures, ensure_ascii=False)
    print(line)  # noqa: T201
    (ROOT / "reports").mkdir(exist_ok=True)
    name = "acak" if said else "semua"
    (ROOT / "reports" / f"mutasi-{name}.json").write_text(line + "\n", encoding="utf-8")


def killed(*arguments):
    code, lines, figures = mutasi(*arguments)
    write([*arguments, *(line for line in lines if line.startswith("Benih"))], figures)
    assert figures["gagal"] == [] and code == 0, "\n".join(lines)
    assert set(figures["kontrol"]) == {"SELAMAT"}
    return figures


def test_of_twenty_obligations_drawn_today_each_is_missed_by_its_test():
    assert killed("--acak", "20")["kewajiban"] == 20


@pytest.mark.panjang
def test_every_obligation_is_missed_by_its_test():
    assert killed()["kewajiban"] == len([one for one in EVERY.values() if one.mutate])


def test_the_script_can_tell_a_mutation_that_survives_and_one_that_only_the_loader_sees():
    path = "requirement.gambar_denah.checked_at"
    tried = [{"comment": "tidak ada yang berubah"}, {"path": path, "value": "?"}, {"path": path}]
    code, _, figures = mutasi("SLE-19", *(f"--coba={json.dumps(one)}" for one in tried))
    assert code == 1 and len(figures["gagal"]) == 2
    assert (figures["SELAMAT"], figures["ditolak pemuat"], figures["tes gagal"]) == (1, 1, 1)
