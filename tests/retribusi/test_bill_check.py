"""The check of a bill by anybody: what fits is calculated anew, what was changed is found."""

import copy
import hashlib
import re

import pytest
from apart import apart, unguarded
from django.core.cache import cache
from django.utils import timezone

from documents import services as papers
from documents import snapshot
from documents.content import Letterhead, PaperContent
from documents.models import Paper
from imbportal.daerah import registry
from imbportal.daerah.models import DaerahVersion
from retribusi.models import Assessment, Skrd
from retribusi.public import search
from tests.retribusi import billed
from tests.retribusi.billed import GIVEN, HOUSE, SLUG, ago

pytestmark = pytest.mark.django_db
TOTAL = "1.255.770"


@pytest.fixture(scope="module")
def budi(django_db_setup, django_db_blocker):
    with apart(django_db_blocker):
        yield billed.person()


@pytest.fixture(scope="module")
def bill(budi):
    return billed.bill(billed.case(budi))


@pytest.fixture(autouse=True)
def demo(settings):
    settings.DEMO = True
    cache.clear()


def address(of):
    return f"/periksa-skrd/{of.paper.token}/"


@pytest.fixture
def seen(client):
    """Return a function that opens the check of a bill as its QR code leads there."""

    def seen(of):
        answer = client.get(address(of))
        assert answer.status_code == 200
        return answer.context, " ".join(answer.content.decode().split())

    return seen


def ask(client, **given):
    return client.post("/periksa-skrd/", {"daerah": SLUG, **given})


# -- The way to it --------------------------------------------------------------------------
def test_number_and_amount_lead_to_it_however_they_are_written(client, bill):
    number, month, year = bill.number.split("/")[0], *bill.number.split("/")[2:]
    loose = f" {number.lstrip('0')} / skrd/{month.lower()} /{year}"
    for typed in (bill.number, loose):
        for amount in (TOTAL, f"Rp {TOTAL},00", f"rp{TOTAL},-", "1255770"):
            answer = ask(client, number=typed, amount=amount)
            assert answer.status_code == 200 and answer.context["verdict"].title == "Sesuai"


def test_one_answer_whatever_is_wrong(client, bill):
    def answer(**given):
        response = ask(client, **given)
        assert response.status_code == 422
        return re.sub(r'value="[^"]*"| selected', "", response.content.decode())

    number, amount = bill.number, TOTAL
    answers = {
        answer(number=number, amount="1255771"), answer(number=f"1{number}", amount=amount),
        answer(number="x", amount="1"), answer(number=number, amount=amount, daerah="malang"),
    }  # fmt: skip
    assert len(answers) == 1 and "Nomor dan jumlah ini tidak cocok" in answers.pop()


@pytest.mark.parametrize("wrong", [
    {"number": "", "amount": ""}, {"number": "1", "amount": "banyak"},
    {"number": "1", "amount": "9" * 40}, {"number": "/", "amount": "0"},
    {"number": "1", "amount": "1", "daerah": "tidak-ada"},
])  # fmt: skip
def test_a_crooked_form_is_refused_kindly(client, bill, wrong):
    assert ask(client, **wrong).status_code == 422


def test_the_check_of_the_paper_leads_to_it_and_no_other_paper_does(client, bill, budi):
    page = client.get(f"/verifikasi/{bill.paper.token}/").content.decode()
    assert f'href="{address(bill)}"' in page and "Hitung ulang retribusinya" in page
    case, head = bill.application, Letterhead(government="Kabupaten", office="Dinas")
    other = papers.issue(
        papers.draft(
            kind="keputusan_keringanan", rules=case.rules, version=case.version_used, case=case.pk,
            content=PaperContent(letterhead=head, title="Keputusan"),
        ),
        at=timezone.now(),
    )  # fmt: skip
    assert "/periksa-skrd/" not in re.sub("<footer.*", "", page_of(client, other), flags=re.S)
    for token in (other.token, "a" * 32, "x"):
        answer = client.get(f"/periksa-skrd/{token}/")
        assert answer.status_code == 404 and "SKRD tidak ditemukan" in answer.content.decode()


