"""Who clicks twice has it once, and reads the same kind answer both times."""

import pytest

from applications import casework, requirements, services
from applications.models import Application, DocumentVersion
from applications.refusals import Conflict, NotVisible
from imbportal.demo import drawings, people

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def at(client, drive):
    """A case of Budi's, and his browser."""

    def driven(state):
        driver = drive(state)
        client.force_login(driver.applicant, backend=BACKEND)
        return driver

    return driven


def field(client, url, name):
    """Return a hidden field of a page."""
    text = client.get(url).content.decode()
    return text.split(f'name="{name}" value="')[1].split('"')[0]


def post_twice(client, url, data):
    return [client.post(url, data() if callable(data) else data) for _ in range(2)]


def test_one_draft_is_opened(client, at):
    at("DRAFT")
    before, key = Application.objects.count(), field(client, "/permohonan/baru/", "key")
    first, second = post_twice(client, "/permohonan/baru/", {"daerah": "contoh", "key": key})
    assert first.url == second.url and Application.objects.count() == before + 1


def test_each_page_that_asks_opens_a_draft_of_its_own(client, at):
    at("DRAFT")
    answers = []
    for _ in range(2):
        key = field(client, "/permohonan/baru/", "key")
        answers.append(client.post("/permohonan/baru/", {"daerah": "contoh", "key": key}).url)
    assert len(set(answers)) == 2


def test_an_old_page_opens_another_case_once_the_first_was_sent(client, at):
    driver = at("DRAFT")
    form = {"daerah": "contoh", "key": field(client, "/permohonan/baru/", "key")}
    first = client.post("/permohonan/baru/", form).url
    driver.case = Application.objects.get(pk=first.split("/")[2])
    driver.send()
    assert driver.fresh().state == "KRK_REQUESTED"
    assert client.post("/permohonan/baru/", form).url != first


def test_nobody_reaches_anothers_draft_by_its_key(client, at):
    driver = at("DRAFT")
    key = field(client, "/permohonan/baru/", "key")
    form = {"daerah": "contoh", "key": key}
    mine = client.post("/permohonan/baru/", form).url
    client.force_login(people.applicant("siti"), backend=BACKEND)
    assert client.post("/permohonan/baru/", form).url != mine
    assert driver.applicant.applications.filter(pk=mine.split("/")[2]).exists()


def test_one_version_is_filed(client, at):
    driver = at("DRAFT")
    driver.fill("krk")
    code = requirements.due(driver.fresh())[0].code
    url = f"/permohonan/{driver.case.pk}/berkas/{code}/"
    answers = post_twice(client, url, lambda: {"file": drawings.pdf("Bukti")})
    assert [answer.status_code for answer in answers] == [302, 302]
    assert DocumentVersion.objects.filter(document__application=driver.case).count() == 1


def test_the_same_file_after_a_verdict_is_a_new_version(client, at):
    driver = at("INCOMPLETE")
    slot = next(s for s in requirements.due(driver.fresh()) if s.version and s.version.verdict)
    casework.upload(
        driver.case, slot.code, drawings.pdf(slot.requirement.label), by=driver.applicant
    )
    assert DocumentVersion.objects.filter(document=slot.document).count() == 2
    assert driver.case.points.get(requirement=slot.code).answered_at


def test_an_answer_is_given_once(client, at):
    driver = at("INCOMPLETE")
    point = driver.case.points.filter(requirement="").get()
    url = f"/permohonan/{driver.case.pk}/perbaikan/{point.pk}/"
    before = driver.fresh().version
    answers = post_twice(client, url, {f"{point.pk}-text": "Sudah diperbaiki."})
    assert [answer.status_code for answer in answers] == [302, 302]
    assert driver.fresh().version == before + 1


def test_a_draft_is_deleted_once_and_both_clicks_read_so(client, at):
    driver = at("DRAFT")
    url = f"/permohonan/{driver.case.pk}/hapus/"
    form = {"seal": field(client, url, "seal")}
    answers = post_twice(client, url, form)
    assert [answer.url for answer in answers] == ["/permohonan/"] * 2
    assert "Draf sudah dihapus" in client.get("/permohonan/").content.decode()
    assert client.post(url, {"seal": "karangan"}).status_code == 404


def test_a_draft_that_went_while_one_waited_for_it_is_not_there(at, monkeypatch):
    driver = at("DRAFT")
    queryset = type(Application.objects.all())

    def late(self, **_):
        Application.objects.filter(pk=driver.case.pk).delete()
        return self

    monkeypatch.setattr(queryset, "select_for_update", late)
    with pytest.raises(NotVisible):
        casework.save_answers(driver.case, "krk", {}, by=driver.applicant)


def test_who_clicks_twice_reads_that_his_move_is_done_and_a_colleague_who_was_faster(at):
    driver = at("SUBMITTED")
    clerk = driver.actor()
    driver.judge_all()
    version = driver.fresh().version
    services.perform("endorse", driver.case, by=clerk, version=version)
    with pytest.raises(Conflict, match="Langkah Anda sudah tercatat: Teruskan"):
        services.perform("endorse", driver.case, by=clerk, version=version)
    with pytest.raises(Conflict, match="baru saja diubah oleh"):
        services.perform("withdraw", driver.case, by=driver.applicant, version=version)
