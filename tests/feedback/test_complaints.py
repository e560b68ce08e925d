"""Complaints from form, case and counter to their answer, through the doors that people use."""

import datetime
import html
import re

import pytest
import time_machine
from apart import apart
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from documents import rendering
from documents.models import Paper
from feedback.complaints import counts, door, invariants, lateness
from feedback.models import Complaint, ComplaintEvent, ComplaintFile, ComplaintNote
from imbportal import indonesia
from imbportal.daerah import registry
from imbportal.demo import drawings, people
from imbportal.demo.driver import Driver
from imbportal.indonesia import tanggal
from imbportal.uploads import scanner
from notifications.models import Message
from tests.uploads.real_clamd import EICAR, UNHURRIED, Clamd, installed

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TEXT = "Berkas saya belum diperiksa sejak dua minggu yang lalu."
REACHED = {"name": "Sri Lestari", "email": "sri@contoh.test", "phone": ""}


@pytest.fixture(scope="module")
def case(django_db_setup, django_db_blocker):
    """One case of Budi's whose technical team is on turn; its officers are the demo's."""
    with apart(django_db_blocker):
        yield Driver("contoh", people.applicant("budi")).to("ASSESSMENT")


@pytest.fixture(autouse=True)
def fresh(settings):
    settings.DEMO = True
    cache.clear()


def page(answer, status=200):
    assert answer.status_code == status, answer.content.decode()[:3000]
    return " ".join(html.unescape(answer.content.decode()).split())


def send(client, slug="contoh", **more):
    """Send the form as a browser does, its hidden key too; return (complaint, its page)."""
    form = page(client.get(f"/{slug}/pengaduan/"))
    key = re.search(r'name="key" value="([^"]+)"', form)[1]
    said = {"topic": "waktu", "text": TEXT, "key": key, **more}
    answer = client.post(f"/{slug}/pengaduan/", said)
    assert answer.status_code == 302, page(answer, answer.status_code)
    if "files" not in more:
        assert client.post(f"/{slug}/pengaduan/", said).url == answer.url, "a second click"
    return Complaint.objects.latest("created_at"), answer.url


def officer(client, role, slug="contoh"):
    client.logout()  # the session of a clock that was moved is idle
    client.force_login(people.officers(slug)[role], BACKEND)
    return client


def press(client, complaint, move, **data):
    complaint = Complaint.objects.get(pk=complaint.pk)
    data = {"version": complaint.version, **data}
    return client.post(f"/admin/pengaduan/{complaint.pk}/langkah/{move}/", data)


def answered(client, complaint, text="Sudah diperiksa hari ini."):
    assert press(client, complaint, "take").status_code == 302
    assert "Kirim jawaban ini?" in page(press(client, complaint, "answer", text=text))
    assert press(client, complaint, "answer", text=text, yakin="1").status_code == 302


# -- The form -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "slug, days, recorded",
    [
        pytest.param("bombana", 5, True, marks=pytest.mark.kewajiban("BOM-19")),
        pytest.param("pamekasan", 60, False, marks=pytest.mark.kewajiban("PAM-26")),
        pytest.param("sleman", 60, False, marks=pytest.mark.kewajiban("SLE-16")),
        pytest.param("malang", 60, False, marks=pytest.mark.kewajiban("MAL-09")),
        ("probolinggo", 60, False),
    ],
)
def test_each_daerah_takes_complaints_beside_its_channels_and_promises_a_day(
    client, slug, days, recorded
):
    rules, form = registry.current(slug), page(client.get(f"/{slug}/pengaduan/"))
    assert [one for one in rules.complaint.channels if one not in form] == []
    assert ("belum ditetapkan" in form) != recorded and f"{days} hari" in form
    assert "https://www.lapor.go.id/" in form and f"/{slug}/pengaduan/" in page(
        client.get(f"/{slug}/")
    )
    complaint, url = send(client, slug, **REACHED)
    end = complaint.received_on + datetime.timedelta(days)
    shown = page(client.get(url))
    assert f"+ {days} hari = {tanggal(end)}" in shown and complaint.number in shown
    receipt = Message.objects.get(template="pengaduan_terima")
    assert (receipt.address, receipt.user) == ("sri@contoh.test", None)
    assert complaint.number in receipt.body and tanggal(end) in receipt.body
    assert url.split("?")[0] in receipt.body and TEXT not in receipt.body