def page_of(client, paper):
    return client.get(f"/verifikasi/{paper.token}/").content.decode()


def test_search_engines_and_caches_keep_out(client, bill):
    found = client.get(address(bill)), ask(client, number=bill.number, amount=TOTAL)
    for answer in (client.get("/periksa-skrd/"), *found):
        assert "noindex" in answer["X-Robots-Tag"] and "no-store" in answer["Cache-Control"]
    assert "Disallow: /periksa-skrd/" in client.get("/robots.txt").content.decode()


def test_it_names_no_person_no_case_and_not_the_code_of_the_paper(client, bill):
    page = ask(client, number=bill.number, amount=TOTAL).content.decode()
    assert "R**** B*** S******" in page
    for secret in ("Santosa", "REG-1", bill.paper.token, bill.payment_code, "Stadion"):
        assert secret not in page


# -- Guessing -------------------------------------------------------------------------------
@pytest.mark.usefixtures("one_window")
def test_guessing_is_stopped_by_address_and_by_number(client, bill):
    guess = [ask(client, number=bill.number, amount=str(n)).status_code for n in range(1, 12)]
    assert guess == [422] * search.MISSES.most + [429]
    assert ask(client, number=bill.number, amount=TOTAL).status_code == 429
    for n in range(search.MISSES.most, search.OF_NUMBER.most):
        away = client.post(
            "/periksa-skrd/", {"daerah": SLUG, "number": bill.number.lower(), "amount": "7"},
            REMOTE_ADDR=f"10.0.0.{n}",
        )  # fmt: skip
        assert away.status_code == 422
    given = {"daerah": SLUG, "number": bill.number, "amount": TOTAL}
    assert client.post("/periksa-skrd/", given, REMOTE_ADDR="10.0.1.1").status_code == 429
    assert client.get(address(bill), REMOTE_ADDR="10.0.1.1").status_code == 200


@pytest.mark.usefixtures("one_window")
def test_looking_at_codes_is_stopped_as_on_the_check_page(client, bill):
    answers = [client.get(address(bill)).status_code for _ in range(search.LOOKS.most + 1)]
    assert answers[-2:] == [200, 429] and client.get("/periksa-skrd/").status_code == 200
    assert ask(client, number=bill.number, amount=TOTAL).status_code == 429


# -- What is right is shown right -----------------------------------------------------------
def test_every_line_stands_beside_its_recalculation(seen, bill):
    context, page = seen(bill)
    assert context["verdict"].title == "Sesuai" and not context["faults"]
    stored = bill.snapshot["result"]["rincian"]
    assert [line.said for line in context["lines"]] == [step["ekspresi"] for step in stored]
    assert {line.mark for line in context["lines"]} == {"sama"}
    assert all(line.now == line.said for line in context["lines"])
    for words in (
        f"SKRD nomor {bill.number} sebesar Rp{TOTAL} sesuai", "Menunggu pembayaran",
        "Fungsi bangunan: Hunian", "Prasarana: Pagar", "30 m", "1 Juli 2026",
        "satu juta dua ratus lima puluh lima ribu tujuh ratus tujuh puluh rupiah",
        "4.1.02.03.01.0001", "contoh, belum dikonfirmasi",
    ):  # fmt: skip
        assert words in page, words


