"""Numbers of papers and cases: gapless in each series, by the pattern of the daerah's file."""

from __future__ import annotations

import datetime
import re
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from documents.models import Counter
from imbportal import indonesia
from imbportal.daerah.paper_kinds import PaperKind
from imbportal.daerah.schema import Daerah


def take(rules: Daerah, kind: str, at: datetime.datetime, kecamatan: str = "") -> str:
    """Return the next number of a kind of paper on the daerah's day of ``at``.

    The caller's transaction keeps the series locked until it ends, and gives the number back
    where it fails: so take a number last. KeyError for a kind that the file does not have;
    ValueError where the kind counts by kecamatan and none is given.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a number is taken inside a transaction")
    paper = rules.numbered(kind)
    kecamatan = kecamatan.replace(".", "")
    day = at.astimezone(ZoneInfo(rules.timezone)).date()
    return printed(paper, count(series(rules, kind, day, kecamatan)), day, kecamatan)


def series(rules: Daerah, kind: str, day: datetime.date, kecamatan: str = "") -> str:
    """Return the name of the series in which this number counts."""
    paper = rules.numbered(kind)
    if not kecamatan and (paper.per == "kecamatan" or "{kecamatan}" in paper.pattern):
        raise ValueError(f"{kind} is numbered by kecamatan, but none is known")
    place = kecamatan if paper.per == "kecamatan" else "-"
    period = f"{day:%Y}" if paper.reset == "year" else f"{day:%Y-%m-%d}"
    return f"{rules.slug}:{kind}:{place}:{period}"


def printed(paper: PaperKind, n: int, day: datetime.date, kecamatan: str = "") -> str:
    """Return one number as the pattern writes it; numbers that outgrow their zeros get longer."""
    return paper.pattern.format(
        n=n,
        n3=f"{n:03d}",
        n4=f"{n:04d}",
        year=day.year,
        month=f"{day.month:02d}",
        roman_month=indonesia.roman(day.month),
        date=f"{day:%d%m%Y}",
        kecamatan=kecamatan,
    )


PLACES = {
    "{n}": r"(\d+)", "{n3}": r"(\d+)", "{n4}": r"(\d+)", "{year}": r"\d{4}", "{month}": r"\d\d",
    "{roman_month}": "[IVX]+", "{date}": r"\d{8}", "{kecamatan}": r"\d+",
}  # fmt: skip


def serial(paper: PaperKind, number: str) -> str:
    """Return the counted part of a number as it stands there; "" of one by another pattern."""
    parts = re.split(r"({\w*})", paper.pattern)
    found = re.fullmatch("".join(PLACES.get(part) or re.escape(part) for part in parts), number)
    return found[1] if found else ""


def count(key: str) -> int:
    """Return the next number of a series, which stays locked until the transaction ends."""
    # SQLite knows no row lock: there the IMMEDIATE transaction is the lock.
    held = Counter.objects.select_for_update().filter(key=key)
    counter = held.first()
    if counter is None:
        Counter.objects.get_or_create(key=key)
        counter = held.get()
    counter.value += 1
    counter.save(update_fields=["value"])
    return counter.value
