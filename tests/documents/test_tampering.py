"""What was changed in a genuine file is seen every time; what only travelled is genuine still."""

import copy
import os
import random
import re
import statistics
import tempfile
import time
import uuid
from pathlib import Path

import pytest
from changed_files import flipped, saved, swapped
from django.conf import settings as live
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client, override_settings
from journeys import travelled
from public_checks import Public, read, write

from documents import rendering, services, verification
from documents.models import Paper, new_token
from documents.seal import chain
from imbportal.daerah import registry
from tests.documents.conftest import AT
from tests.documents.samples import SAMPLES
from tests.documents.seal_cast import WORDS, office
from tests.notifications.postbox import Postbox

pytestmark = [pytest.mark.django_db, pytest.mark.satu_basis_data]
SEED = int(os.environ.get("SEED", "7"))
QUICK, LONG = 60, pytest.param(2200, marks=pytest.mark.panjang)


@pytest.fixture(autouse=True)
def nobody_looked_yet():
    cache.clear()


def changes(files, count):
    """Yield (what, paper, content): of eleven, ten have one byte changed, else saved or mixed."""
    chance = random.Random(SEED)
    papers = list(files)
    for number in range(count):
        paper = papers[number % len(papers)]
        other = files[papers[(number + 1) % len(papers)]]
        if number % 11 < 10:
            yield "byte", paper, flipped(files[paper], chance)
        elif number % 2:
            yield "simpan", paper, saved(files[paper], chance)
        else:
            yield "halaman", paper, swapped(files[paper], other, chance)


def judged(files, count):
    """Return by kind of change how many there were, and how many were taken for genuine."""
    public, tried, taken = Public(), {}, {}
    for number, (what, paper, content) in enumerate(changes(files, count)):
        verdict = public.verdict(content, paper if number % 2 else None)
        tried[what] = tried.get(what, 0) + 1
        taken[what] = taken.get(what, 0) + (verdict != "Berkas tidak sesuai")
    return {"tried": tried, "taken": taken}


@pytest.fixture(scope="module")
def genuine(django_db_setup, django_db_blocker):
    """Papers, each with the file that is given out: the second is sealed by the office, the last
    two took the place of the one before.

    Printed once; what a test does to them is put back after it.
    """
    storages = copy.deepcopy(live.STORAGES)
    with tempfile.TemporaryDirectory() as folder, django_db_blocker.unblock():
        storages["default"]["OPTIONS"]["location"] = folder
        seals = Path(folder) / "segel"
        chain.write(seals, "kantor.p12", office()[2].p12(WORDS))
        sealing = {"SEAL": "lokal", "SEAL_FOLDER": seals, "SEAL_OFFICE_PASSPHRASE": WORDS}
        with override_settings(STORAGES=storages, SEAL_TSA="", **sealing), transaction.atomic():
            papers = [_printed("skrd"), _printed("izin", "kantor"), _printed("kode_ambil")]
            papers += [_printed("kode_ambil") for _ in range(3)]
            *_, older, between, newer = papers
            services.replace(older, between, at=AT)
            services.replace(between, newer, at=AT)
            yield {Paper.objects.get(pk=paper.pk): read(paper) for paper in papers}
            transaction.set_rollback(True)


def _printed(kind, seal=""):
    rules = registry.current("pamekasan")
    version = registry.current_version(rules.slug)
    draft = services.draft(
        kind=kind, rules=rules, version=version, case=uuid.uuid4(), content=SAMPLES[kind]
    )
    return rendering.render(services.issue(draft, at=AT, kecamatan="35.28.04", seal=seal).pk)


@pytest.fixture
def three(genuine):
    """A bill, a sealed permit and a slip."""
    return dict(list(genuine.items())[:3])


@pytest.mark.parametrize("count", [QUICK, LONG])
def test_every_change_in_a_genuine_file_is_seen(three, count):
    figures = judged(three, count)
    write("ubah-berkas", {"count": count, "seed": SEED} | figures)
    assert sum(figures["tried"].values()) == count and len(figures["tried"]) == 3
    assert set(figures["taken"].values()) == {0}


def test_a_check_by_size_would_take_changed_files_for_genuine(three, monkeypatch):
    """The control: where sizes are compared in place of hashes, the figure above is not 0."""

    paper, content = next(iter(three.items()))

    def by_size(paper, found, file):
        return file.size == len(content)

    monkeypatch.setattr(verification, "same", by_size)
    public, chance = Public(), random.Random(SEED)
    said = {public.verdict(flipped(content, chance), paper) for _ in range(5)}
    assert said == {"Berkas sesuai"}


