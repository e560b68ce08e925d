"""A draft tried on a year of 5,000 cases: how long the work and the page with its result take."""

import json
import random
import time
from pathlib import Path

import pytest
from django.db import connection

from accounts.models import User
from applications.models import Application
from imbportal.daerah import registry
from imbportal.demo import people
from retribusi.models import Assessment, TrialRun
from retribusi.trial import drafts, periods, runs

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
SLUG = "malang"
HOUSE = {
    "fungsi": "hunian", "kompleksitas": "sederhana", "permanensi": "permanen",
    "risiko_kebakaran": "rendah", "zona_gempa": "4", "kepadatan": "sedang",
    "ketinggian": "rendah", "kepemilikan": "perorangan", "waktu_penggunaan": "tetap",
}  # fmt: skip
INDEX = {"hunian": 50, "usaha": 300, "sosial_budaya": 100}
"""Of the function, in hundredths; the classes above come to 0.58."""
SECONDS_FOR_THE_PAGE = 4


def fill(count):
    """Write so many cases of this year, each assessed once; return what they must come to."""
    chance = random.Random(5000)  # noqa: S311
    by = User.objects.create_user("banyak@contoh.test", name="Banyak")
    version, day = registry.current_version(SLUG), periods.calendar.today(SLUG).isoformat()
    cases = Application.objects.bulk_create(
        Application(daerah=SLUG, version_used=version, applicant=by, number=f"B-{n}", state="FEE",
                    building_name=f"Gedung {n}")
        for n in range(count)
    )  # fmt: skip
    before, after, rows = 0, 0, []
    for one in cases:
        area, function = chance.randint(20, 900), chance.choice(list(INDEX))
        # area × function × 0.58 × price, in hundredths of hundredths, rounded half up
        total = (area * INDEX[function] * 58 * 4000 + 5000) // 10_000
        before, after = (
            before + total,
            after + (area * INDEX[function] * 58 * 4400 + 5000) // 10_000,
        )
        part = HOUSE | {"luas": str(area), "fungsi": function}
        given = {"tanggal": day, "kegiatan": "baru", "bangunan": [part]}
        rows.append(Assessment(application=one, input=given, result={}, total=total, by=by))
    Assessment.objects.bulk_create(rows)
    return before, after


@pytest.mark.parametrize("count", [400, pytest.param(5_000, marks=pytest.mark.panjang)])
def test_a_year_is_tried_by_the_worker_and_its_page_answers_soon(client, count):
    before, after = fill(count)
    admin = people.officer(SLUG, "admin")
    trial = drafts.begin(SLUG, "Usulan", by=admin)
    drafts.save(trial, "Usulan", {"figure.hsbg": "4400"}, version=0, by=admin)
    months = periods.offered(SLUG)[1]
    run = runs.order(trial, months, by=admin)
    assert run.running and TrialRun.objects.get().running, "so many are the worker's"
    start = time.perf_counter()
    runs.make(str(run.pk))
    work = time.perf_counter() - start
    run.refresh_from_db()
    assert (run.done, run.before, run.after) == (count, before, after)
    client.force_login(admin, "allauth.account.auth_backends.AuthenticationBackend")
    start = time.perf_counter()
    answer = client.get(f"/admin/uji-tarif/{trial.pk}/dampak/?urut=besar&page=3")
    seconds = time.perf_counter() - start
    assert answer.status_code == 200 and "Halaman 3 dari" in answer.content.decode()
    figures = {
        "cases": count, "work_s": round(work, 2), "page_s": round(seconds, 2),
        "database": connection.vendor,
    }  # fmt: skip
    line = json.dumps({"trial": "effect"} | figures)
    print(line)  # noqa: T201
    (ROOT / "reports").mkdir(exist_ok=True)
    (ROOT / "reports" / f"uji-tarif-{connection.vendor}-{count}.json").write_text(line + "\n")
    assert seconds < SECONDS_FOR_THE_PAGE