def test_who_stays_unnamed_leaves_nothing_and_reads_the_answer_by_his_code(client, case):
    complaint, url = send(client, unnamed="on", name="Budi", email="b@contoh.test", phone="x")
    assert (complaint.name, complaint.email, complaint.phone, complaint.token) == ("", "", "", None)
    assert not Message.objects.filter(template="pengaduan_terima").exists()
    code = re.search(r">((?:[A-Z2-9]{4}-){6}[A-Z2-9]{4})<", page(client.get(url)))[1]
    assert code not in page(client.get(url.split("?")[0])), "shown once"
    assert client.post("/pengaduan/", {"code": code.lower()}).url == url.split("?")[0]
    assert complaint.number in page(client.get(url.split("?")[0]))


def test_what_is_missing_is_said_and_what_was_typed_stays(client, case):
    said = {"topic": "biaya", "text": TEXT, "name": "", "email": "", "phone": ""}
    shown = page(client.post("/contoh/pengaduan/", said), 422)
    assert "Isi nama Anda" in shown and "Isi surel atau nomor HP" in shown and TEXT in shown
    assert not Complaint.objects.exists()


def test_what_is_mended_after_going_back_to_the_form_is_not_lost(client, case):
    form = page(client.get("/contoh/pengaduan/"))
    key = re.search(r'name="key" value="([^"]+)"', form)[1]
    said = {"topic": "waktu", "text": TEXT, "key": key, **REACHED}
    wrong, right, again = (
        client.post("/contoh/pengaduan/", said | {"email": email}).url
        for email in ("salah@contoh.test", "benar@contoh.test", "salah@contoh.test")
    )
    assert again == wrong != right
    assert [one.email for one in Complaint.objects.order_by("created_at")] == [
        "salah@contoh.test", "benar@contoh.test",
    ]  # fmt: skip


@pytest.mark.usefixtures("one_window")
def test_a_wrong_code_is_not_found_and_codes_cannot_be_tried(client, case):
    _, url = send(client, unnamed="on")
    wrong = url.split("?")[0][:-2] + ("A/" if url.split("?")[0][-2] != "A" else "B/")
    for _ in range(20):
        assert client.get(wrong).status_code == 404
    assert client.get(wrong).status_code == 429 == client.get(url).status_code
    assert client.post("/pengaduan/", {"code": "A"}).status_code == 429


@pytest.mark.usefixtures("one_window")
def test_one_address_cannot_flood_the_office(client, case):
    said = {"topic": "lain", "text": TEXT, "unnamed": "on"}
    told = [client.post("/contoh/pengaduan/", said).status_code for _ in range(21)]
    assert told == [302] * 20 + [429]


@pytest.mark.skipif(not installed(), reason="needs clamd")
def test_a_virus_is_refused_and_what_nobody_scanned_yet_waits(
    client, case, settings, tmp_path, monkeypatch
):
    virus = SimpleUploadedFile("foto.pdf", drawings.pdf("A", pages=1).read() + EICAR)
    said = {"topic": "lain", "text": TEXT, "unnamed": "on"}
    clamd = Clamd(tmp_path)
    settings.CLAMD, scanner._silent_until = clamd.setting, 0.0
    monkeypatch.setattr(scanner, "WHILE_WAITING", UNHURRIED)
    try:
        clamd.start()
        shown = page(client.post("/contoh/pengaduan/", said | {"files": virus}), 422)
        assert "mengandung virus" in shown and TEXT in shown
        assert not Complaint.objects.exists() and not ComplaintFile.objects.exists()
    finally:
        clamd.kill()
    complaint, _ = send(client, unnamed="on", files=drawings.slip("A", 1))
    assert complaint.files.get().scan == scanner.WAITING
    url = f"/admin/pengaduan/{complaint.pk}/berkas/{complaint.files.get().pk}/"
    assert officer(client, "kepala").get(url).status_code == 409


