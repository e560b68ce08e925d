import re

import pytest

from notifications import inbox
from notifications.models import Message


def inbox_row(send, **changes):
    return send(channels=[], url="/permohonan/", **changes)[0]


def test_the_inbox_asks_for_a_login(client, db):
    assert client.get("/pesan/").status_code == 302
    assert client.post("/pesan/baca/").status_code == 302


def test_the_inbox_lists_own_messages_newest_first(client, ana, send, django_user_model):
    inbox_row(send, key="1")
    inbox_row(send, key="2", says={"headline": "SKRD terbit"})
    other = django_user_model.objects.create(name="Beni", email="beni@contoh.test")
    inbox_row(send, key="3", user=other, says={"headline": "Rahasia Beni"})
    client.force_login(ana)
    page = client.get("/pesan/").content.decode()
    assert page.index("SKRD terbit") < page.index("Dokumen lengkap")
    assert "Rahasia Beni" not in page and inbox.unread(ana) == 2


def test_opening_a_message_marks_it_read_and_leads_to_its_page(client, ana, send):
    row = inbox_row(send)
    client.force_login(ana)
    answer = client.post(f"/pesan/{row.pk}/baca/", {"buka": "1"})
    assert answer.url == "/permohonan/" and inbox.unread(ana) == 0


def test_reading_needs_a_post(client, ana, send):
    row = inbox_row(send)
    client.force_login(ana)
    assert client.get(f"/pesan/{row.pk}/baca/").status_code == 405
    assert inbox.unread(ana) == 1


def test_all_can_be_marked_read(client, ana, send):
    inbox_row(send, key="1"), inbox_row(send, key="2")
    client.force_login(ana)
    client.post("/pesan/baca/")
    assert inbox.unread(ana) == 0


def test_anothers_message_cannot_be_found(client, ana, send, django_user_model):
    row = inbox_row(send)
    client.force_login(django_user_model.objects.create(name="Beni", email="beni@contoh.test"))
    assert client.post(f"/pesan/{row.pk}/baca/").status_code == 404
    assert inbox.unread(ana) == 1


def test_the_page_of_all_messages_exists_in_the_demo_only(client, db, settings):
    settings.DEMO = False
    assert client.get("/demo/pesan/").status_code == 404


def test_the_demo_shows_every_email_and_sms_with_its_code(client, send, settings):
    settings.DEMO = True
    code = {"code": "12345678", "minutes": 10, "purpose": "masuk"}
    send(template="kode", says=code, secret=True)
    page = client.get("/demo/pesan/").content.decode()
    assert len(re.findall(r"\b12345678\b", page)) == 2


def test_the_demo_page_finds_an_address(client, send, settings):
    settings.DEMO = True
    send()
    page = client.get("/demo/pesan/", {"alamat": "ana@"}).content.decode()
    assert "ana@contoh.test" in page and "+6281200000001" not in page


@pytest.mark.django_db
def test_the_demo_page_is_paged_and_keeps_its_filter(client, settings):
    settings.DEMO = True
    for n in range(30):
        Message.objects.create(key=str(n), channel="sms", address=f"+62{n}", template="x", body="x")
    page = client.get("/demo/pesan/", {"alamat": "+62"}).content.decode()
    assert page.count("<article") == 25 and "?page=2&amp;alamat=%2B62" in page
