"""Worked figures, through the command and through the engine; and what the command refuses."""

import json
import os
import subprocess
import sys
import tomllib
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from imbportal.daerah import registry
from retribusi import engine
from tests.retribusi.second import calculator as second
from tests.retribusi.second.tables import BOOKS
from tests.retribusi.tariffs import BUILT

CASES = tomllib.loads(Path(__file__).with_name("cases").joinpath("worked.toml").read_text())["case"]
DAY = "2026-07-01"
PUBLISHED = {
    *"W1 M01 M02 M03 M04 M05 M06 M07 M08 M11 M12 B110 B130 BTk P20".split(),
    *"C01 C03 C04 C05 C06 C07 C08 C11 C12 C13 C15 C17".split(),
}
"""The cases that came with the documents; the others were added to them."""


def given(case):
    return {"tanggal": DAY} | {k: v for k, v in case.items() if k not in ("id", "tariff", "total")}


@pytest.fixture
def run(tmp_path):
    """Run the command in this process on a JSON object."""

    def run(raw, slug="contoh"):
        file = tmp_path / "masukan.json"
        file.write_text(raw if isinstance(raw, str) else json.dumps(raw))
        out = StringIO()
        call_command("hitung_retribusi", slug, str(file), stdout=out)
        return json.loads(out.getvalue())

    return run


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_worked_figure_comes_out(case):
    slug = case["tariff"]
    tariffs = [BUILT[slug]] if slug in BUILT else registry.current(slug).tariff
    result = engine.calculate(tariffs, given(case))
    assert result.total == case["total"]
    assert sum(account.amount for account in result.accounts) == case["total"]
    again = second.calculate(BOOKS[slug], {"prasarana": [], "biaya": []} | given(case))
    assert again.total == case["total"]


def test_no_published_case_is_left_out():
    assert PUBLISHED <= {case["id"] for case in CASES}


def as_query(case):
    """Return a case as the calculator's page is asked for it."""
    parts, tried = case["bangunan"], case.get("tarif", {})
    asked = {"tanggal": DAY, "b-TOTAL_FORMS": len(parts)}
    asked |= {key: case[key] for key in ("kegiatan", "kondisi", "keringanan") if key in case}
    for number, part in enumerate(parts):
        asked |= {
            f"b-{number}-{name}": "on" if value is True else str(value).replace(".", ",")
            for name, value in part.items()
        }
    asked |= {f"p_{item['kode']}": item["volume"] for item in case.get("prasarana", [])}
    asked |= {f"b_{code}": "on" for code in case.get("biaya", [])}
    for name, value in tried.items():
        asked |= (
            {f"t_{name[0]}_{code}": price for code, price in value.items()}
            if isinstance(value, dict)
            else {f"t_{name}": value.replace(".", ",")}
        )
    return asked


@pytest.mark.django_db
@pytest.mark.parametrize(
    "case", [case for case in CASES if case["tariff"] not in BUILT], ids=lambda case: case["id"]
)
def test_the_page_gives_the_worked_figure_line_by_line(case, client, demo):
    page = client.get(f"/{case['tariff']}/hitung/", as_query(case))
    raw = given(case)
    parts = enumerate(raw["bangunan"], start=1)
    raw |= {"bangunan": [{"nama": f"Bangunan {number}"} | part for number, part in parts]}
    lines = engine.calculate(registry.current(case["tariff"]).tariff, raw).as_json()
    assert page.context["calculator"].result.as_json() == lines
    assert f"{case['total']:,}".replace(",", ".") in page.content.decode()


@pytest.mark.parametrize(
    "case", [case for case in CASES if case["tariff"] not in BUILT], ids=lambda case: case["id"]
)
def test_the_command_gives_the_worked_figure(case, run):
    answer = run(given(case), case["tariff"])
    assert answer["total"] == case["total"]
    assert answer.get("simulasi", False) == ("tarif" in case)


@pytest.mark.parametrize("slug", registry.slugs())
def test_every_example_of_a_daerahs_file_holds(slug):
    rules = registry.current(slug)
    for example in rules.example:
        assert engine.calculate(rules.tariff, example["input"]).total == example["total"]


HOUSE = given(next(case for case in CASES if case["id"] == "C01"))


def test_the_answer_says_how_it_was_found(run):
    answer = run(HOUSE)
    assert answer["terbilang"].startswith("empat ratus sembilan puluh sembilan ribu tujuh ratus")
    assert answer["it"] == "0.18" and answer["tarif"]["id"] and answer["contoh"] is True
    assert all(step["cite"] and step["ekspresi"] for step in answer["rincian"])


def test_numbers_and_texts_are_read_alike(run):
    part = HOUSE["bangunan"][0]
    assert run(HOUSE | {"bangunan": [part | {"luas": 90, "lantai": "1"}]}) == run(HOUSE)


