"""Until when an answer is promised, and how that day was counted."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from feedback.models import Complaint
from imbportal.daerah import calendar
from imbportal.daerah.schema import Daerah
from imbportal.indonesia import tanggal
from imbportal.publik import UNITS

QUIET_DAYS = 10
"""Days after an answer in which who complained may say that it is not settled; then it closes."""


def end(rules: Daerah, start: datetime.date) -> datetime.date | None:
    """Return the last day for an answer to what was received on ``start``."""
    term = rules.complaint.term
    return calendar.deadline_end(rules.slug, start, term) if term else None


def words(rules: Daerah) -> str:
    """Return "5 hari kerja", empty where no term runs."""
    term = rules.complaint.term
    return f"{term.amount} {UNITS[term.unit]}" if term else ""


def lines(complaint: Complaint) -> list[tuple[str, str]]:
    """Return (what, words) from the day of receipt to the promised day."""
    rules, end_day = complaint.rules, complaint.promised_on
    term = rules.complaint.term
    if term is None or end_day is None:
        return [("Diterima", tanggal(complaint.received_on)), ("Batas jawaban", "belum ditetapkan")]
    found = [
        ("Diterima", f"{tanggal(complaint.received_on)}. Hari pertama adalah hari sesudahnya."),
        ("Waktu menjawab", words(rules)),
    ]
    if term.unit == "hari_kerja":
        shut = calendar.holidays_between(rules.slug, complaint.received_on, end_day)
        named = [f"{tanggal(day)} ({name})" for day, name in shut]
        found.append(("Tidak dihitung", "; ".join(["Sabtu dan Minggu", *named])))
    sum_words = f"{tanggal(complaint.received_on)} + {words(rules)} = {tanggal(end_day)}"
    return [*found, ("Dijawab paling lambat", sum_words)]


def left(complaint: Complaint) -> int | None:
    """Return the days to the end of the term; negative is late, None where none runs."""
    if complaint.due_at is None or not complaint.is_open:
        return None
    return (complaint.due_at - calendar.today(complaint.daerah)).days


def local_day(complaint: Complaint, at: datetime.datetime) -> datetime.date:
    return at.astimezone(ZoneInfo(complaint.rules.timezone)).date()


def closes_on(complaint: Complaint) -> datetime.date:
    """Return the last day on which an answered complaint can be reopened."""
    return local_day(complaint, complaint.moved_at) + datetime.timedelta(days=QUIET_DAYS)
