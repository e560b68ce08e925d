"""What a late payment costs: worked rows, what must always hold, a second calculation, the file."""

import calendar
import datetime
import random
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from imbportal.daerah import interest as file
from imbportal.daerah import loader, registry, tables
from retribusi.arrears.interest import interest, month_end, months

pytestmark = pytest.mark.satu_basis_data
DAY, PRINCIPAL = datetime.timedelta(days=1), 499_770


@dataclass(frozen=True)
class Rule:
    percent: Decimal = Decimal(1)
    max_months: int = 24


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    "due, paid, count, one, two",
    [
        ("2026-06-30", "2026-06-30", 0, 0, 0),
        ("2026-06-30", "2026-07-01", 1, 4_998, 9_995),
        ("2026-06-30", "2026-07-30", 1, 4_998, 9_995),
        ("2026-06-30", "2026-07-31", 2, 9_995, 19_991),
        ("2026-01-31", "2026-02-28", 1, 4_998, 9_995),
        ("2026-01-31", "2026-03-01", 2, 9_995, 19_991),
        ("2024-01-30", "2024-02-29", 1, 4_998, 9_995),
        ("2024-02-29", "2025-02-28", 12, 59_972, 119_945),
        ("2026-06-30", "2028-07-01", 24, 119_945, 239_890),
    ],
)
def test_a_begun_month_counts_whole(due, paid, count, one, two):
    found = [interest(PRINCIPAL, day(due), day(paid), Rule(Decimal(p))) for p in (1, 2)]
    assert [(item.months, item.amount) for item in found] == [(count, one), (count, two)]


DAYS = st.dates(datetime.date(2000, 1, 1), datetime.date(2090, 12, 31))


@given(due=DAYS, late=st.integers(0, 900), more=st.integers(0, 60), amount=st.integers(1, 10**12))
@example(due=datetime.date(2024, 1, 31), late=29, more=1, amount=1)
@example(due=datetime.date(2023, 2, 28), late=1, more=31, amount=50)
def test_interest_never_falls_with_the_days_and_never_passes_the_cap(due, late, more, amount):
    paid, rule = due + late * DAY, Rule()
    sooner, later = (interest(amount, due, d, rule) for d in (paid, paid + more * DAY))
    assert 0 <= sooner.amount <= later.amount <= amount * 24 // 100 + 1
    assert sooner.months <= later.months <= 24 and (sooner.months == 0) == (late == 0)
    assert later.begun - sooner.begun <= more // 28 + 1


@given(due=DAYS, number=st.integers(1, 40))
def test_a_month_ends_on_the_day_of_the_due_date_or_on_its_last(due, number):
    end = month_end(due, number)
    last = calendar.monthrange(end.year, end.month)[1]
    assert end.day == due.day or (end.day == last < due.day)
    assert (months(due, end), months(due, end + DAY)) == (number, number + 1)