PART = HOUSE["bangunan"][0]
BAD = {
    "unknown key": HOUSE | {"warna": "biru"},
    "unknown key of a building": HOUSE | {"bangunan": [PART | {"kolam": 1}]},
    "unknown key of a structure": HOUSE | {"prasarana": [{"kode": "pagar", "volume": 1, "x": 1}]},
    "unknown parameter": HOUSE | {"tarif": {"shsst": 1}},
    "parameter of another formula": HOUSE | {"tarif": {"hsbg": 1}},
    "no date": {k: v for k, v in HOUSE.items() if k != "tanggal"},
    "no work": {k: v for k, v in HOUSE.items() if k != "kegiatan"},
    "impossible date": HOUSE | {"tanggal": "2026-02-30"},
    "date before every tariff": HOUSE | {"tanggal": "1990-01-01"},
    "unknown work": HOUSE | {"kegiatan": "bongkar"},
    "unknown function": HOUSE | {"bangunan": [PART | {"fungsi": "kandang"}]},
    "no such row of floors": HOUSE | {"bangunan": [PART | {"lantai": 61}]},
    "no floor": HOUSE | {"bangunan": [PART | {"lantai": 0}]},
    "half a floor": HOUSE | {"bangunan": [PART | {"lantai": "1.5"}]},
    "area of nothing": HOUSE | {"bangunan": [PART | {"luas": "0"}]},
    "negative area": HOUSE | {"bangunan": [PART | {"luas": "-1"}]},
    "area in words": HOUSE | {"bangunan": [PART | {"luas": "seratus"}]},
    "area with a comma": HOUSE | {"bangunan": [PART | {"luas": "90,5"}]},
    "area that is true": HOUSE | {"bangunan": [PART | {"luas": True}]},
    "endless area": HOUSE | {"bangunan": [PART | {"luas": "Infinity"}]},
    "basement without levels": HOUSE | {"bangunan": [PART | {"luas_basemen": 10}]},
    "levels without basement": HOUSE | {"bangunan": [PART | {"lapis_basemen": 1}]},
    "larger basement": HOUSE | {"bangunan": [PART | {"luas_basemen": 91, "lapis_basemen": 1}]},
    "unknown structure": HOUSE | {"prasarana": [{"kode": "menara", "volume": 1}]},
    "structure of no size": HOUSE | {"prasarana": [{"kode": "pagar", "volume": 0}]},
    "unknown fee": HOUSE | {"biaya": ["parkir"]},
    "unknown relief": HOUSE | {"keringanan": "teman"},
    "stage where there is none": HOUSE | {"kondisi": "galian"},
    "nothing at all": HOUSE | {"bangunan": []},
    "no object": [HOUSE],
    "no JSON": "{",
    "not a number": json.dumps(HOUSE).replace('"90"', "NaN"),
    "key twice": json.dumps(HOUSE).replace("{", '{"kegiatan": "baru", ', 1),
}


@pytest.mark.parametrize("raw", BAD.values(), ids=BAD.keys())
def test_bad_input_is_refused_in_one_line(raw, run):
    with pytest.raises(CommandError) as refusal:
        run(raw)
    assert refusal.value.returncode == 2
    assert str(refusal.value) and "\n" not in str(refusal.value)


def test_a_fee_is_charged_once_and_refused_where_it_is_written_twice(run):
    fees = {"tanggal": DAY, "bangunan": [], "biaya": ["formulir", "administrasi"]}
    assert run(fees, "malang")["total"] == 19_000
    with pytest.raises(CommandError, match="biaya: formulir ditulis dua kali"):
        run(fees | {"biaya": ["formulir", "administrasi", "formulir"]}, "malang")


def test_an_unknown_daerah_is_refused(run):
    with pytest.raises(CommandError, match="tidak ada"):
        run(HOUSE, "atlantis")


def test_at_the_shell_input_comes_by_pipe_and_a_refusal_exits_with_2():
    def shell(text):
        return subprocess.run(
            [sys.executable, "manage.py", "hitung_retribusi", "contoh"],
            cwd=settings.BASE_DIR, input=text, capture_output=True, text=True, timeout=60,
            env={**os.environ, "DEMO": "1"},
        )  # fmt: skip

    assert json.loads(shell(json.dumps(HOUSE)).stdout)["total"] == 499_770
    refused = shell(json.dumps(HOUSE | {"warna": 1}))
    assert refused.returncode == 2 and not refused.stdout
    assert "warna: kunci tidak dikenal" in refused.stderr and refused.stderr.count("\n") == 1


STAGED = given(next(case for case in CASES if case["id"] == "B110"))


def test_a_stage_of_work_counts_for_new_buildings_only():
    with pytest.raises(engine.inputs.Refused, match="hanya untuk kegiatan baru"):
        engine.calculate([BUILT["index_stages"]], STAGED | {"kegiatan": "rehabilitasi_berat"})
    begun = engine.calculate([BUILT["index_stages"]], STAGED | {"kondisi": "belum_dimulai"})
    assert begun.total * Decimal("1.1") == 612_480


STRUCTURES = given(next(case for case in CASES if case["id"] == "M12"))


def test_preservation_of_structures_is_refused_where_the_table_has_none():
    with pytest.raises(engine.inputs.Refused, match="kegiatan_prasarana"):
        engine.calculate([BUILT["index_4000"]], STRUCTURES | {"kegiatan": "pelestarian_utama"})


def test_a_structure_may_have_work_of_its_own():
    own = [item | {"kegiatan": "rehabilitasi_sedang"} for item in STRUCTURES["prasarana"]]
    result = engine.calculate([BUILT["index_4000"]], STRUCTURES | {"prasarana": own})
    assert result.total == 336_000 * 45 // 100