# -- A case, and who answers ----------------------------------------------------------------
def test_a_complaint_about_a_case_is_answered_by_another_than_its_hands(client, case):
    client.force_login(case.applicant, BACKEND)
    detail = page(client.get(case.get_absolute_url()))
    link = re.search(r'href="(/contoh/pengaduan/\?permohonan=[^"]+)"', detail)[1]
    assert f'value="{case.number}"' in page(client.get(link))
    complaint, url = send(client, case_number=case.number.lower(), **REACHED)
    assert complaint.case == case
    told = Message.objects.filter(subject=f"Pengaduan baru: {complaint.number}")
    heads = {people.officers("contoh")[role] for role in ("kepala", "admin")}
    assert {message.user for message in told} == heads
    acted, on_turn = case.acts.first().by, people.officers("contoh")["tim_teknis"]
    for handler in (acted, on_turn):
        client.force_login(handler, BACKEND)
        shown = page(client.get(f"/admin/pengaduan/{complaint.pk}/"))
        assert "Anda ikut menangani permohonan" in shown and "sri@contoh.test" not in shown
        assert "dijawab petugas lain" in page(press(client, complaint, "take"), 403)
    assert "hanya membaca" in page(press(officer(client, "auditor"), complaint, "take"), 403)
    given = press(officer(client, "admin"), complaint, "assign", to=on_turn.pk)
    assert "ikut menangani" in page(given, 403)
    answered(officer(client, "bendahara"), complaint)
    told = Message.objects.get(template="pengaduan_jawab")
    assert "Sudah diperiksa hari ini." in told.body and told.address == "sri@contoh.test"
    assert "Sudah diperiksa hari ini." in page(client.get(url))
    assert list(invariants.hands()) == []
    ComplaintEvent.objects.create(
        complaint=complaint, seq=9, move="answer", target="ANSWERED", actor=acted, capacity="x",
        text="x", at=timezone.now(),
    )  # fmt: skip
    assert [fault.case for fault in invariants.hands()] == [case.pk]


def test_an_answer_is_a_numbered_letter_that_names_nobody(client, case, demo):
    complaint, url = send(client, **REACHED)
    url, stranger = url.split("?")[0], Client()
    assert stranger.get(f"{url}jawaban/").status_code == 404
    answered(officer(client, "kasi"), complaint)
    paper = Paper.objects.get(case=complaint.pk)
    assert (paper.kind, paper.status) == ("jawaban_pengaduan", "berlaku")
    words = str(paper.content)
    assert "Sudah diperiksa hari ini." in words and complaint.number in words
    assert not [said for said in (TEXT, *REACHED.values()) if said and said in words]
    assert f'href="{url}jawaban/"' in page(stranger.get(url))
    assert "sedang disiapkan" in page(stranger.get(f"{url}jawaban/"), 409)
    rendering.render(paper.pk)
    letter = stranger.get(f"{url}jawaban/")
    assert letter.status_code == 200 and letter["Content-Type"] == "application/pdf"


def test_a_number_that_nobody_knows_is_given_to_somebody_by_head_or_admin(client, case):
    complaint, _ = send(client, case_number=f"{case.number}9", unnamed="on")
    assert complaint.case is None
    shown = page(officer(client, "bendahara").get(f"/admin/pengaduan/{complaint.pk}/"))
    assert "Nomor pada pengaduan ini tidak dikenal" in shown
    assert "tidak dikenal" in page(press(client, complaint, "take"), 403)
    chosen = people.officers("contoh")["bendahara"]
    given = press(officer(client, "admin"), complaint, "assign", to=chosen.pk)
    assert given.status_code == 302
    answer = press(
        officer(client, "bendahara"), complaint, "answer", text="Sudah diperiksa.", yakin="1"
    )
    assert answer.status_code == 302


