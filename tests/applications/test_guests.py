"""Those invited to a visit beside the applicant: written down, told, and expected at the place."""

import datetime

from imbportal import indonesia
from notifications.models import Message

NEIGHBOUR = {"guest1-name": "Slamet Riyadi", "guest1-capacity": "Ketua RT 03"}


def appointment(**guests):
    day = indonesia.today() + datetime.timedelta(days=3)
    fixed = {"day": day.isoformat(), "time": "09:00", "place": "Di pagar depan"}
    return fixed | NEIGHBOUR | {"guest2-name": ""} | guests


def test_each_who_is_invited_is_told_and_it_is_known_how(drive, client):
    driver = drive("ASSESSMENT", "sleman")
    client.force_login(driver.actor())
    desk = f"/admin/permohonan/{driver.case.pk}/"
    page = f"{desk}isian/jadwal_tinjau/"
    refused = client.post(page, appointment())
    assert refused.status_code == 422
    assert "centang bila sudah disampaikan langsung" in refused.content.decode()
    wrong = client.post(page, appointment(**{"guest1-contact": "0274-88"}))
    assert wrong.status_code == 422
    both = {"guest1-contact": "rt03@dinas.test", "guest2-name": "Lurah", "guest2-told": "on"}
    assert client.post(page, appointment(**both)).status_code == 302
    assert not Message.objects.filter(template="janji_temu").exists(), "the move tells them"
    client.post(f"{desk}langkah/endorse/", {"version": driver.fresh().version})
    [sent] = Message.objects.filter(template="janji_temu")
    assert (sent.address, sent.user, sent.case) == ("rt03@dinas.test", None, driver.case.pk)
    assert "Di pagar depan" in sent.body and "Slamet Riyadi" in sent.body
    shown = client.get(desk).content.decode()
    assert "Surel ke rt03@dinas.test" in shown and "disampaikan langsung" in shown
    minutes = client.get(f"{desk}isian/berita_acara/").content.decode()
    assert f"{driver.case.holder}, pemohon\nSlamet Riyadi, Ketua RT 03\nLurah<" in minutes
    client.force_login(driver.applicant)
    told = client.get(driver.case.get_absolute_url()).content.decode()
    assert "Yang juga diundang: Slamet Riyadi, Ketua RT 03; Lurah" in told
