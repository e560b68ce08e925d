"""The file of a case: what is inside for whom, that it proves itself, how long it lies there."""

import datetime
import re
import shutil

import pytest
import time_machine
from apart import apart
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.html import escape

from accounts.models import Posting
from applications.casefile import archive, naming, orders
from applications.models import CaseFile, DocumentVersion, EventNote
from applications.sanctions import deciding
from applications.sanctions.hindrances import Words
from documents.models import Paper
from imbportal.demo import people
from notifications import jobs
from retribusi.models import LedgerEntry
from tests.casefile.file_of_case import (
    INTERNAL,
    LOOSE,
    Inside,
    check,
    data_of,
    documents,
    made,
    names_of_office,
    walked,
)
from tests.chains import chain_edits

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """A case at its end, with its file for the office and for its applicant."""
    with apart(django_db_blocker):
        driver = walked()
        driver.office = made(driver.case, driver.officers["auditor"])
        driver.mine = made(driver.case, driver.applicant, "pemohon")
        driver.inside = Inside(data_of(driver.office))
        driver.own = Inside(data_of(driver.mine))
        yield driver


def test_all_of_a_case_lies_in_the_file_of_the_office(world):
    inside, case = world.inside, world.case
    hashes = {row["sidik"] for row in inside.json("data/dokumen.json")}
    plain = documents(case)
    assert hashes == set(plain.values_list("sha256", flat=True))
    assert plain.filter(number=2).exists()  # a document that was refused and replaced
    bodies = [inside.files[row["berkas"]] for row in inside.json("data/dokumen.json")]
    assert all(body.startswith(b"%PDF") for body in bodies)
    assert inside.files["isian-kantor/penilaian/01-foto-lokasi-1.jpg"].startswith(b"\xff\xd8")
    assert len(inside.lines("data/kejadian.jsonl")) == case.events.count()
    papers = Paper.objects.filter(case=case.pk).exclude(issued_at=None)
    pdfs = [path for path in inside.files if path.startswith("surat/") and path.endswith(".pdf")]
    assert len(pdfs) == papers.exclude(kind="kode_ambil").count() > 4
    assert len(inside.json("uang/buku-penerimaan.json")) == LedgerEntry.objects.count() > 0
    bill = inside.json(next(p for p in inside.files if p.startswith("uang/skrd-")))
    assert bill["jumlah"] == case.bills.get().amount and bill["hitungan"]
    notes = inside.lines("data/catatan-kejadian.jsonl")
    assert len(notes) == EventNote.objects.filter(event__application=case).count() > 0
    assert LOOSE not in inside.index and len(inside.infos) == len(inside.files)
    for words in (
        notes[0]["text"],
        "1 berkas yang belum dipilah",
        "Pemohon menelepon",
        "Putaran 2",
        "menandatangani keputusan",
        case.number,
    ):
        assert words in inside.index
    assert re.findall("<script|http:|src=", inside.index) == []


def test_the_applicant_gets_what_he_may_see_and_is_told_what_is_left_out(world):
    own, case = world.own, world.case
    every, names = own.without(), names_of_office(case)
    printed = [path for path in own.files if path.startswith("surat/")]  # what he was sent
    beside = own.without(*printed)
    assert len(names) > 1 and not [name for name in names if name.encode() in beside]
    assert b"Pemohon menelepon" not in every
    assert not [path for path in own.files if path.startswith("isian-kantor/")]
    assert case.pickup_code.encode() in every  # his own
    assert case.pickup_code.encode() not in world.inside.without()
    assert case.secret.encode() not in world.inside.without()
    told = [note["text"] for note in own.lines("data/catatan-kejadian.jsonl")]
    assert told and INTERNAL not in told and INTERNAL.encode() not in every
    assert INTERNAL in world.inside.index
    for left in ("catatan kejadian", "Catatan internal", "Nama petugas", "Foto KTP"):
        assert left in own.index
    letters = case.applicant.messages.filter(case=case.pk, channel="email")
    subjects = [escape(letter.subject) for letter in letters.exclude(template="survei")]
    assert subjects and all(subject in own.index for subject in subjects)
    assert "Kata-kata pesan" in world.inside.index
    assert len(own.lines("data/kejadian.jsonl")) == case.events.count()


def test_what_was_decided_about_the_permit_has_a_chapter_with_reason_and_letter(world):
    permit = Paper.objects.get(case=world.case.pk, kind="izin", status="berlaku")
    head = world.officers["kepala"]
    why = Words(reason="Lantai tiga menyimpang.", basis="Berita acara 12/BA", todo="Bongkar.")
    frozen = deciding.decide("pembekuan", permit, why, by=head).letter
    deciding.decide("pencairan", permit, Words(reason="Sudah dibongkar."), by=head)
    for user, audience in ((world.officers["auditor"], "kantor"), (world.applicant, "pemohon")):
        inside = Inside(data_of(made(world.fresh(), user, audience)))
        first, second = inside.json("data/keputusan.json")
        assert (first["alasan"], first["disampaikan_dengan"]["nomor"]) == (
            why.reason,
            frozen.number,
        )
        assert second["keputusan"] == "pencairan" and bool(first["oleh"]) == (audience == "kantor")
        for words in (why.reason, why.basis, "Bongkar.", "Sudah dibongkar.", frozen.number):
            assert words in inside.index
    assert "data/keputusan.json" not in world.inside.files


