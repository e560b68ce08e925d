"""The structure of a NIK: PPKKCC DDMMYY SSSS, the day raised by 40 for women.

A sound structure proves no registration, and the region says where the number was given, not
where its bearer lives: no NIK is refused for its region.
Source: numbering rules of the Dukcapil offices as published by them.
"""

import datetime
import re
from dataclasses import dataclass
from typing import Literal

from imbportal import indonesia

FEMALE_OFFSET = 40


@dataclass(frozen=True)
class Nik:
    """What a NIK says of its bearer; ``region`` is the six-digit code of a kecamatan."""

    region: str
    birth: datetime.date
    sex: Literal["L", "P"]
    serial: int


def parse(nik: str, today: datetime.date | None = None) -> Nik:
    """Take a NIK apart; spaces, dots and dashes between the digits are let pass.

    Raises ValueError with an Indonesian text that says what is wrong.
    """
    digits = clean(nik)
    if not re.fullmatch(r"[0-9]{16}", digits):
        raise ValueError("NIK terdiri dari 16 angka, seperti tertulis di KTP.")
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    sex: Literal["L", "P"] = "P" if day > FEMALE_OFFSET else "L"
    birth = _birth(day - FEMALE_OFFSET if sex == "P" else day, month, year, today)
    serial = int(digits[12:])
    if serial == 0:
        raise ValueError("Empat angka terakhir NIK tidak mungkin 0000. Periksa lagi di KTP Anda.")
    return Nik(digits[:6], birth, sex, serial)


def clean(nik: str) -> str:
    """Return the NIK without the separators that people type."""
    return re.sub(r"[\s.\-]", "", nik or "")


def _birth(day: int, month: int, year: int, today: datetime.date | None) -> datetime.date:
    """Return the date in the newest century in which it is not in the future.

    29 February of year 00 exists in 2000 but not in 1900; the first century that has it counts.
    """
    today = today or indonesia.today()
    for century in (today.year // 100 * 100, today.year // 100 * 100 - 100):
        try:
            born = datetime.date(century + year, month, day)
        except ValueError:
            continue
        if born <= today:
            return born
    raise ValueError(
        "Tanggal lahir di dalam NIK (angka ke-7 sampai ke-12) tidak ada. Periksa lagi di KTP Anda."
    )