def test_a_papers_number_names_its_case_too(client, case):
    receipt = Paper.objects.filter(case=case.pk).exclude(number=None).first()
    complaint, _ = send(client, case_number=f" {receipt.number} ", unnamed="on")
    assert complaint.case == case


def test_where_the_head_has_a_hand_in_the_case_the_admin_is_told_of_its_lateness(client, case):
    complaint, _ = send(client, case_number=case.number, unnamed="on")
    officers = people.officers("contoh")

    def told():
        late = Message.objects.filter(subject__startswith="Pengaduan perlu perhatian")
        return set(late.values_list("user", flat=True))

    door.escalate(complaint.pk, "Sudah lama.", by=officers["bendahara"])
    assert told() == {officers["kepala"].pk}
    Message.objects.all().delete()
    other, _ = send(client, case_number=case.number, unnamed="on")
    case.acts.create(
        gate="ASSESSMENT", link=9, act="periksa", role="kepala", by=officers["kepala"],
        capacity="Kepala", at=timezone.now(),
    )  # fmt: skip
    door.escalate(other.pk, "Sudah lama.", by=officers["bendahara"])
    assert told() == {officers["kepala"].pk, officers["admin"].pk}


def test_it_is_reopened_once_answered_again_and_closed(client, case):
    complaint, url = send(client, unnamed="on")
    url, kasi, stranger = url.split("?")[0], officer(client, "kasi"), Client()
    answered(kasi, complaint)
    promised = Complaint.objects.get(pk=complaint.pk).promised_on
    with time_machine.travel(timezone.now() + datetime.timedelta(3), tick=True):
        version = {"version": 2}
        assert "Tulis apa" in page(stranger.post(url, version | {"text": " "}), 422)
        assert stranger.post(url, version | {"text": "Belum ada kabar."}).status_code == 302
        shown = page(stranger.get(url))
        assert "Pengaduan dibuka kembali. Dijawab lagi" in shown and "Belum ada kabar." in shown
        complaint.refresh_from_db(from_queryset=Complaint.objects.all())
        assert complaint.promised_on == promised < complaint.due_at and complaint.handler is None
        answered(officer(client, "kasi"), complaint, "Izin terbit kemarin.")
    again = {"version": Complaint.objects.get(pk=complaint.pk).version}
    assert "sudah pernah dibuka" in page(stranger.post(url, again | {"text": "Lagi."}), 409)
    assert stranger.post(url, again | {"selesai": "1"}).status_code == 302
    assert "Selesai" in page(stranger.get(url))
    assert "Status pengaduan ini" in page(press(kasi, complaint, "reopen", text="x"), 409)
    moves = list(complaint.events.values_list("move", flat=True))
    assert moves == ["receive", "take", "answer", "reopen", "take", "answer", "close"]
    assert list(invariants.receipts()) == []


def test_the_counter_writes_down_what_came_by_telephone_and_notes_stay_inside(client, case):
    desk, day = officer(client, "petugas"), indonesia.today() - datetime.timedelta(2)
    said = {"topic": "petugas", "text": TEXT, "channel": "telepon", "received_on": day.isoformat(),
            "name": "", "email": "", "phone": "0812 3456 7890", "key": "x"}  # fmt: skip
    assert "Tanggal antara" in page(
        desk.post("/admin/pengaduan/baru/", said | {"received_on": "2001-01-01"}), 422
    )
    answer = desk.post("/admin/pengaduan/baru/", said)
    shown = page(desk.get(answer.url))
    assert "Tanda terima" in shown and "Kembali ke meja kerja" in shown
    complaint = Complaint.objects.get()
    assert (complaint.channel, complaint.received_on) == ("telepon", day)
    assert complaint.entered_by == people.officers("contoh")["petugas"]
    sms = Message.objects.get(template="pengaduan_terima")
    assert (sms.channel, sms.address) == ("sms", "+6281234567890") and len(sms.body) <= 160
    assert sms.body.endswith(answer.url.split("?")[0]), "the address is never cut"
    assert press(desk, complaint, "note", text="Rahasia kantor").status_code == 302
    assert "Rahasia kantor" in page(desk.get(f"/admin/pengaduan/{complaint.pk}/"))
    assert "Rahasia kantor" not in page(desk.get(answer.url))
    assert officer(client, "auditor").get("/admin/pengaduan/baru/").status_code == 403


