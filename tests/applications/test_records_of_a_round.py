"""A record is the work of the round in which it was written: after a return it is saved anew."""

import pytest

from applications import services
from applications.refusals import Unmet


def approve(driver):
    services.perform("approve_technical", driver.fresh(), by=driver.actor())


def reach_again(drive, move):
    driver = drive(
        {"return_assessment": "FEE", "return_permit": "PERMIT_SIGNING"}.get(move, "ASSESSMENT")
    )
    if move == "revise":
        driver.write_records()
        driver.sideways("request_revision")
        driver.sideways("revise")
    else:
        driver.perform(move, driver.actor(), "Luas pada gambar berbeda.")
    driver.fresh()
    return driver


@pytest.mark.parametrize("move", ["revise", "return_assessment", "return_permit"])
def test_the_sheet_of_an_earlier_round_approves_nothing(drive, move):
    driver = reach_again(drive, move)
    driver.judge_all()
    with pytest.raises(Unmet, match="Periksa lalu simpan lagi lembar penilaian teknis"):
        approve(driver)
    driver.write_records()
    approve(driver)
    assert driver.fresh().state == "FEE"


def test_it_is_still_there_to_be_read_and_the_desk_says_so(client, drive):
    driver = reach_again(drive, "revise")
    assert driver.case.records.filter(kind="penilaian").exists()
    client.force_login(
        driver.actor(), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    page = client.get(f"/admin/permohonan/{driver.case.pk}/").content.decode()
    assert "periksa dan simpan lagi" in page
