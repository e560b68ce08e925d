"""What happens around a deadline: reminders, the head, and the way to who waited too long."""

import datetime
import hashlib
import re

import pytest
import time_machine

from applications import clock, lateness
from documents.models import Paper
from imbportal.daerah import loader, registry
from imbportal.daerah.models import DaerahVersion
from imbportal.indonesia import tanggal
from notifications.models import Message

DELIVERS = """[late]
code = "jaminan"
text = "Bila terlambat, petugas mengantarkan izin ke alamat pemohon."
deliver = true
paper = "tanda_antar"
cite = "Contoh: jaminan pelayanan"

[paper.tanda_antar]
title = "Tanda Terima Pengantaran"
pattern = "{n4}/ANTAR/{year}"
like = "serah_terima"
template = "serah_terima"
contoh = true
note = "Contoh"

[complaint]"""


def told(user):
    return Message.objects.filter(user=user, template="tenggat_kantor")


def on(case, days):
    """Return the moment at noon so many days after the deadline of the turn."""
    day = case.due_at + datetime.timedelta(days=days)
    return datetime.datetime(day.year, day.month, day.day, 5, tzinfo=datetime.UTC)


@pytest.fixture
def waiting(drive):
    return drive("RECORDING", "pamekasan")


def test_a_day_before_its_end_who_is_on_turn_is_reminded_once(waiting):
    with time_machine.travel(on(waiting.case, -1)):
        lateness.run()
        lateness.run()
    [message] = told(waiting.actor())
    assert "paling lambat" in message.body and "Isi pendataan" in message.body
    assert not told(waiting.officers["kepala"])


def test_two_days_before_nobody_is(waiting):
    with time_machine.travel(on(waiting.case, -2)):
        lateness.run()
    assert not Message.objects.filter(template="tenggat_kantor")


def test_after_it_the_head_reads_with_whom_it_lies(waiting):
    with time_machine.travel(on(waiting.case, 1)):
        lateness.run()
        lateness.run()
    head = told(waiting.officers["kepala"])
    assert {message.channel for message in head} == {"kotak", "email"}
    assert all("sudah melewati" in message.body for message in head)
    assert all("Petugas DPMPTSP: Isi pendataan" in message.body for message in head)


def test_a_head_who_is_late_himself_is_told_by_mail_once(drive):
    driver = drive("PERMIT_SIGNING", "pamekasan")
    while driver.case.turn_role != driver.case.rules.head:
        driver.act()
    with time_machine.travel(on(driver.fresh(), 1)):
        lateness.run()
        lateness.run()
    mine = told(driver.officers["kepala"])
    assert sorted(message.channel for message in mine) == ["email", "kotak"]


def test_the_end_of_the_whole_promise_is_told_after_that_of_the_turn(waiting):
    own, whole = sorted({item.end for item in clock.running(waiting.case)})
    for end in (own, whole):
        with time_machine.travel(on(waiting.case, (end - waiting.case.due_at).days + 1)):
            lateness.run()
        heard = told(waiting.officers["kepala"]).filter(channel="email")
        assert heard.filter(body__contains=tanggal(end)).count() == 1
    assert heard.count() == 2


@pytest.fixture
def promised(drive, db):
    """A case under a file that promises to bring what comes late, ready for handing over."""
    text = (registry.FOLDER / "contoh.toml").read_text(encoding="utf-8")
    text = re.sub(r"^\[late\]\n.*?\n\n", "", text, flags=re.M | re.S)
    text = text.replace("[complaint]", DELIVERS, 1)
    loader.load(text, "contoh.toml")
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    driver = drive("DRAFT")
    driver.case.version_used = DaerahVersion.objects.create(
        slug="contoh", sha256=sha256, content=text
    )
    driver.case.save()
    return driver


def test_what_came_late_is_brought_and_has_its_own_receipt(promised, client):
    promised.to("PERMIT_SIGNING")
    with time_machine.travel(on(promised.fresh(), 40)):
        promised.to("READY")
        mail = Message.objects.filter(user=promised.applicant, channel="kotak").latest("created_at")
        assert "mengantarkan izin ke alamat Anda" in mail.body
        client.force_login(promised.actor())
        url = f"/admin/permohonan/{promised.case.pk}/isian/serah_terima/"
        assert "harus diantar" in client.get(url).content.decode()
        given = {"way": "antar", "receiver": "Budi", "relation": "pemohon"}
        assert client.post(url, given).status_code == 422
        assert client.post(url, given | {"address": "Jl. Kenanga 2"}).status_code == 302
        promised.perform("hand_over", promised.actor())
    kinds = Paper.objects.filter(case=promised.case.pk, status="berlaku").values_list("kind")
    assert ("tanda_antar",) in kinds and ("serah_terima",) not in kinds
    paper = Paper.objects.get(case=promised.case.pk, kind="tanda_antar")
    assert "diantar ke Jl. Kenanga 2" in str(paper.content)


def test_who_comes_himself_for_what_is_late_shows_his_code(promised, client):
    promised.to("PERMIT_SIGNING")
    with time_machine.travel(on(promised.fresh(), 40)):
        promised.to("READY")
        client.force_login(promised.actor())
        url = f"/admin/permohonan/{promised.case.pk}/isian/serah_terima/"
        given = {"way": "ambil", "receiver": "Budi", "relation": "pemohon"}
        assert client.post(url, given).status_code == 422
        code = promised.fresh().pickup_code
        assert client.post(url, given | {"code": code}).status_code == 302


def test_what_is_in_time_is_fetched_as_ever(promised, client):
    promised.to("READY")
    client.force_login(promised.actor())
    page = client.get(f"/admin/permohonan/{promised.case.pk}/isian/serah_terima/")
    assert "diantar" not in page.content.decode()