def by_fractions(principal, due, paid, percent, cap):
    """Calculate again, by counting months one day at a time and adding fractions."""
    count, today = 0, due
    ends = due
    while today < paid:
        today += DAY
        if today > ends or count == 0:
            count += 1
            year, month = (due.year + (due.month - 1 + count) // 12), (due.month - 1 + count) % 12
            ends = datetime.date(year, month + 1, 1)
            while ends.day < due.day and (ends + DAY).month == ends.month:
                ends += DAY
    exact = Fraction(principal) * Fraction(percent) * min(count, cap) / 100
    return int(exact + Fraction(1, 2))


def test_a_second_calculation_agrees_on_two_thousand_dates():
    dice = random.Random(7)
    for _ in range(2000):
        due = datetime.date(2010, 1, 1) + dice.randrange(8000) * DAY
        paid = due + dice.randrange(-3, 120 if dice.random() < 0.9 else 900) * DAY
        percent, cap = dice.choice(["1", "2", "0.5", "1.75"]), dice.choice([24, 12, 15])
        principal = dice.randrange(1, 10 ** dice.randrange(2, 11))
        found = interest(principal, due, paid, Rule(Decimal(percent), cap)).amount
        assert found == by_fractions(principal, due, paid, percent, cap), (principal, due, paid)


# -- The file -------------------------------------------------------------------------------
MODEL = (registry.FOLDER / "contoh.toml").read_text(encoding="utf-8")
OWN = '[[interest]]\nberlaku = {}\n{}percent = 3\nmax_months = 6\ncite = "Perda X"\n\n'


def model(*rows):
    own = "".join(OWN.format(start, f"sampai = {end}\n" if end else "") for start, end in rows)
    return MODEL.replace("\n[[tariff]]\n", f"\n{own}[[tariff]]\n", 1)


def test_the_law_of_the_due_date_counts_and_a_daerahs_own_rows_go_over_it():
    plain = loader.load(MODEL, "contoh.toml")
    shown = {day: file.on(plain, datetime.date.fromisoformat(day)) for day in
             ("2009-12-31", "2023-06-30", "2024-01-04", "2024-01-05", "2026-06-30")}  # fmt: skip
    assert shown.pop("2009-12-31") is None
    assert [(int(row.percent), row.warn) for row in shown.values()] == [
        (2, True), (2, True), (1, False), (1, False),
    ]  # fmt: skip
    own = loader.load(model(("2025-01-01", "2025-12-31")), "contoh.toml")
    percents = [int(file.on(own, day(text)).percent) for text in
                ("2024-12-31", "2025-01-01", "2025-12-31", "2026-01-01")]  # fmt: skip
    assert percents == [1, 3, 3, 1]


@pytest.mark.parametrize(
    "text, key, problem",
    [
        (model(("2025-01-01", ""), ("2026-01-01", "")), "interest[1].berlaku", "overlaps"),
        (model(("2025-01-01", "2025-05-31"), ("2025-06-02", "")), "interest[1].berlaku", "gap"),
        (model(("2025-01-01", "2024-12-31")), "interest[0].sampai", "before berlaku"),
        (model(("2025-01-01", "")).replace("percent = 3", "percent = 30"),
         "interest[0].percent", "not between"),
        (model(("2025-01-01", "")).replace("months = 6", "months = 0"),
         "interest[0].max_months", "not between"),
        (model(("2025-01-01", "")).replace('cite = "Perda X"', "rate = 3"),
         "interest[0].rate", "unknown key"),
        (model(("2025-01-01", "")).replace('cite = "Perda X"', 'cite = "Perda X"\ncontoh = true'),
         "interest[0].note", "says so"),
        (MODEL.replace('/STRD/{roman_month}/{year}"\nsigned_by = "kepala"',
                       '/STRD/{roman_month}/{year}"'), "paper.strd.signed_by", "somebody signs"),
    ],
)  # fmt: skip
def test_a_file_with_a_gap_an_overlap_or_a_wrong_figure_is_refused(text, key, problem):
    with pytest.raises(loader.DaerahError) as caught:
        loader.load(text, "contoh.toml")
    assert any(f"contoh.toml: {key}: " in line and problem in line
               for line in str(caught.value).splitlines()), caught.value  # fmt: skip


def test_the_national_table_has_no_gap_no_end_and_says_what_is_a_sample():
    text = (tables.FOLDER / "bunga.toml").read_text(encoding="utf-8")
    assert all(row.contoh for row in file.parse(text))
    assert "bunga" not in tables.names(), "it is no table of a tariff"
    endless = "berlaku = 2024-01-05"
    for old, new in (
        ("2024-01-04", "2024-01-03"),
        ("2024-01-04", "2024-01-05"),
        (endless, f"{endless}\nsampai = 2030-01-01"),
    ):
        with pytest.raises(ValidationError):
            file.parse(text.replace(old, new))