# -- On its way ------------------------------------------------------------------------------
def test_what_was_packed_and_mailed_is_genuine_still(three):
    public, said = Public(), []
    papers = list(three)
    with Postbox() as postbox:
        for number in range(10):
            paper = papers[number % len(papers)]
            file = travelled(three[paper], number, postbox)
            said.append(public.verdict(file, paper if number % 2 else None))
    assert said == ["Berkas sesuai"] * 10


# -- An older version, and how a paper stands ------------------------------------------------
def test_an_older_version_is_named_as_one_with_its_standing(genuine):
    older, _, newer = list(genuine)[-3:]
    public, file = Public(), genuine[older]
    assert public.verdict(file, newer) == "Versi lama yang sudah diganti"
    assert public.verdict(file, older) == public.verdict(file) == "Versi lama yang sudah diganti"
    assert public.verdict(genuine[newer], newer) == "Berkas sesuai"
    assert public.verdict(genuine[newer], older) == "Berkas tidak sesuai"
    for status, words in (("dibekukan", "dibekukan"), ("dicabut", "dicabut")):
        services.alter(newer, status, reason="Rahasia kantor", at=AT)
        page = Client().get(f"/verifikasi/{newer.token}/").content.decode()
        assert f"Surat ini {'sudah ' * (status == 'dicabut')}{words}" in page
        assert "Rahasia" not in page and "tanyakan kepada kantor" in page
        answer = Client().post(
            f"/verifikasi/{newer.token}/", {"file": SimpleUploadedFile("s.pdf", genuine[newer])}
        )
        assert f"Berkas sesuai, tetapi suratnya {words}" in answer.content.decode()
    with pytest.raises(services.NotInForce):
        services.alter(newer, "berlaku", reason="", at=AT)


# -- No oracle -------------------------------------------------------------------------------
def test_what_is_unknown_looks_like_what_is_no_code_at_all(issue, draft):
    bodies = {}
    for token in (draft().token, "a" * 32, "A" * 32, "x", "a" * 300):
        answer = Client().get(f"/verifikasi/{token}/")
        assert answer.status_code == 404, token
        bodies[token] = without_tokens(answer)
    assert len(set(bodies.values())) == 1
    file = {"file": SimpleUploadedFile("surat.pdf", b"%PDF-1.7 rahasia")}
    assert Client().post(f"/verifikasi/{'b' * 32}/", file).status_code == 404


def without_tokens(answer):
    """Return a page without what each visit gets anew."""
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="?[\w-]+', "", answer.content.decode())


def apart(draft, rounds):
    """Return by how many milliseconds the answers to codes of three kinds lie apart.

    Asked turn by turn; of each kind the fastest fifth counts, which other work does not slow.
    """
    kinds = {"draft": draft().token, "unknown": new_token(), "malformed": "x"}
    took = {name: [] for name in kinds}
    client = Client()
    for number in range(rounds):
        for name, token in kinds.items():
            address = f"10.2.{number // 250}.{number % 250}"
            start = time.perf_counter()
            assert client.get(f"/verifikasi/{token}/", REMOTE_ADDR=address).status_code == 404
            took[name].append(time.perf_counter() - start)
    fast = {name: statistics.quantiles(times, n=5)[0] * 1000 for name, times in took.items()}
    figures = {"ms": {name: round(value, 3) for name, value in fast.items()}}
    write("waktu-kode", {"rounds": rounds} | figures)
    return max(fast.values()) - min(fast.values())


@pytest.mark.parametrize("rounds", [15, pytest.param(200, marks=pytest.mark.panjang)])
def test_an_unknown_code_takes_as_long_as_one_of_a_draft(draft, rounds):
    assert apart(draft, rounds) < 5


def test_a_look_up_that_knows_drafts_would_be_seen_by_the_clock(draft, monkeypatch):
    """The control: what is a draft takes 10 ms longer."""
    real = verification.by_token

    def slower(token):
        if Paper.objects.filter(token=token).exists():
            time.sleep(0.01)
        return real(token)

    monkeypatch.setattr(verification, "by_token", slower)
    assert apart(draft, 5) > 5


def test_codes_are_long_random_and_never_alike():
    codes = {new_token() for _ in range(10_000)}
    assert len(codes) == 10_000 and all(verification.TOKEN.fullmatch(code) for code in codes)
    assert len(verification.NOBODYS) == 32 and not verification.TOKEN.fullmatch(
        verification.NOBODYS
    )
    assert 32 * 5 >= 128  # letters of base 32 carry five bits each


@pytest.mark.usefixtures("one_window")
def test_files_too_are_asked_for_only_so_often(issue):
    path = f"/verifikasi/{issue().token}/"
    file = {"compare": "1"}
    answers = [Client().post(path, file).status_code for _ in range(verification.LOOKS.most + 1)]
    assert answers[-2:] == [422, 429]