def test_bills_of_every_kind_agree_and_say_their_state(seen, budi):
    case = billed.case(budi, number="REG-2")
    first = billed.bill(case, at=ago(50))
    assert state(seen(first)) == ("Sesuai", "Lewat jatuh tempo")
    billed.void(first, ago(45))
    assert "Belum ada SKRD penggantinya." in seen(first)[1]
    second = billed.bill(case, at=ago(40))
    context, page = seen(first)
    assert state((context, page)) == ("Sesuai", "Dibatalkan") and "Rahasia" not in page
    assert f"Diganti oleh SKRD nomor {second.number} tanggal" in page
    billed.pay(second, ago(30))
    assert state(seen(second)) == ("Sesuai", "Lunas")
    more = GIVEN | {"prasarana": [{"kode": "pagar", "volume": "40"}]}
    rest = billed.bill(case, more)
    context, page = seen(rest)
    assert state((context, page)) == ("Sesuai", "Menunggu pembayaran") and rest.amount == 252_000
    before = next(row for row in context["sums"] if row.label == "Telah dibayar sebelumnya")
    assert (before.said, before.now) == (1_255_770, 1_255_770)


def test_relief_nothing_and_fees_alone(seen, budi, monkeypatch):
    relieved = billed.bill(billed.case(budi, number="REG-3"), GIVEN | {"keringanan": "sosial"})
    context, page = seen(relieved)
    assert state((context, page)) == ("Sesuai", "Menunggu pembayaran")
    assert "Keringanan bangunan sosial dan budaya" in page and "-50" in page
    prayer = GIVEN | {"prasarana": [], "bangunan": [HOUSE | {"fungsi": "keagamaan"}]}
    nothing = billed.bill(billed.case(budi, number="REG-4"), prayer)
    context, page = seen(nothing)
    assert state((context, page)) == ("Sesuai", "Nihil") and "nol rupiah" in page
    fees = {"tanggal": "2026-07-01", "bangunan": [], "biaya": ["formulir"]}
    alone = billed.bill(billed.case(budi, "malang", number="REG-5"), fees)
    context, page = seen(alone)
    assert state((context, page)) == ("Sesuai", "Menunggu pembayaran")
    assert "Formulir permohonan" in page and "Kegiatan" not in page


def state(answer):
    context, _ = answer
    return context["verdict"].title, context["state"].title


