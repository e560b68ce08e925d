"""The survey of satisfaction: who is asked, what is kept of an answer, what is published."""

import datetime
import io
import re

import openpyxl
import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import DatabaseError, models, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import WalkIn
from applications import register_file
from applications.models import Application, Event, RegisterExport
from feedback.models import SurveyAnswer, SurveyInvitation, SurveyQuarter
from feedback.quarters import Quarter
from feedback.survey import invariants, invitations, results
from feedback.survey.questions import QUESTIONS
from imbportal.daerah import calendar
from imbportal.demo import people
from imbportal.demo.at_counter import AtCounter, walk_in
from imbportal.demo.driver import Driver
from notifications.models import Message

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
THIRD = Quarter(2026, 3)
LAST_DAY = datetime.datetime(2026, 9, 30, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)
GOOD = {question.field: 4 for question in QUESTIONS}
WORDS = "Layanannya cepat."
REFUSED = {"state": "REJECTED", "track": "pbg", "number": "0009/PBG/2026"}


def words(answer):
    return " ".join(answer.content.decode().split())


def browser(user):
    client = Client()
    client.force_login(user, BACKEND)
    return client


def desk(role, slug="contoh"):
    return browser(people.officers(slug)[role])


def answered(count, slug="contoh", quarter=THIRD, track="pbg", **more):
    """Let so many have answered in a quarter, three on each question."""
    rows = [
        SurveyAnswer(daerah=slug, track=track, year=quarter.year, quarter=quarter.number,
                     **{question.field: 3 for question in QUESTIONS} | more)
        for _ in range(count)
    ]  # fmt: skip
    SurveyAnswer.objects.bulk_create(rows)


def closed(slug="contoh"):
    with time_machine.travel(LAST_DAY + 2 * DAY):
        return results.close(slug, THIRD)


# -- Asked and answered ---------------------------------------------------------------------
@pytest.mark.kewajiban("BOM-22")
def test_whoever_has_the_permit_is_asked_once_and_answers_without_a_name(demo):
    driver = Driver("bombana", people.applicant("budi"))
    case, applicant = driver.to("COLLECTED"), browser(driver.applicant)
    [mail] = Message.objects.filter(template="survei", channel="email", case=case.pk)
    url = re.search(r"/survei/[\w-]{22}/", mail.body)[0]
    assert SurveyInvitation.objects.get().token in url
    for page in ("/permohonan/", case.get_absolute_url()):
        assert f'href="{url}"' in words(applicant.get(page))
    assert Client().get(url).status_code == 200
    half = Client().post(url, GOOD | {"u9": ""})
    assert half.status_code == 422 and not SurveyAnswer.objects.exists()
    assert words(half).count("checked") == 8 and 'href="#id_u9_0"' in words(half)
    before = case.events.count(), Application.objects.get(pk=case.pk).version

    said = Client().post(url, GOOD | {"remark": WORDS}, follow=True)
    again = Client().post(url, GOOD | {"u1": 1})
    assert "Terima kasih" in words(said) and "Terima kasih" in words(again)
    answer = SurveyAnswer.objects.get()
    assert (answer.daerah, answer.track, answer.u1) == ("bombana", case.track, 4)
    assert url not in words(applicant.get("/permohonan/"))
    assert (case.events.count(), Application.objects.get(pk=case.pk).version) == before
    assert [*invariants.answers()] == []


def test_an_answer_leads_to_nobody_and_bears_no_moment():
    kept = SurveyAnswer._meta.get_fields()
    assert not [f.name for f in kept if f.is_relation or isinstance(f, models.DateField)]
    told = SurveyInvitation._meta.get_fields()
    times = [f.name for f in told if isinstance(f, models.DateField)]
    assert times == ["invited_on", "open_until"], "nothing says when it was spent"


def test_the_counter_does_not_see_the_address_that_it_let_be_sent(demo):
    officer = people.officers("contoh")["petugas"]
    person = walk_in("contoh", officer)
    driver = AtCounter("contoh", person, officer)
    driver.open()
    Application.objects.filter(pk=driver.case.pk).update(**REFUSED)
    case, event = driver.fresh(), Event(seq=9, source="REJECTION_SIGNING", target="REJECTED")
    with transaction.atomic():
        invitations.invite(event, case)
    token = SurveyInvitation.objects.get().token
    [sms] = Message.objects.filter(template="survei", channel="sms")
    assert sms.address == WalkIn.objects.get(user=person).phone and token in sms.body
    assert len(sms.body) <= 160
    assert token not in words(browser(officer).get(case.get_absolute_url()))
    slip = {"number": case.number, "secret": case.secret}
    assert token not in words(Client().post("/lacak/", slip)), "it was sent to him"
    WalkIn.objects.filter(user=person).update(phone="")
    assert token in words(Client().post("/lacak/", slip)), "he has no other way to it"
    with transaction.atomic(), time_machine.travel(timezone.now() + 9 * DAY):
        invitations.invite(Event(seq=12, source="READY", target="COLLECTED"), case)
    row = SurveyInvitation.objects.get()
    assert row.token == token and row.open_until - row.invited_on == invitations.OPEN + 9 * DAY
    with time_machine.travel(timezone.now() + invitations.OPEN + 11 * DAY):
        assert Client().get(f"/survei/{token}/").status_code == 409
        assert Client().post(f"/survei/{token}/", GOOD).status_code == 409


