"""A sixth daerah is one file in a folder, and nothing else: its office works at once."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from pypdf import PdfReader
from sixth_daerah import SLUG, Lake, Someone
from way_graph import Graph

from applications.models import Application
from documents import rendering
from documents.models import Paper
from imbportal.daerah import registry
from notifications.models import Message

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
VISIT = ("tinjau_lokasi", "berita_acara", "pendataan")
ON_THE_LAKE = [
    # role, move, the records that the link writes, where the case goes
    ("juru_ukur", "endorse", (*VISIT, "jadwal_dengar"), "kasi_air"),
    ("kasi_air", "endorse", ("dengar_pendapat",), "kasi_air"),
    ("kasi_air", "endorse", ("penilaian",), "kabid_air"),
    ("kabid_air", "endorse", (), "kepala_air"),
    ("kepala_air", "approve_technical", (), "loket"),
]
WRITTEN = {
    "penilaian": {
        "architecture": "Baik", "structure": "Kuat", "utilities": "Ada", "conclusion": "Setuju",
    },
    "tinjau_lokasi": {
        "floor_area": "80", "land_area": "120", "drawings": "sesuai", "road": "sesuai",
        "note": "Tiang di tepi danau.",
    },
    "berita_acara": {
        "present": "Pemohon", "findings": "Sesuai gambar.", "conclusion": "Diteruskan.",
    },
    "pendataan": {},
    "jadwal_dengar": {
        "day": "2099-01-05", "time": "10:00", "place": "Balai desa", "invited": "Nelayan",
    },
    "dengar_pendapat": {
        "present": "Nelayan", "objections": "Jalan perahu tertutup.", "answers": "Digeser 2 m.",
        "conclusion": "Diterima.",
    },
}  # fmt: skip
"""What goes into each form beyond what stands there; the others take words."""


@pytest.fixture
def lake(sixth_folder):
    found = Lake()
    found.open()
    return found


def check(sixth_folder, *arguments):
    environment = {**os.environ, "DAERAH_FOLDER": str(sixth_folder), "TESTING": "1"}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--fail-level", "WARNING", *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True,
    )  # fmt: skip


# -- The folder ------------------------------------------------------------------------------------
def test_the_sixth_stands_on_the_home_page_beside_the_others(sixth_folder):
    text = Someone().get("/").text
    assert "Kabupaten Danau Biru" in text and "Kabupaten Pamekasan" in text


def test_its_service_standard_is_drawn_from_the_file(sixth_folder):
    text = Someone().get(f"/{SLUG}/").text
    for words in ("Dengar pendapat nelayan", "Juru Ukur", "Restu dewan adat danau",
                  "mulai membangun sejak 1 Januari 2027", "15 hari kerja"):  # fmt: skip
        assert words in text, words


def test_its_calculator_calculates_by_its_flat_rate(sixth_folder):
    page = Someone().get(f"/{SLUG}/hitung/")
    assert "Rp250.000" in page.text


def test_the_checks_pass_on_a_folder_of_ones_own(sixth_folder):
    done = check(sixth_folder)
    assert done.returncode == 0, done.stderr


def test_the_checks_name_file_and_key_of_a_fault_in_that_folder(sixth_folder):
    path = sixth_folder / f"{SLUG}.toml"
    path.write_text(path.read_text("utf-8").replace('act = "dengar"', 'act = "simak"'), "utf-8")
    done = check(sixth_folder)
    assert done.returncode == 1
    assert "danau_biru.toml: track.panggung.stage.ASSESSMENT[1].act: " in done.stderr


def test_the_demo_tells_its_stories_in_the_sixth_too(sixth_folder):
    for path in sixth_folder.glob("*.toml"):
        if path.stem != SLUG:
            path.unlink()
    registry.forget()
    call_command("muat_demo", stdout=io.StringIO())
    stood = set(Application.objects.values_list("daerah", "state").distinct())
    possible = Graph(registry.current(SLUG), "darat").states - {"LAPSED"}
    assert stood == {(SLUG, state) for state in possible}


def test_an_empty_folder_is_no_portal(tmp_path):
    done = check(tmp_path)
    assert done.returncode == 1 and "daerah.E004" in done.stderr


# -- The applicant ---------------------------------------------------------------------------
def test_a_question_waits_for_the_answer_on_which_it_depends(lake):
    page = lake.budi.get(lake.path("isian/tapak/"))
    assert "Belum tahu apakah perlu; tergantung jawaban: Apakah bangunan" in page.text
    lake.answer("tapak", kecamatan="910301", over_water="tidak")
    assert "Dalam air" not in lake.budi.get(lake.path("isian/tapak/")).text
    lake.answer("tapak", over_water="ya")
    assert "Dalam air" in lake.budi.get(lake.path("isian/tapak/")).text


def test_documents_come_and_go_with_the_answers(lake):
    lake.fill()
    always = {"gambar"}
    assert lake.asked_documents() == always | {"restu_adat", "hitungan_tiang", "jadwal"}
    lake.answer("tapak", water_depth="2,5")
    assert lake.asked_documents() == always | {"restu_adat", "jadwal"}
    lake.answer("tapak", over_water="tidak", land_right="hak_milik")
    assert lake.asked_documents() == always | {"sertifikat", "jadwal"}
    lake.answer("bangunan", begins_on="2026-12-31", floors="3")
    assert lake.asked_documents() == always | {"sertifikat", "izin_lingkungan"}
    lake.answer("bangunan", function="usaha", floors="1")
    assert lake.asked_documents() == always | {"sertifikat", "izin_lingkungan"}


CHANGES = [
    # how the office changes its file, and the question that is then open again
    (
        'code = "water_depth"\ntype = "decimal"',
        'code = "water_depth"\ntype = "integer"',
        "Dalam air",
    ),
    (
        'code = "begins_on"\ntype = "date"',
        'code = "begins_on"\ntype = "integer"',
        "Mulai membangun",
    ),
    (', { value = "ulayat", label = "Tanah ulayat" }', "", "Status hak"),
    (
        'code = "over_water"\ntype = "boolean"',
        'code = "over_water"\ntype = "text"',
        "Apakah bangunan",
    ),
]


@pytest.mark.parametrize(("old", "new", "question"), CHANGES)
def test_a_draft_is_asked_anew_where_the_office_changed_a_question(
    lake, sixth_folder, old, new, question
):
    lake.fill()
    path = sixth_folder / f"{SLUG}.toml"
    text = path.read_text("utf-8").replace("when = { begins_on__gte = 2027-01-01 }\n", "")
    text = text.replace('land_right = "ulayat"', 'land_right = "hak_milik"')
    if "over_water" in new:
        for always, sometimes in [("", "when = { over_water = true }\n"),
                                  ("floors = 1, ", "over_water = true, ")]:  # fmt: skip
            text = text.replace(sometimes, always)
    path.write_text(text.replace(old, new), encoding="utf-8")
    registry.forget()
    assert f"Isi: {question}" in lake.budi.get(lake.path("kirim/")).text
    for section in ("tapak", "bangunan"):
        assert lake.budi.get(lake.path(f"isian/{section}/")).status == 200


def test_who_is_not_served_reads_where_to_go(lake):
    lake.fill(function="pelabuhan")
    assert "Pelabuhan diurus oleh provinsi" in lake.budi.get(lake.path()).text
    assert "Permohonan ini di luar layanan" in lake.send(status=422).text
    assert lake.case.state == "DRAFT"


# -- The whole way ---------------------------------------------------------------------------
def test_a_house_on_stilts_goes_through_all_hands_of_its_file(lake):
    lake.fill()
    lake.upload_all()
    lake.send()
    assert lake.place == ("SUBMITTED", "loket") and lake.case.track == "panggung"
    assert lake.approve_all("loket") == 1  # the blessing; the drawings are others' business
    assert lake.press("loket", "accept") == ("ASSESSMENT", "juru_ukur")
    agree_on_the_lake(lake)
    amount = charge(lake)
    hand_over(lake)
    assert amount == 80 * 2500
    assert issued(lake) == {
        "tanda_terima": "001/TT/", "persetujuan": "001/AIR/", "skrd": "001/SKRD/",
        "izin": "IBD/1/", "kode_ambil": "001/KA/", "serah_terima": "001/ST/",
    }  # fmt: skip
    assert sheets(lake, "skrd") == sheets(lake, "izin") == {(215, 330)}
    assert lake.case.number.startswith("DB-910301-0001-")
    steps = {step for event in lake.case.events.all() for step in event.steps}
    assert steps == {1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14}
    told = Message.objects.filter(case=lake.pk, user__email="budi@demo.test")
    channels = dict(told.exclude(channel="kotak").values_list("step", "channel"))
    assert channels == {None: "email", 1: "email", 3: "sms", 4: "email", 7: "email", 9: "email",
                        12: "email", 14: "email"}  # fmt: skip
    office = Message.objects.filter(case=lake.pk, channel="email", user__is_staff=True)
    assert set(office.values_list("user__email", "step")) == {(f"kasir.{SLUG}@demo.test", 10)}
    assert set(lake.case.duties.values_list("duty", "person__email")) == {
        ("verifikasi", f"loket.{SLUG}@demo.test"), ("teknis", f"kepala_air.{SLUG}@demo.test"),
        ("bayar", f"kasir.{SLUG}@demo.test"), ("keputusan", f"kadis.{SLUG}@demo.test"),
    }  # fmt: skip


def agree_on_the_lake(lake):
    """Let five pairs of hands act: visit, hearing, two parafs and a signature."""
    for role, move, kinds, follows in ON_THE_LAKE:
        assert lake.place == ("ASSESSMENT", role)
        if kinds:
            assert lake.offers(move) == set(), "nothing goes on before its record is written"
        for kind in kinds:
            lake.record(role, kind, **WRITTEN.get(kind, {"text": f"Catatan {kind}."}))
        if move == "approve_technical":
            assert lake.approve_all(role) == 3
        assert lake.offers(move) == {role}
        gate, next_role = lake.press(role, move)
        assert next_role == follows
    assert gate == "FEE"
    invited = Message.objects.filter(case=lake.pk, body__contains="Dengar pendapat: Senin, 5 ")
    assert invited.exists()
    acts = lake.case.acts.filter(gate="ASSESSMENT").order_by("link")
    assert [act.act for act in acts] == ["tinjau", "dengar", "paraf", "paraf", "ttd"]
    paper = Paper.objects.get(case=lake.pk, kind="persetujuan")
    assert list(paper.signatures.order_by("at").values_list("role", "act")) == [
        ("kasi_air", "paraf"), ("kabid_air", "paraf"), ("kepala_air", "ttd")
    ]  # fmt: skip


def charge(lake):
    """Calculate, bill, pay and receive; return what was paid."""
    lake.calculate("loket")
    assert lake.press("loket", "propose_skrd") == ("SKRD_SIGNING", "kadis")
    assert lake.press("kadis", "issue_skrd") == ("AWAITING_PAYMENT", "")
    amount = lake.case.bills.get().amount
    assert f"Rp{amount:,}".replace(",", ".") in lake.budi.get(lake.path("bayar/")).text
    lake.pay(amount)
    assert lake.place == ("PAYMENT_REVIEW", "kasir")
    assert lake.press("kasir", "confirm_payment") == ("PERMIT_SIGNING", "kadis")
    return amount


def hand_over(lake):
    """Sign the permit and give it to who shows the code."""
    assert lake.press("kadis", "issue_permit") == ("READY", "loket")
    code = lake.case.pickup_code
    assert code in lake.budi.get(lake.path("ambil/")).text
    lake.record("loket", "serah_terima", code=code, receiver="Budi Santosa", relation="pemohon")
    assert lake.press("loket", "hand_over") == ("COLLECTED", "")


def issued(lake):
    """Return the number of each issued paper up to its year, by kind."""
    papers = Paper.objects.filter(case=lake.pk, number__isnull=False)
    return {paper.kind: "/".join(paper.number.split("/")[:2]) + "/" for paper in papers}


def sheets(lake, kind):
    """Return the sizes of a printed paper's pages, in mm."""
    paper = Paper.objects.get(case=lake.pk, kind=kind)
    boxes = [page.mediabox for page in PdfReader(io.BytesIO(rendering.preview(paper))).pages]
    return {(round(box.width * 25.4 / 72), round(box.height * 25.4 / 72)) for box in boxes}


def test_a_house_on_land_takes_the_short_way_of_the_same_file(lake):
    lake.fill(over_water="tidak", land_right="hak_milik")
    lake.upload_all()
    lake.send()
    lake.approve_all("loket")
    lake.press("loket", "accept")
    assert lake.case.track == "darat"
    assert [link.act for link in lake.case.chain] == ["tinjau", "ttd"]
