"""Ways of writing amounts, dates, names and telephone numbers."""

import datetime
from decimal import Decimal

import pytest
from django.template import Context, Engine
from hypothesis import given
from hypothesis import strategies as st

from imbportal import indonesia

UNITS = "nol satu dua tiga empat lima enam tujuh delapan sembilan".split()
GROUPS = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


def in_figures(words):
    """Read an amount in words back, by another way than it was written."""
    total = group = last = 0
    words = words.replace("sebelas", "satu belas").replace("seribu", "satu ribu")
    for word in words.replace("sepuluh", "satu puluh").replace("seratus", "satu ratus").split():
        if word in UNITS:
            last = UNITS.index(word)
        elif word in GROUPS:
            total, group, last = total + (group + last) * GROUPS[word], 0, 0
        else:
            times = {"belas": 1, "puluh": 10, "ratus": 100}[word]
            group, last = group + (last + 10 if word == "belas" else last * times), 0
    return total + group + last


@pytest.mark.parametrize(
    "number, words",
    [
        (0, "nol"),
        (11, "sebelas"),
        (100, "seratus"),
        (1000, "seribu"),
        (1011, "seribu sebelas"),
        (21_000, "dua puluh satu ribu"),
        (101_000, "seratus satu ribu"),
        (187_625, "seratus delapan puluh tujuh ribu enam ratus dua puluh lima"),
        (1_001_000, "satu juta seribu"),
        (1_001_001_000, "satu miliar satu juta seribu"),
    ],
)
def test_amounts_in_words(number, words):
    assert indonesia.terbilang(number) == words


@given(st.integers(0, 10**15 - 1))
def test_words_read_back_as_the_amount(number):
    words = indonesia.terbilang(number)
    assert in_figures(words) == number
    assert not words.startswith("satu ribu") and " juta satu ribu" not in words


def test_a_negative_amount_has_no_words():
    with pytest.raises(ValueError):
        indonesia.terbilang(-1)


@pytest.mark.parametrize(
    "amount, text", [(0, "Rp0"), (999, "Rp999"), (1_392_000, "Rp1.392.000"), (-5000, "-Rp5.000")]
)
def test_rupiah(amount, text):
    assert indonesia.rupiah(amount) == text


def test_rupiah_has_no_fraction():
    with pytest.raises(ValueError):
        indonesia.rupiah(Decimal("10.5"))


@pytest.mark.parametrize(
    "value, places, text",
    [
        (Decimal("1234.50"), None, "1.234,5"),
        (Decimal("0.580"), None, "0,58"),
        (Decimal("100"), None, "100"),
        (Decimal("1E+3"), None, "1.000"),
        (Decimal("2.345"), 2, "2,35"),
        (139200, 2, "139.200,00"),
    ],
)
def test_numbers_have_a_decimal_comma(value, places, text):
    assert indonesia.angka(value, places) == text


def test_a_moment_is_dated_in_the_daerahs_own_zone():
    late = datetime.datetime(2026, 11, 15, 17, 30, tzinfo=datetime.UTC)
    assert indonesia.tanggal(late, "Asia/Jakarta") == "16 November 2026"
    assert indonesia.tanggal(late, "UTC") == "15 November 2026"
    assert indonesia.tanggal(datetime.date(2026, 8, 17)) == "17 Agustus 2026"


def test_months_in_roman():
    assert [indonesia.roman(month) for month in (1, 4, 9, 12)] == ["I", "IV", "IX", "XII"]
    with pytest.raises(ValueError):
        indonesia.roman(13)


def test_masks_show_little():
    assert indonesia.mask_nik("3528014507900001") == "352801**********"
    assert indonesia.mask_name("Budi  Santosa") == "B*** S******"


@pytest.mark.parametrize(
    "text",
    ["081234567890", "6281234567890", "+62 812-3456-7890", "(0812) 3456.7890", "+62 0812 34567890"],
)
def test_every_way_to_write_a_mobile_number_is_the_same_number(text):
    assert indonesia.normalise_phone(text) == "+6281234567890"


@pytest.mark.parametrize(
    "text", ["", "0324322000", "+14155552671", "0812", "08123456789012", "0861234567", "abc"]
)
def test_what_is_no_indonesian_mobile_is_refused(text):
    with pytest.raises(ValueError, match="Nomor HP"):
        indonesia.normalise_phone(text)


def test_filters_are_at_hand_and_silent_on_nothing():
    engine = Engine(builtins=["imbportal.templatetags.indonesia"])
    template = engine.from_string("{{ a|rupiah }} {{ b|rupiah }}|{{ c|angka:2 }}|{{ d|tanggal }}")
    day = datetime.date(2026, 1, 2)
    shown = template.render(Context({"a": 5000, "b": None, "c": 2, "d": day}))
    assert shown == "Rp5.000 |2,00|2 Januari 2026"


@pytest.mark.parametrize("name, short", [
    ("Budi Santosa", "Budi"), ("PT Panen Raya", "PT Panen"), ("Sukarno", "Sukarno"), ("", ""),
])  # fmt: skip
def test_a_header_says_a_name_in_short(name, short):
    assert indonesia.short_name(name) == short


@pytest.mark.parametrize(
    ("stored", "shown"),
    [("+6281234567890", "0812-3456-7890"), ("+62812345678", "0812-3456-78"),
     ("budi@contoh.test", "budi@contoh.test"), ("(0341) 551234", "(0341) 551234"), ("", "")],
)  # fmt: skip
def test_a_mobile_number_is_shown_as_people_write_it(stored, shown):
    assert indonesia.telepon(stored) == shown


def test_a_percentage_never_breaks_before_its_sign():
    assert indonesia.persen("0.50") == "0,5\N{NO-BREAK SPACE}%"
