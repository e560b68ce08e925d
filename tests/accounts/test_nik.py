"""The structure of a NIK."""

import datetime

import pytest

from imbportal import nik


@pytest.mark.parametrize(
    ("number", "sex", "birth"),
    [
        ("3528014507900001", "P", datetime.date(1990, 7, 5)),
        ("3404072902000003", "L", datetime.date(2000, 2, 29)),
        ("3528 0145 0790 0001", "P", datetime.date(1990, 7, 5)),
        ("9999991708450002", "L", datetime.date(1945, 8, 17)),  # no such region: not refused
    ],
)
def test_a_sound_nik_tells_sex_and_birth(number, sex, birth):
    found = nik.parse(number)
    assert (found.sex, found.birth) == (sex, birth)


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("3404073102000003", "Tanggal lahir"),  # 31 February
        ("3404077102000003", "Tanggal lahir"),  # 31 February, woman
        ("3528012902010001", "Tanggal lahir"),  # 29 February 2001 and 1901
        ("357401710170001", "16 angka"),  # 15 digits
        ("35740171017000O1", "16 angka"),
        ("3528014507900000", "0000"),
        ("٣٥٢٨٠١٤٥٠٧٩٠٠٠٠١", "16 angka"),
        ("", "16 angka"),
    ],
)
def test_a_broken_nik_is_refused_in_words(number, says):
    with pytest.raises(ValueError, match=says):
        nik.parse(number)


def test_the_century_follows_from_today():
    assert nik.parse("3528010101300001", datetime.date(2029, 1, 1)).birth.year == 1930
    assert nik.parse("3528010101300001", datetime.date(2031, 1, 1)).birth.year == 2030


def test_a_lookup_is_keyed(settings):
    from imbportal.crypto import lookup

    first = lookup("3528014507900001")
    settings.SALT_KEY = "another-key"
    assert first != lookup("3528014507900001")
    assert lookup("") == ""
