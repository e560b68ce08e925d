"""The arithmetic of the index, against a case that was computed elsewhere, and at its edges."""

from decimal import Decimal
from fractions import Fraction

import pytest

from feedback import quarters
from feedback.quarters import Quarter
from feedback.survey import answers, index

RESPONDENTS = [
    [3, 3, 3, 4, 3, 3, 4, 3, 3], [4, 3, 2, 4, 3, 3, 3, 3, 2],
    [3, 3, 3, 4, 4, 3, 3, 2, 3], [2, 3, 2, 4, 3, 3, 3, 3, 2],
]  # fmt: skip


def test_four_respondents_come_to_75_69_which_is_c():
    value = index.index(index.sums(RESPONDENTS), 4)
    assert value == Decimal("75.69")
    assert index.band(value)[:2] == ("C", "Kurang Baik")
    cut = sum(Decimal("0.11") * Decimal(total) / 4 for total in index.sums(RESPONDENTS)) * 25
    assert cut < 75, "a weight cut to 0,11 would lose most of a point"


def test_every_published_index_lies_in_one_band_and_the_better_is_never_the_lower():
    seen = [index.band(Decimal(hundredths).scaleb(-2)).grade for hundredths in range(2500, 10001)]
    assert seen == sorted(seen, reverse=True)
    counts = {grade: seen.count(grade) for grade in "ABCD"}
    assert counts == {"A": 1170, "B": 1170, "C": 1161, "D": 4000}


@pytest.mark.parametrize(
    ("exact", "published", "grade"),
    [("64.99", "64.99", "D"), ("64.994999", "64.99", "D"), ("64.995", "65.00", "C"),
     ("76.60", "76.60", "C"), ("76.604999", "76.60", "C"), ("76.605", "76.61", "B"),
     ("88.30", "88.30", "B"), ("88.305", "88.31", "A"), ("25", "25.00", "D"),
     ("100", "100.00", "A")],
)  # fmt: skip
def test_the_band_is_that_of_the_figure_as_it_is_published(exact, published, grade):
    value = index.rounded(Fraction(exact))
    assert (str(value), index.band(value).grade) == (published, grade)


def test_all_that_can_be_answered_has_an_index_and_nine_elements():
    for respondents in (1, 5, 7, 320):
        for total in range(respondents, 4 * respondents + 1):
            totals = [total] * 8 + [5 * respondents - total]
            value = index.index(totals, respondents)
            exact = Fraction(25, 9) * Fraction(sum(totals), respondents)
            assert abs(Fraction(value) - exact) <= Fraction(1, 200)
            assert len(index.elements(totals, respondents)) == 9


@pytest.mark.parametrize(
    "totals", [[4] * 8, [4] * 8 + [17], [4] * 8 + [3]], ids=["eight", "above", "below"]
)
def test_what_nine_answers_cannot_be_is_refused(totals):
    with pytest.raises(ValueError):
        index.index(totals, 4)
    for value in ("24.99", "100.01", "70.001"):
        with pytest.raises(ValueError):
            index.band(Decimal(value))


def test_no_group_is_told_from_which_a_smaller_one_follows():
    assert index.telling({"imb": 9, "pecah": 3}, 5) == []
    assert index.telling({"imb": 9, "pecah": 5}, 5) == ["imb", "pecah"]
    assert index.telling({"imb": 9, "pecah": 6, "duplikat": 1}, 5) == ["imb"]
    assert index.telling({"imb": 9, "pecah": 3, "duplikat": 2}, 5) == ["imb"]


def test_quarters_follow_each_other_and_are_named():
    third = Quarter(2026, 3)
    assert (third.first.isoformat(), third.last.isoformat()) == ("2026-07-01", "2026-09-30")
    assert third.next.next == Quarter(2027, 1) and quarters.of(third.last) == third
    assert (third.label, third.months) == ("Triwulan III 2026", "Juli sampai September 2026")
    assert quarters.read("2026-3") == third
    assert [quarters.read(text) for text in ("2026-5", "x", "²026-1", "")] == [None] * 4


def test_numbers_and_addresses_are_taken_out_of_a_remark():
    text = (
        "Hubungi 0812-3456-7890 atau budi@contoh.test, NIK 3528011234567890. Biaya 139.200 wajar."
    )
    assert answers.without_numbers(text) == (
        "Hubungi [dihapus] atau [dihapus] NIK [dihapus]. Biaya 139.200 wajar."
    )
