"""Stages that a track lacks, and hands that may not touch a case."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Identity, User
from applications import casework, clock, ports, services
from applications.refusals import Barred, Unmet
from imbportal.demo import buildings, people
from imbportal.demo.driver import Driver
from notifications.models import Message


@pytest.fixture
def musala(db, demo):
    """A house of worship: its track has no fee, so no FEE and no SKRD_SIGNING."""
    driver = Driver("contoh", people.applicant("budi"), buildings.MUSALA)
    driver.to("ASSESSMENT")
    return driver


def test_a_track_without_fee_goes_on_to_the_permit_in_one_transaction(musala):
    musala.act()
    case = musala.fresh()
    assert (case.state, case.turn_role) == ("PERMIT_SIGNING", "petugas")
    hidden = case.events.filter(hidden=True).order_by("seq")
    assert [event.move for event in hidden] == ["propose_skrd", "issue_nil_skrd"]
    assert all(event.actor.is_system for event in hidden)


def test_the_officer_behind_the_lacking_stages_is_told(musala):
    musala.act()
    musala.fresh()
    body = Message.objects.filter(user=musala.actor(), channel="kotak").latest("created_at").body
    assert "Siapkan PBG" in body


def test_what_a_lacking_stage_misses_refuses_the_whole_move(musala, monkeypatch):
    monkeypatch.setattr(ports.money, "ready", lambda case: ["Retribusi belum dihitung."])
    musala.judge_all()
    musala.write_records()
    before = musala.fresh().version
    with pytest.raises(Unmet, match="belum dihitung"):
        services.perform("approve_technical", musala.fresh(), by=musala.actor())
    assert (musala.fresh().state, musala.case.version) == ("ASSESSMENT", before)


def test_the_second_account_of_the_applicant_may_not_prepare_his_case_either(drive):
    driver = drive("SUBMITTED")
    officer = driver.actor()
    Identity.objects.create(
        user=officer, name=officer.name, nik=driver.applicant.identity.nik, address="Jl. Contoh"
    )
    officer = User.objects.get(pk=officer.pk)
    for attempt in (casework.add_point, casework.add_note):
        with pytest.raises(Barred):
            attempt(driver.fresh(), "Catatan.", by=officer)


def test_who_holds_another_duty_may_not_judge_in_its_place(drive):
    driver = drive("ASSESSMENT")
    verifier = driver.officers["petugas"]
    given = people.officers(driver.slug)["tim_teknis"].postings.get()
    verifier.postings.create(
        daerah=driver.slug, unit=given.unit, role="tim_teknis", valid_from=given.valid_from
    )
    with pytest.raises(Barred, match="verifikasi"):
        casework.add_point(driver.fresh(), "Catatan.", by=verifier)


def test_a_redo_by_another_person_adds_a_row(drive):
    driver = drive("RECORDING")
    driver.sideways("undo_accept")
    second = User.objects.create_user("kedua@kantor.test", name="Petugas Kedua", is_staff=True)
    posting = driver.officers["petugas"].postings.get()
    second.postings.create(
        daerah=driver.slug, unit=posting.unit, role="petugas", valid_from=posting.valid_from
    )
    services.perform("endorse", driver.fresh(), by=second)
    held = driver.case.duties.filter(duty="verifikasi")
    assert {row.person for row in held} == {driver.officers["petugas"], second}


def test_a_revision_interrupts_the_deadline_of_its_link_and_does_not_begin_it_anew(drive):
    driver = drive("ASSESSMENT")
    began = clock.of_link(driver.case)
    driver.sideways("request_revision")
    with time_machine.travel(timezone.now() + timedelta(days=14), tick=True):
        driver.sideways("revise")
        running = clock.of_link(driver.fresh())
    assert running.start == began.start
    assert running.stopped > 0 and running.end > began.end


def test_reminders_are_not_repeated_because_the_applicant_writes(drive):
    from applications import reminders

    driver = drive("INCOMPLETE")
    left = (clock.lapse_end(driver.case) - clock.today(driver.case)).days
    with time_machine.travel(timezone.now() + timedelta(days=left - 1), tick=True):
        reminders.run()
        casework.save_answers(
            driver.fresh(), "izin", {"building_name": "Rumah baru"}, by=driver.applicant
        )
        reminders.run()
    assert Message.objects.filter(template="pengingat", channel="kotak").count() == 1
