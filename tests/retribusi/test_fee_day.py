"""The tariff changes while a case is on its way: which one it pays by, as its file says."""

import datetime
import hashlib

import pytest
import time_machine
from django.utils import timezone

from applications import casework
from applications.refusals import Unmet
from imbportal.daerah import calendar, loader, registry
from imbportal.demo import buildings, people
from imbportal.demo.driver import Driver
from retribusi import fee_day, services
from retribusi.public.recount import recount
from tests.applications.office_cast import Desk

pytestmark = pytest.mark.django_db
OLD, NEW = "contoh_2021", "contoh_baru"
CHANGED = "Tarif berganti sejak retribusi dihitung"
RULE = '[fee_day]\nby = "penetapan"'
BUDI = "budi"


def text_of(by, begins):
    """Return the model file with a dearer tariff from a day on, and its rule of the day."""
    text = (registry.FOLDER / "contoh.toml").read_text(encoding="utf-8")
    block = text[text.index("\n[[tariff]]") : text.index("[complaint]")]
    later = block.replace(OLD, NEW).replace("2021-02-02", f"{begins}").replace("6170000", "7000000")
    until = begins - datetime.timedelta(days=1)
    ended = block.replace("berlaku = 2021-02-02", f"berlaku = 2021-02-02\nsampai = {until}")
    assert RULE in text
    return text.replace(block, later + ended).replace(RULE, RULE.replace("penetapan", by))


@pytest.fixture
def newer_file(demo, monkeypatch):
    """Return a function that puts the file with the tariff of two days ahead into its place."""

    def put(by):
        text = text_of(by, calendar.today("contoh") + datetime.timedelta(days=2))
        rules, sha256 = loader.load(text, "contoh.toml"), hashlib.sha256(text.encode()).hexdigest()
        changed = registry.Source(rules, text, sha256)
        monkeypatch.setattr(registry, "_source", lambda slug: changed)

    return put


def drive(state):
    driver = Driver("contoh", people.applicant(BUDI), buildings.COTTAGE)
    driver.to(state)
    return driver


def afterwards():
    """Go to a day on which the new tariff is in force."""
    return time_machine.travel(timezone.now() + datetime.timedelta(days=3), tick=True)


def assess(driver):
    return casework.assess(driver.fresh(), by=driver.actor())


def refused(driver, move):
    with pytest.raises(Unmet, match=CHANGED):
        driver.perform(move, driver.actor())
    driver.fresh()


def test_a_fee_that_is_set_pays_the_tariff_of_the_day_on_which_it_is_set(
    newer_file, client, monkeypatch
):
    driver = drive("FEE")
    newer_file("penetapan")  # a case pays by what followed, although it is older
    first = assess(driver)
    assert first.tariff == OLD and services.ready(driver.fresh()) == []
    with afterwards():
        assert CHANGED in services.ready(driver.fresh())[0]
        refused(driver, "propose_skrd")
    driver.perform("propose_skrd", driver.actor())
    with afterwards():  # nobody signs a bill by a tariff that is over, and who signs sees why
        driver.fresh()
        refused(driver, "endorse")
        told = Desk(client, driver.case, driver.case.turn_role).words()
        assert "Konsep ini belum dapat dibuat" in told and CHANGED in told
    driver.perform("endorse", driver.actor())
    with afterwards():
        driver.fresh()
        refused(driver, "issue_skrd")
        bill_without_the_check(driver, monkeypatch)
        for move in ("send_back", "return_skrd"):
            driver.perform(move, driver.actor(), "Tarif berganti.")
            driver.fresh()
        second = assess(driver)
        driver.to("AWAITING_PAYMENT")
        bill = services.live_bill(driver.case)
        assert (second.tariff, bill.amount) == (NEW, second.total) and second.total > first.total
        assert bill.snapshot["result"]["tarif"]["id"] == NEW
        assert recount(bill).agrees  # the public recomputation finds the tariff that followed


def bill_without_the_check(driver, monkeypatch):
    """See that the wrong bill would go out if nobody asked."""
    from django.db import transaction

    with monkeypatch.context() as off, transaction.atomic():
        off.setattr(fee_day, "outdated", lambda application, assessment: [])
        driver.perform("issue_skrd", driver.actor())
        bill = services.live_bill(driver.fresh())
        assert bill.snapshot["result"]["tarif"]["id"] == OLD
        transaction.set_rollback(True)
    driver.fresh()


def test_a_bill_that_stands_has_set_the_fee_and_a_later_tariff_changes_nothing(newer_file):
    driver = drive("AWAITING_PAYMENT")
    newer_file("penetapan")
    day = calendar.today("contoh")
    with afterwards():
        case = driver.fresh()
        assert fee_day.of(case) == day and services.outdated(case) == []
        services.void_bill(case, "Salah nama", timezone.now())
        assert fee_day.of(case) > day and CHANGED in services.outdated(case)[0]


def test_an_application_pays_the_tariff_of_the_day_on_which_it_was_sent(newer_file, client):
    newer_file("permohonan")
    driver = drive("SUBMITTED")
    day = calendar.today("contoh")
    with afterwards():
        driver.to("FEE")
        assert assess(driver).tariff == OLD
        driver.to("AWAITING_PAYMENT")
        bill = services.live_bill(driver.case)
        assert bill.snapshot["result"]["tarif"]["id"] == OLD
        assert bill.snapshot["input"]["tanggal"] == day.isoformat()
        assert "hari permohonan yang lengkap dikirim" in client.get("/contoh/").content.decode()


def test_an_application_that_was_completed_later_was_sent_then(newer_file):
    newer_file("permohonan")
    driver = drive("INCOMPLETE")
    with afterwards():
        driver.sideways("resubmit")
        driver.to("FEE")
        assert assess(driver).tariff == NEW
