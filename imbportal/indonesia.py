"""How numbers, dates, names and telephone numbers are written in Indonesian."""

import datetime
import re
import zoneinfo
from decimal import Decimal
from typing import Any

from django.utils import timezone

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
SEPARATORS = str.maketrans(",.", ".,")
TERBILANG_LIMIT = 10**15
"""First amount that is not written in words; far over any daerah's budget."""
NOT_A_MOBILE = "Nomor HP tidak dikenali. Tulis seperti 0812 3456 7890."


def today() -> datetime.date:
    """Return the present day in the portal's own zone, whatever zone a page has chosen since.

    For what belongs to no daerah: letters of attorney, postings, birthdays. What belongs to one
    asks ``calendar.today(slug)``, which may be a day ahead at night.
    """
    return timezone.localdate(timezone=timezone.get_default_timezone())  # noqa: TID251


def rupiah(amount: int | Decimal) -> str:
    """Return whole rupiah as ``Rp1.392.000``; ValueError on a fraction."""
    if amount != int(amount):
        raise ValueError(f"not whole rupiah: {amount}")
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{angka(abs(int(amount)))}"


def angka(value: Any, places: int | None = None) -> str:
    """Return a number with points for thousands and a decimal comma.

    ``places`` fixes the decimals (rounded half up, for print only); without it the value stands
    as it is, without trailing zeros.
    """
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    if places is None:
        text = f"{number:,f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        text = f"{number.quantize(Decimal(1).scaleb(-int(places)), 'ROUND_HALF_UP'):,f}"
    return text.translate(SEPARATORS)


def persen(value: Any, places: int | None = None) -> str:
    """Return ``0,5 %`` with a space at which no line breaks."""
    return f"{angka(value, places)}\N{NO-BREAK SPACE}%"


def terbilang(number: int) -> str:
    """Return a whole number from 0 in words, without a unit: ``satu juta seribu``."""
    from num2words import num2words

    number = int(number)
    if not 0 <= number < TERBILANG_LIMIT:
        raise ValueError(f"cannot be written in words: {number}")
    words: str = num2words(number, lang="id")
    # num2words says "satu juta satu ribu"; one thousand by itself is "seribu".
    return re.sub(r"(?<!puluh )(?<!ratus )\bsatu ribu\b", "seribu", words)


def _local(moment: datetime.date, tz: str | datetime.tzinfo | None) -> datetime.date:
    if not isinstance(moment, datetime.datetime):
        return moment
    zone = zoneinfo.ZoneInfo(tz) if isinstance(tz, str) else tz
    return timezone.localtime(moment, zone) if timezone.is_aware(moment) else moment


def tanggal(moment: datetime.date, tz: str | datetime.tzinfo | None = None) -> str:
    """Return ``16 November 2026``; an aware datetime is read in ``tz`` (name or zone)."""
    day = _local(moment, tz)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def roman(month: int | datetime.date) -> str:
    """Return the month, 1 to 12 or a date, as letter numbers print it: ``XI``."""
    number = month if isinstance(month, int) else month.month
    if not 1 <= number <= len(ROMAN):
        raise ValueError(f"not a month: {month}")
    return ROMAN[number - 1]


def mask_nik(nik: str) -> str:
    """Return the area digits of a NIK and stars: ``352801**********``."""
    return nik[:6] + "*" * len(nik[6:])


LEGAL_FORMS = ("PT", "CV", "UD", "Yayasan", "Koperasi")


def short_name(name: str) -> str:
    """Return the first word of a name, of a company its form and first word."""
    words = name.split()
    return " ".join(words[: 2 if words[0] in LEGAL_FORMS else 1]) if words else ""


def mask_name(name: str) -> str:
    """Return the first letter of each word and stars: ``B*** S******``."""
    return " ".join(word[0] + "*" * (len(word) - 1) for word in name.split())


def telepon(text: str) -> str:
    """Return a stored mobile number as people write it: ``0812-3456-7890``; all else as it is."""
    match = re.fullmatch(r"\+62(8[0-9]{2})([0-9]{4})([0-9]{2,})", text)
    return f"0{match[1]}-{match[2]}-{match[3]}" if match else text


def normalise_phone(text: str) -> str:
    """Return an Indonesian mobile number as E.164; ValueError with a text for the person.

    The parser takes ``62812…`` without a plus for a national number that it calls valid, so the
    country code is settled before it looks.
    """
    import phonenumbers

    digits = re.sub(r"[\s().\-\u2010-\u2015]", "", text.strip())
    match = re.fullmatch(r"(?:\+?62|0062|0)0?(8[1235789][0-9]{7,10})", digits)
    if not match:
        raise ValueError(NOT_A_MOBILE)
    number = phonenumbers.parse(f"+62{match[1]}")
    mobile = phonenumbers.PhoneNumberType.MOBILE
    if not phonenumbers.is_possible_number_for_type(number, mobile):
        raise ValueError(NOT_A_MOBILE)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
