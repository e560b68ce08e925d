import datetime

import pytest
from django.db import connections, transaction

from documents import numbering
from documents.models import Counter
from imbportal.daerah.paper_kinds import PaperKind

WIB = datetime.timezone(datetime.timedelta(hours=7))
DAY = datetime.datetime(2026, 9, 15, 10, tzinfo=WIB)
PERMIT = {"pattern": "SK-PBG-{kecamatan}-{date}-{n3}", "per": "kecamatan", "reset": "day"}
LETTER = {"pattern": "{n4}/SKRD/{roman_month}/{year}"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def take(rules):
    """Take a number of one kind, described in a word or two."""

    def take(kind, at=DAY, kecamatan="35.28.01"):
        paper = {"x": PaperKind(title="X", **kind)}
        return numbering.take(rules.model_copy(update={"paper": paper}), "x", at, kecamatan)

    return take


def test_permits_count_by_day_and_kecamatan(take):
    assert [take(PERMIT), take(PERMIT)] == [
        "SK-PBG-352801-15092026-001",
        "SK-PBG-352801-15092026-002",
    ]
    assert take(PERMIT, kecamatan="352804") == "SK-PBG-352804-15092026-001"
    assert take(PERMIT, at=DAY + datetime.timedelta(1)) == "SK-PBG-352801-16092026-001"


def test_letters_count_by_year(take):
    assert take(LETTER) == "0001/SKRD/IX/2026"
    assert take(LETTER, at=DAY + datetime.timedelta(60)) == "0002/SKRD/XI/2026"


@pytest.mark.parametrize(
    "last, number", [(0, "001"), (8, "009"), (9, "010"), (99, "100"), (999, "1000")]
)
def test_a_number_grows_beyond_its_zeros(take, last, number):
    take(PERMIT)
    Counter.objects.update(value=last)
    assert take(PERMIT).endswith(f"-{number}")


def test_the_year_turns_at_midnight_of_the_daerah(take):
    before = datetime.datetime(2026, 12, 31, 23, 59, 59, 900_000, tzinfo=WIB)
    assert take(LETTER, at=before.astimezone(datetime.UTC)) == "0001/SKRD/XII/2026"
    after = before + datetime.timedelta(milliseconds=100)
    assert take(LETTER, at=after.astimezone(datetime.UTC)) == "0001/SKRD/I/2027"


def test_a_rollback_gives_the_number_back(take):
    take(LETTER)
    with pytest.raises(RuntimeError), transaction.atomic():
        assert take(LETTER).startswith("0002")
        raise RuntimeError
    assert take(LETTER).startswith("0002")


def test_counting_by_kecamatan_needs_one(take):
    with pytest.raises(ValueError, match="kecamatan"):
        take(PERMIT, kecamatan="")


def test_every_pattern_of_the_file_can_be_printed(rules):
    for kind in rules.paper.values():
        text = numbering.printed(kind, 7, DAY.date(), "352801")
        assert "7" in text and "{" not in text


@pytest.mark.django_db
def test_outside_a_transaction_no_number_is_taken(take, monkeypatch):
    # Said, not made so: a test with real commits would be emptied afterwards, which the
    # append-only tables refuse.
    with monkeypatch.context() as patch, pytest.raises(transaction.TransactionManagementError):
        patch.setattr(connections["default"], "in_atomic_block", False)
        take(LETTER)