# -- Published ------------------------------------------------------------------------------
def test_few_answers_are_counted_and_tell_nothing(demo, client):
    answered(4, remark=WORDS)
    result = closed()
    assert (result.respondents, result.index, result.elements, result.tracks) == (4, None, [], [])
    for page in (client.get("/contoh/"), desk("kepala").get("/admin/kepuasan/")):
        text = words(page)
        assert "belum cukup responden" in text.lower() and "75,00" not in text
        assert WORDS not in text


def test_five_answers_are_published_and_stay_as_they_were(demo, client):
    assert "Belum ada triwulan yang ditutup" in words(client.get("/contoh/"))
    answered(5, remark=WORDS, u3=4)
    closed()
    text = words(client.get("/contoh/"))
    for part in ("<strong>77,78</strong>", "Mutu B: baik", "5 responden", "Triwulan III 2026",
                 "Waktu pelayanan</th><td class=\"num\">4,00", "Permenpan RB 14/2017"):  # fmt: skip
        assert part in text, part
    assert [*invariants.closed()] == []
    with pytest.raises(DatabaseError), transaction.atomic():
        SurveyQuarter.objects.update(index=99)
    with pytest.raises(DatabaseError), transaction.atomic():
        SurveyAnswer.objects.update(u1=1)
    assert closed() is None
    answered(1)
    assert "<strong>77,78</strong>" in words(client.get("/contoh/"))
    [fault] = invariants.closed()
    assert "respondents, index" in fault.text and "Triwulan III 2026" in fault.text


def test_a_quarter_that_runs_shows_how_many_answered_and_nothing_else(demo):
    now = results.quarters.running("contoh")
    answered(7, quarter=now, remark=WORDS)
    text = words(desk("kepala").get("/admin/kepuasan/"))
    assert "sedang berjalan: 7 jawaban" in text and "75,00" not in text and WORDS not in text
    with pytest.raises(CommandError, match="belum selesai"):
        call_command("tutup_triwulan", "contoh", "--triwulan", now.code)


def test_remarks_are_for_those_who_answer_for_the_office(demo):
    answered(5, remark=WORDS, track="pbg")
    answered(6, track="duplikat", u1=1)
    closed()
    page = "/admin/kepuasan/?triwulan=2026-3"
    mine, theirs = words(desk("auditor").get(page)), words(desk("petugas").get(page))
    for text in (mine, theirs):
        assert "<strong>71,97</strong>" in text and "69,44, C (6 responden)" in text
    assert WORDS in mine and WORDS not in theirs
    assert "Buat berkas XLSX" in mine and "Buat berkas XLSX" not in theirs
    refused = desk("petugas").post("/admin/kepuasan/ekspor/", {"daerah": "contoh"})
    assert refused.status_code == 403 and not RegisterExport.objects.exists()


def test_the_quarters_are_taken_along_as_a_sheet_of_texts_and_numbers(demo):
    answered(5, remark="=1+1")
    closed()
    client = desk("kepala")
    asked = client.post("/admin/kepuasan/ekspor/", {"daerah": "contoh"}, follow=True)
    assert "Unduh hasil survei kepuasan" in words(asked)
    export = RegisterExport.objects.get()
    register_file.make(str(export.pk))
    assert "Berkas siap: 1 baris" in words(client.get(f"/admin/register/ekspor/{export.pk}/"))
    fetched = client.get(f"/admin/register/ekspor/{export.pk}/unduh/")
    assert 'filename="kepuasan-contoh.xlsx"' in fetched["Content-Disposition"]
    export.refresh_from_db()
    book = openpyxl.load_workbook(default_storage.open(export.file.name))
    line = [cell.value for cell in book["Kepuasan"][5]]
    assert line[:6] == ["Triwulan III 2026", 0, 5, 75, "C", "Kurang Baik"]
    assert line[6:] == [3] * 9
    remark = book["Saran"]["B5"]
    assert (remark.value, remark.data_type) == ("=1+1", "s")
    assert export.pk not in {e.pk for e in client.get("/admin/register/").context["exports"]}


def test_the_worker_closes_on_the_second_day_what_was_asked_in(demo):
    with time_machine.travel(LAST_DAY - 100 * DAY):
        case = Application.objects.create(daerah="contoh", applicant=people.applicant("budi"))
        day = calendar.today("contoh")
        SurveyInvitation.objects.create(application=case, invited_on=day, open_until=day)
    for days, quarters_closed in ((1, {2}), (2, {2, 3}), (3, {2, 3})):
        with time_machine.travel(LAST_DAY + days * DAY):
            results.close_due()
            found = set(SurveyQuarter.objects.values_list("quarter", flat=True))
        assert found == quarters_closed, days
    said = io.StringIO()
    call_command("tutup_triwulan", "contoh", "--triwulan", "2026-3", stdout=said)
    assert "sudah ditutup" in said.getvalue()


def test_the_invariants_see_who_was_asked_too_early_and_an_answer_too_many(demo):
    case = Application.objects.create(daerah="contoh", applicant=people.applicant("budi"))
    day = calendar.today("contoh")
    SurveyInvitation.objects.create(application=case, invited_on=day, open_until=day)
    answered(1)
    assert [fault.text for fault in invariants.answers()] == [
        "diundang sebelum dilayani", "contoh: 1 jawaban dari 0 undangan terpakai"
    ]  # fmt: skip
