"""One person is one person in a case, by account and by NIK: a NIK stays while it counts."""

import io

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Identity, User
from imbportal.demo import people

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FREE, OTHER = people.nik(911), people.nik(912)


def change(client, user, nik):
    """Give oneself another NIK on the page of one's own data; return what the page says."""
    client.force_login(user, backend=BACKEND)
    own = user.identity
    form = {"jenis": own.kind, "name": own.name, "address": own.address, "nik": nik}
    answer = client.post("/identitas/", form)
    return "" if answer.status_code == 302 else " ".join(answer.context["form"].errors["nik"])


def nik_of(user):
    return Identity.objects.get(user=user).nik


def officer(driver, role, nik):
    user = driver.officers[role]
    Identity.objects.create(user=user, name=user.name, nik=nik, address="Jl. Contoh 1", ktp="k.jpg")
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize("state", ["KRK_REQUESTED", "INCOMPLETE", "AWAITING_PAYMENT", "REJECTED"])
def test_who_has_sent_an_application_keeps_his_nik_and_reads_whom_to_ask(client, drive, state):
    driver = drive(state)
    before = nik_of(driver.applicant)
    told = change(client, driver.applicant, FREE)
    assert driver.case.number in told and "hubungi Dinas Penanaman Modal" in told
    assert nik_of(driver.applicant) == before


@pytest.mark.parametrize("state", ["DRAFT", "COLLECTED", "WITHDRAWN"])
def test_before_and_after_it_he_may_change_it(client, drive, state):
    driver = drive(state)
    assert change(client, driver.applicant, FREE) == ""
    assert nik_of(driver.applicant) == FREE


def test_everything_else_of_his_data_may_change_meanwhile(client, drive):
    driver = drive("SUBMITTED")
    assert change(client, driver.applicant, "") == ""
    assert change(client, driver.applicant, driver.applicant.identity.nik) == ""


def test_the_owner_for_whom_an_agent_applies_is_not_locked_by_the_agents_other_work(client, drive):
    driver = drive("SUBMITTED")
    assert change(client, people.applicant("siti"), FREE) == ""
    assert driver.case.applicant != people.applicant("siti")


def test_an_officer_does_not_change_the_nik_that_keeps_him_from_a_case(client, drive):
    driver = drive("SUBMITTED")
    clerk = officer(driver, "petugas", driver.applicant.identity.nik)
    assert "hubungi Dinas" in change(client, clerk, FREE)
    assert nik_of(clerk) == driver.applicant.identity.nik


def test_an_officer_without_nik_may_give_his_own_but_not_that_of_somebody_in_his_case(
    client, drive
):
    driver = drive("RECORDING")
    clerk = officer(driver, "petugas", None)
    taken = change(client, clerk, driver.applicant.identity.nik)
    assert "permohonan yang sama" in taken and not nik_of(clerk)
    assert change(client, clerk, FREE) == ""


def test_two_holders_of_duties_never_become_one_person(client, drive):
    driver = drive("FEE")
    officer(driver, "petugas", OTHER)
    engineer = officer(driver, "tim_teknis", None)
    assert "permohonan yang sama" in change(client, engineer, OTHER)


def test_the_operator_corrects_a_nik_but_makes_no_two_persons_one(drive):
    driver = drive("RECORDING")
    officer(driver, "petugas", OTHER)
    email, said = driver.applicant.email, io.StringIO()
    with pytest.raises(CommandError, match="permohonan yang sama"):
        call_command("ganti_nik", email, OTHER)
    with pytest.raises(CommandError, match="16 angka"):
        call_command("ganti_nik", email, "123")
    call_command("ganti_nik", email, FREE, stdout=said)
    assert nik_of(driver.applicant) == FREE and FREE not in said.getvalue()
