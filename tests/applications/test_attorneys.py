"""An agent's letter of attorney ends: his cases shut, news without contents, and a new letter."""

import datetime
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accounts.models import IdentityView, Mandate
from applications.models import DocumentVersion
from imbportal import indonesia
from imbportal.demo import people
from imbportal.demo.driver import Driver
from notifications.models import Message

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def agent(demo, db):
    """The consultant's case in technical revision, its letter of attorney ended today."""
    mandate = people.mandate()
    driver = Driver("contoh", mandate.agent, mandate=mandate)
    driver.to("REVISION")
    Mandate.objects.filter(pk=mandate.pk).update(ended_at=timezone.now())
    return driver


def letter():
    out = io.BytesIO()
    Image.effect_noise((300, 400), 60).convert("RGB").save(out, "PDF")
    return SimpleUploadedFile("kuasa.pdf", out.getvalue(), "application/pdf")


def test_an_ended_letter_shuts_the_case_and_its_files(agent, client):
    client.force_login(agent.applicant, BACKEND)
    case = agent.fresh()
    file = DocumentVersion.objects.filter(document__application=case).first()
    for url in (case.get_absolute_url(), f"/berkas/{file.pk}/"):
        assert client.get(url).status_code == 404, url
    page = client.get("/permohonan/").content.decode()
    assert "1 permohonan tidak dapat Anda buka" in page and case.number not in page


def test_a_new_letter_opens_the_case_again(agent, client):
    client.force_login(agent.applicant, BACKEND)
    mandate = agent.fresh().mandate
    today = indonesia.today().isoformat()
    form = {"letter": letter(), "valid_from": today}
    answer = client.post(f"/kuasa/{mandate.pk}/perbarui/", form)
    assert answer.status_code == 302
    assert client.get(agent.fresh().get_absolute_url()).status_code == 200
    agent.answer_points()
    agent.perform("revise", agent.applicant)
    assert agent.fresh().state == "ASSESSMENT"


def test_a_letter_not_yet_in_force_opens_nothing(agent, client):
    client.force_login(agent.applicant, BACKEND)
    later = (indonesia.today() + datetime.timedelta(days=2)).isoformat()
    mandate = agent.fresh().mandate
    client.post(f"/kuasa/{mandate.pk}/perbarui/", {"letter": letter(), "valid_from": later})
    assert client.get(agent.fresh().get_absolute_url()).status_code == 404


def test_nobody_renews_anothers_letter(agent, client):
    client.force_login(people.applicant("siti"), BACKEND)
    assert client.get(f"/kuasa/{agent.fresh().mandate.pk}/perbarui/").status_code == 404


def test_news_to_a_former_agent_say_nothing_of_the_case(demo, db):
    mandate = people.mandate()
    driver = Driver("contoh", mandate.agent, mandate=mandate)
    driver.to("PERMIT_SIGNING")
    Mandate.objects.filter(pk=mandate.pk).update(ended_at=timezone.now())
    Message.objects.all().delete()
    driver.to("READY")
    case = driver.fresh()
    told = Message.objects.filter(case=case.pk, user=mandate.agent)
    assert told and case.pickup_code
    assert all("sudah berakhir" in message.body for message in told)
    assert not any(case.pickup_code in message.body for message in told)


def test_an_officer_compares_the_whole_nik_with_the_card_and_is_logged(agent, client):
    case = agent.fresh()
    client.force_login(agent.officers["petugas"], BACKEND)
    page = client.get(f"/admin/permohonan/{case.pk}/identitas/").content.decode()
    numbers, own = re.sub(r"(?<=\d) (?=\d)", "", page), case.applicant.identity
    assert case.holder.nik in numbers and own.nik in numbers, "the card of each is asked"
    assert f"/identitas/{own.pk}/ktp/" in page and "sudah berakhir" in page
    for url in re.findall(r'(?:src|href)="(/(?:identitas|kuasa)/[^"]+)"', page):
        assert client.get(url).status_code == 200, url
    looks = IdentityView.objects.filter(case=case.pk).values_list("user", "what")
    assert set(looks) == {
        (agent.officers["petugas"].pk, "nik"),
        (agent.officers["petugas"].pk, "ktp"),
    }