def test_a_late_one_goes_to_the_head_once_and_is_red_with_its_reason(client, case):
    complaint, _ = send(client, unnamed="on")
    head = people.officers("contoh")["kepala"]
    with time_machine.travel(timezone.now() + datetime.timedelta(4), tick=True):
        lateness.run()
        assert not Complaint.objects.exclude(escalated_at=None).exists()
    with time_machine.travel(timezone.now() + datetime.timedelta(20), tick=True):
        lateness.run()
        lateness.run()
        late = Complaint.objects.get()
        assert late.events.filter(move="escalate", actor__is_system=True).count() == 1
        told = Message.objects.filter(user=head, body__contains="sudah lewat")
        assert sorted(message.channel for message in told) == ["email", "kotak"]
        shown = page(officer(client, "kepala").get("/admin/pengaduan/?saring=lewat"))
        assert "belum diambil petugas sejak" in shown and "lewat" in shown and late.number in shown
        assert counts.quarters("contoh")[0].late + counts.quarters("contoh")[1].late == 1
        kasi = people.officers("contoh")["kasi"]
        assert press(client, late, "assign", to=kasi.pk).status_code == 302
        assert Message.objects.filter(user=kasi, subject__contains="diserahkan").exists()
        officer(client, "kasi")
        assert press(client, late, "answer", text="Maaf.", yakin="1").status_code == 302
    with time_machine.travel(timezone.now() + datetime.timedelta(31), tick=True):
        lateness.run()
        assert Complaint.objects.get().state == "CLOSED"
    public = page(client.get("/contoh/"))
    assert "Pengaduan menurut triwulan" in public and TEXT not in public


def test_by_hand_it_goes_to_the_head_with_a_reason_and_once(client, case):
    complaint, _ = send(client, unnamed="on")
    desk = officer(client, "bendahara")
    assert "Tulis alasannya" in page(press(desk, complaint, "escalate", text=""), 422)
    assert press(desk, complaint, "escalate", text="Menyangkut kepala bidang.").status_code == 302
    assert "sudah diteruskan" in page(press(desk, complaint, "escalate", text="x"), 409)


def test_who_answers_on_an_old_page_is_told_who_was_faster(client, case):
    complaint, _ = send(client, unnamed="on")
    old = Complaint.objects.get().version
    assert press(officer(client, "kasi"), complaint, "take").status_code == 302
    told = page(press(officer(client, "bendahara"), complaint, "take", version=old), 409)
    assert str(people.officers("contoh")["kasi"]) in told
    told = page(press(client, complaint, "answer", text="x", yakin="1"), 409)
    assert "sedang ditangani" in told


def test_another_daerah_knows_nothing_of_it(client, case):
    complaint, _ = send(client, unnamed="on")
    away = officer(client, "petugas", "pamekasan")
    assert away.get(f"/admin/pengaduan/{complaint.pk}/").status_code == 404
    assert press(away, complaint, "take").status_code == 404
    assert complaint.number not in page(away.get("/admin/pengaduan/"))


def test_what_was_received_said_and_noted_cannot_be_changed(client, case):
    complaint, _ = send(client, unnamed="on")
    ComplaintNote.objects.create(
        complaint=complaint, by=case.applicant, text="x", at=timezone.now()
    )
    for rows, change in (
        (ComplaintEvent.objects.all(), {"text": "lain"}),
        (ComplaintNote.objects.all(), {"text": "lain"}),
        (Complaint.objects.all(), {"received_on": indonesia.today()}),
        (Complaint.objects.all(), {"number": "9999/ADU/2026"}),
    ):
        if "received_on" in change:
            change = {"received_on": indonesia.today() - datetime.timedelta(3)}
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            rows.update(**change)