def test_a_bill_by_a_tariff_that_followed_the_rules_of_its_case(seen, budi, tmp_path, monkeypatch):
    case = billed.case(budi, number="REG-6")
    text = (registry.FOLDER / f"{SLUG}.toml").read_text("utf-8")
    old = text[text.index("[[tariff]]\n") : text.index("[complaint]")]
    new = old.replace("contoh_2021", "contoh_2026").replace("2021-02-02", "2026-06-01")
    new = new.replace("value = 6170000", "value = 7000000")
    ended = old.replace("berlaku = 2021-02-02", "berlaku = 2021-02-02\nsampai = 2026-05-31")
    (tmp_path / f"{SLUG}.toml").write_text(text.replace(old, ended + new), "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(registry, "FOLDER", tmp_path)
        registry.forget()
        bill = billed.bill(case)
    registry.forget()
    context, page = seen(bill)
    assert state((context, page)) == ("Sesuai", "Menunggu pembayaran"), context["faults"]
    assert bill.snapshot["result"]["tarif"]["id"] == "contoh_2026" and "Rp7.000.000" in page
    spoil(bill, snapshot=bill.snapshot | {"rules": ""})
    assert "Tarif yang tertulis bukan tarif" in " ".join(seen(bill)[0]["faults"])


# -- What was changed is found --------------------------------------------------------------
def spoil(bill, **values):
    unguarded("retribusi_skrd")
    Skrd.objects.filter(pk=bill.pk).update(**values)


def changed(bill, change):
    """Return the snapshot of a bill after a change to it."""
    kept = copy.deepcopy(bill.snapshot)
    change(kept["input"], kept["result"])
    return kept


def a_value(given, result):
    result["rincian"][0]["tercetak"] = "0,99"


def an_area(given, result):
    given["bangunan"][0]["luas"] = "80"


def a_figure_of_ones_own(given, result):
    given["tarif"] = {"shst": "6170000"}


def an_account(given, result):
    result["rekening"][0]["kode"] = "4.1.99"


def a_line_too_many(given, result):
    result["rincian"].append(dict(result["rincian"][-1]))


@pytest.mark.parametrize("change, told", [
    (a_value, "1 baris hitungan berbeda"),
    (an_area, "Jumlah retribusi tertulis Rp1.255.770, menurut hitungan ulang Rp1.200.240"),
    (a_figure_of_ones_own, "angka tarif yang diisi sendiri"),
    (an_account, "Pembagian menurut kode rekening berbeda"),
    (a_line_too_many, "1 baris hitungan berbeda"),
    (lambda given, result: result.clear(), "baris hitungan berbeda"),
])  # fmt: skip
def test_a_changed_snapshot_is_found(seen, bill, change, told):
    spoil(bill, snapshot=changed(bill, change))
    context, page = seen(bill)
    assert context["verdict"].title == "Tidak sesuai" and "Jangan membayar dahulu" in page
    assert any(told in fault for fault in context["faults"]), context["faults"]
    assert any("tidak sama lagi dengan penetapan" in fault for fault in context["faults"])


def test_another_amount_is_found(seen, bill):
    spoil(bill, amount=1_300_000)
    faults = " ".join(seen(bill)[0]["faults"])
    assert "menagih Rp1.300.000, menurut hitungan ulang Rp1.255.770" in faults
    assert "Jumlah yang tercetak pada surat bukan" in faults


def test_a_changed_paper_is_found(seen, bill):
    unguarded("documents_paper")
    content = copy.deepcopy(bill.paper.content)
    row = content["sections"][1]["table"]["rows"][0]
    row[-1] = "0,11"
    Paper.objects.filter(pk=bill.paper_id).update(content=content)
    faults = seen(bill)[0]["faults"]
    assert "Isi surat SKRD tidak sama lagi dengan yang dikunci waktu terbit." in faults
    Paper.objects.filter(pk=bill.paper_id).update(content_sha256=snapshot.sha256(content))
    faults = seen(bill)[0]["faults"]
    assert len(faults) == 1 and "yang tercetak pada surat tidak sama" in faults[0]


def test_an_altered_tariff_is_found(seen, bill):
    kept = DaerahVersion.objects.get(pk=bill.paper.version_id)
    other = kept.content.replace("value = 6170000", "value = 6170001")
    assert other != kept.content
    unguarded("daerah_daerahversion")
    DaerahVersion.objects.filter(pk=kept.pk).update(content=other)
    registry.version.cache_clear()
    context, _ = seen(bill)
    registry.version.cache_clear()
    faults = " ".join(context["faults"])
    assert "baris hitungan berbeda" in faults and "Berkas aturan" in faults
    assert context["verdict"].title == "Tidak sesuai"


# -- What this release cannot calculate -----------------------------------------------------
def test_an_input_that_the_engine_no_longer_knows_is_said_plainly(seen, bill):
    kept = changed(bill, lambda given, result: given.update(warna="biru"))
    unguarded("retribusi_assessment")
    Assessment.objects.filter(pk=bill.assessment_id).update(input=kept["input"])
    spoil(bill, snapshot=kept)
    context, page = seen(bill)
    assert context["verdict"].title == "Belum dapat dihitung ulang"
    assert "warna: kunci tidak dikenal" in page and "tidak berarti bahwa hitungannya salah" in page
    assert all(line.said and line.now == "tidak dapat dihitung" for line in context["lines"])


def test_rules_that_this_release_cannot_read_are_said_plainly(seen, bill):
    kept = DaerahVersion.objects.get(pk=bill.paper.version_id)
    content = f"kunci_lama = 1\n{kept.content}"
    sha256 = hashlib.sha256(content.encode()).hexdigest()
    DaerahVersion.objects.create(slug=SLUG, sha256=sha256, content=content)
    unguarded("documents_paper")
    Paper.objects.filter(pk=bill.paper_id).update(version_id=sha256)
    context, page = seen(bill)
    assert context["verdict"].title == "Belum dapat dihitung ulang"
    assert "berkas aturan" in page and not context["faults"]
