"""A statement of a thousand lines with twenty errors of eight kinds: all found, no false alarm."""

import datetime
import json
import random
import time
from pathlib import Path

import pytest
from apart import apart
from bank_paper import MAPPING, PLAN, as_csv, as_mt940, made
from bill_rows import SLUG, fill
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from imbportal.daerah import calendar
from imbportal.demo import people
from retribusi.models import BankFormat, Statement
from retribusi.statements import invariants, mapping
from retribusi.statements.kinds import ALARMS

pytestmark = [pytest.mark.django_db, pytest.mark.satu_basis_data]
REPORTS = Path(__file__).resolve().parents[2] / "reports"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ACCOUNT = "0012 3456 789"
UPLOAD = "/admin/rekening-koran/unggah/"
SEED = 20261126


@pytest.fixture(scope="module", params=[150, pytest.param(1000, marks=pytest.mark.panjang)])
def bills(request, django_db_setup, django_db_blocker):
    """A treasurer with as many bills as the statement has lines."""
    with apart(django_db_blocker):
        rng = random.Random(SEED)
        ends = calendar.today(SLUG) - datetime.timedelta(days=10)
        yield request.param, fill(request.param, rng, ends), ends


def keeper():
    client = Client()
    client.force_login(people.officer(SLUG, "bendahara"), BACKEND)
    return client


def bank(kind):
    stored = mapping.Mapping(**MAPPING) if kind == "csv" else mapping.Mapping(kind="mt940")
    return BankFormat.objects.create(
        daerah=SLUG, name=f"Bank {kind}", account=ACCOUNT, mapping=stored.model_dump(),
        changed_by=people.officer(SLUG, "bendahara"), changed_at=timezone.now(),
    )  # fmt: skip


def send(client, form, name, data):
    file = SimpleUploadedFile(name, data)
    return client.post(UPLOAD, {"daerah": SLUG, "format": form.pk, "file": file})


@pytest.mark.parametrize("kind", ["csv", "mt940"])
@pytest.mark.parametrize(
    "seed", [1, *(pytest.param(n, marks=pytest.mark.panjang) for n in range(2, 6))]
)
def test_every_planted_error_is_found_and_nothing_else_is_an_alarm(bills, kind, seed):
    count, known, ends = bills
    paper = made(known, count, random.Random(seed), ends)
    assert len(paper.lines) == count and len(paper.planted) == sum(PLAN.values()) == 20
    data = as_csv(paper.lines) if kind == "csv" else as_mt940(paper.lines, "00123456789")
    client, form = keeper(), bank(kind)
    began = time.perf_counter()
    answer = send(client, form, f"koran.{kind}", data)
    took = time.perf_counter() - began
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    statement = Statement.objects.get()
    assert (statement.taken, statement.known) == (count, 0)
    alarms = {
        line.reference if line.of_bank else line.bill.number: line.kind
        for line in statement.lines.filter(kind__in=ALARMS).select_related("bill")
    }
    found = {key for key, kind in paper.planted.items() if alarms.get(key) == kind}
    false = set(alarms) - set(paper.planted)
    assert found == set(paper.planted), set(paper.planted.items()) - set(alarms.items())
    assert not false, {key: alarms[key] for key in false}
    assert list(invariants.statements()) == [] == list(invariants.lines())
    began = time.perf_counter()
    assert client.post(f"/admin/rekening-koran/{statement.pk}/tandai/").status_code == 302
    settled = time.perf_counter() - began
    assert not statement.lines.filter(kind="cocok", outcome=None).exists()
    assert list(invariants.lines()) == [] == list(invariants.outcomes())
    figures = {
        "format": kind, "lines": count, "seed": seed, "planted": len(paper.planted),
        "kinds": len(set(paper.planted.values())), "found": len(found), "false": len(false),
        "seconds": round(took, 2), "settle_seconds": round(settled, 2),
    }  # fmt: skip
    print(json.dumps(figures))  # noqa: T201
    REPORTS.mkdir(exist_ok=True)
    (REPORTS / f"rekening-koran-{kind}-{count}-{seed}.json").write_text(json.dumps(figures) + "\n")
    assert took < 10


def test_the_alarms_are_those_of_the_planting_not_of_the_page(bills):
    """Negative control: without what was planted there is no alarm at all."""
    count, known, ends = bills
    paper = made(known, count, random.Random(3), ends, dict.fromkeys(PLAN, 0))
    answer = send(keeper(), bank("csv"), "koran.csv", as_csv(paper.lines))
    assert answer.status_code == 302
    assert not Statement.objects.get().lines.filter(kind__in=ALARMS).exists()
