"""Households of low income are exempt, as the file says."""

import datetime

import pytest
import time_machine
from django.utils import timezone
from recorded import DATA, PART, issue

from applications.models import Application, Record
from retribusi import invariants, services

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


POOR = {
    "mbr": True, "mbr_rumah": "swadaya", "mbr_keluarga": "kawin", "mbr_penghasilan": "6500000",
}  # fmt: skip


@pytest.fixture
def cottage(case):
    """A house of 45 m², filed by a household of low income, recorded as it was filed."""
    Application.objects.filter(pk=case.pk).update(
        function="hunian", floors=1, floor_area=45, facts=POOR
    )
    record = {"bangunan": [PART | {"luas": "45"}], "prasarana": []}
    Record.objects.filter(application=case).update(data=DATA | record)
    return Application.objects.get(pk=case.pk)


def test_a_low_income_household_gets_a_bill_of_nothing(cottage, sari):
    assessment = services.assess(cottage, by=sari)
    assert assessment.total == 0 and assessment.input["keringanan"] == "mbr"
    content = services.draft_bill(cottage, timezone.now())
    assert dict(content.facts)["Pembebasan"].startswith("100")
    bill = issue(cottage)
    assert (bill.amount, bill.settled_at is None) == (0, False)
    assert [*invariants.relief_rows()] == []


def test_what_the_office_measured_goes_before_what_was_answered(cottage, sari):
    record = {"bangunan": [PART | {"luas": "48.5"}], "prasarana": []}
    Record.objects.filter(application=cottage).update(data=DATA | record)
    assert services.assess(cottage, by=sari).total > 0


def test_before_the_daerahs_regulation_it_pays_as_all_do(cottage, sari):
    with time_machine.travel(datetime.datetime(2024, 11, 24, 5, tzinfo=datetime.UTC)):
        assert services.assess(cottage, by=sari).total > 0