def test_the_script_inside_finds_both_whole(world, tmp_path):
    for name, inside, order in (("a", world.inside, world.office), ("b", world.own, world.mine)):
        place = inside.unpack(tmp_path / name)
        (place / "surat/.DS_Store").write_text("of the reader's computer")
        code, said = check(place)
        assert (code, "Hasil: utuh" in said) == (0, True), said
        packed = tmp_path / f"{name}.zip"
        packed.write_bytes(data_of(order))
        assert check(place, packed)[0] == 0


def _flip(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def _list_anew(place):
    """Write the manifest anew, as somebody would who hides a change."""
    lines = []
    for path in sorted(place.rglob("*")):
        name = path.relative_to(place).as_posix()
        if path.is_file() and name != archive.MANIFEST:
            digest = archive.hashlib.sha256(path.read_bytes()).hexdigest()
            lines.append(f"{digest} {path.stat().st_size} {name}\n")
    (place / archive.MANIFEST).write_text("".join(lines))


def _change_event(place):
    path = place / "data/kejadian.jsonl"
    path.write_text(path.read_text().replace('"capacity":"Pemohon"', '"capacity":"Pemilik"', 1))


def _drop_event(place):
    path = place / "data/kejadian.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[:3] + lines[4:]))


def _change_paper(place):
    path = next(place.glob("surat/*izin*.json"))
    path.write_text(path.read_text().replace("Budi", "Badu"))


CHANGES = {
    "isinya berubah": lambda place: _flip(next(place.glob("dokumen/*/*.pdf"))),
    "hilang": lambda place: next(place.glob("surat/*.pdf")).unlink(),
    "tidak tercatat": lambda place: (place / "tambahan.txt").write_text("x"),
    "berukuran": lambda place: (place / "index.html").write_text("x"),
    "isinya tidak cocok dengan sidiknya": lambda place: (_change_event(place), _list_anew(place)),
    "seharusnya nomor 4": lambda place: (_drop_event(place), _list_anew(place)),
    "isi surat tidak cocok": lambda place: (_change_paper(place), _list_anew(place)),
    "rusak": lambda place: (place / archive.MANIFEST).write_text("x y z\n"),
}


def test_the_script_names_each_change(world, tmp_path):
    whole = world.inside.unpack(tmp_path / "utuh")
    for number, (words, change) in enumerate(CHANGES.items()):
        place = tmp_path / str(number)
        shutil.copytree(whole, place)
        change(place)
        code, said = check(place)
        assert code == 1 and words in said and "TIDAK UTUH" in said, (words, said)


def test_the_same_case_gives_the_same_bytes_until_something_happens(world):
    again = made(world.case, world.officers["kepala"])
    assert again.file_sha256 == world.office.file_sha256
    world.case.notes.create(text="Satu catatan lagi.", by=world.officers["petugas"])
    assert made(world.case, world.officers["auditor"]).file_sha256 != again.file_sha256


def test_names_inside_are_the_same_on_every_system(world):
    for info in (*world.inside.infos, *world.own.infos):
        assert re.fullmatch(r"[A-Za-z0-9./-]{1,180}", info.filename), info.filename
        assert info.date_time == archive.EPOCH
    assert len({info.filename.lower() for info in world.inside.infos}) == len(world.inside.infos)
    assert naming.of_file("v1", "Sertifikat Tänah\u202e (hal. 2).PDF", "pdf") == (
        "v1-sertifikat-tanah-hal-2.pdf"
    )
    assert naming.safe("..\\..//CON \u6587") == "con" and naming.safe("\u6587") == "tanpa-nama"


def test_what_is_held_or_gone_is_named_and_what_changed_is_told(world):
    held, gone, changed = documents(world.case)[:3]
    DocumentVersion.objects.filter(pk=held.pk).update(scan=DocumentVersion.Scan.WAITING)
    DocumentVersion.objects.filter(pk=gone.pk).update(file="berkas/tidak-ada.pdf")
    DocumentVersion.objects.filter(pk=changed.pk).update(sha256="0" * 64)
    inside = Inside(data_of(made(world.case, world.officers["kepala"])))
    assert "masih menunggu pemeriksaan virus" in inside.index
    assert "tidak ada lagi di penyimpanan" in inside.index
    assert "berkas yang tidak cocok lagi" in inside.index
    rows = {(row["kode"], row["versi"]): row for row in inside.json("data/dokumen.json")}
    assert rows[held.document.requirement, held.number]["berkas"] == ""
    assert rows[changed.document.requirement, changed.number]["berkas"] in inside.files


def test_of_a_sealed_paper_the_sealed_file_lies_inside(world):
    chain_edits.without_guard("documents_paper")
    permit, other = Paper.objects.filter(case=world.case.pk, kind__in=("izin", "skrd"))[:2]
    sealed = default_storage.save("surat/segel.pdf", ContentFile(b"%PDF bersegel"))
    digest = archive.hashlib.sha256(b"%PDF bersegel").hexdigest()
    rows = Paper.objects.filter(pk=permit.pk)
    rows.update(seal="ttd", sealed=sealed, sealed_sha256=digest)
    Paper.objects.filter(pk=other.pk).update(seal="kantor")  # not sealed yet
    inside = Inside(data_of(made(world.case, world.officers["kepala"])))
    pdfs = [data for path, data in inside.files.items() if path.startswith("surat/")]
    assert b"%PDF bersegel" in pdfs and "masih dicetak" in inside.index
    assert "berkas yang tidak cocok lagi" not in inside.index
    for paper in (permit, other):
        assert paper.file.open("rb").read() not in pdfs


def test_the_command_holds_an_exported_file_against_the_database(world, tmp_path):
    packed = tmp_path / "berkas.zip"
    packed.write_bytes(data_of(world.office))
    call_command("periksa_rantai", berkas=str(packed), verbosity=0)
    chain_edits.without_guard()
    world.case.events.filter(seq=2).update(capacity="Orang lain")
    chain_edits.rehash(world.case.pk)
    with pytest.raises(CommandError):
        call_command("periksa_rantai", berkas=str(packed), verbosity=0)


# -- Orders -----------------------------------------------------------------------------------


def test_asking_twice_gives_one_and_a_newer_one_takes_the_older_ones_place(world):
    by = world.officers["kepala"]
    first = orders.ask(world.case, by, "kantor")
    assert orders.ask(world.case, by, "kantor") == first
    orders.make(str(first.pk))
    name = CaseFile.objects.get(pk=first.pk).file.name
    second = orders.ask(world.case, by, "kantor")
    assert second != first
    first.refresh_from_db()
    assert first.removed_at and not first.file and first.file_sha256
    assert default_storage.exists(name)  # until the transaction ends


def test_a_second_worker_leaves_the_file_of_the_first_one(world, tmp_path):
    late = tmp_path / "kedua.zip"
    late.write_bytes(b"PK lain")
    orders._keep(world.office, str(late))
    world.office.refresh_from_db()
    assert default_storage.exists(world.office.file.name)
    assert Inside(data_of(world.office)).index == world.inside.index


def test_the_zip_goes_after_seven_days_and_the_row_stays(world):
    name = world.office.file.name
    with time_machine.travel(timezone.now() + datetime.timedelta(days=8), tick=True):
        assert orders.remove_old() == 2
    world.office.refresh_from_db()
    assert world.office.removed_at and world.office.file_sha256 and not world.office.file
    assert name


@pytest.mark.parametrize(
    "change", ["UPDATE {} SET audience = 'pemohon'", "UPDATE {} SET by_id = 1", "DELETE FROM {}"]
)
def test_who_took_what_along_cannot_be_changed(world, change):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(change.format("applications_casefile"))


def test_who_lost_his_posting_gets_nothing(world, client):
    by = world.officers["auditor"]
    order = CaseFile.objects.create(application=world.case, by=by, audience="kantor")
    client.force_login(by, backend=BACKEND)
    pages = (
        f"/berkas-digital/{world.office.pk}/", f"/admin/permohonan/{world.case.pk}/berkas-digital/"
    )  # fmt: skip
    assert [client.get(page).status_code for page in pages] == [200, 200]
    Posting.objects.filter(user=by).update(valid_from="2019-01-01", valid_until="2020-01-01")
    assert client.get(pages[0]).status_code == 404
    with pytest.raises(jobs.GiveUp):
        orders.make(str(order.pk))


def test_a_file_that_is_too_large_says_so(world, monkeypatch, client):
    monkeypatch.setattr(orders, "MOST", 1000)
    by = world.officers["kepala"]
    order = orders.ask(world.case, by, "kantor")
    with pytest.raises(jobs.GiveUp):
        orders.make(str(order.pk))
    orders._failed(str(order.pk))
    client.force_login(by, backend=BACKEND)
    page = client.get(f"/admin/permohonan/{world.case.pk}/berkas-digital/").content.decode()
    assert "lebih besar dari" in page and "Minta lagi" in page


def test_the_applicant_asks_waits_and_fetches(world, client):
    client.force_login(people.applicant("budi"), backend=BACKEND)
    page = f"/permohonan/{world.case.pk}/berkas-digital/"
    assert page in client.get(f"/permohonan/{world.case.pk}/").content.decode()
    assert client.post(page).status_code == 302
    assert "Sedang dibuat" in client.get(page).content.decode()
    order = CaseFile.objects.order_by("-created_at").first()
    orders.make(str(order.pk))
    assert f"/berkas-digital/{order.pk}/" in client.get(page).content.decode()
    answer = client.get(f"/berkas-digital/{order.pk}/")
    data = b"".join(answer)
    assert answer["Content-Type"] == "application/octet-stream"
    assert "-pemohon.zip" in answer["Content-Disposition"] and Inside(data).index
