"""When what a paper asks for falls due: counted from its day of issue by the rule that it froze.

A paper is frozen at its first paraf and issued days later; its content therefore keeps the rule
and, where a due date rolls, the days on which the office is shut, and never the date itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, NamedTuple

from imbportal.indonesia import tanggal

DAY = datetime.timedelta(days=1)


class Due(NamedTuple):
    issued: datetime.date
    days: int
    counted: datetime.date
    """The day by calendar days alone."""
    end: datetime.date
    """The last day to pay: ``counted``, or the next working day after it."""

    @property
    def arithmetic(self) -> str:
        """Return how the day was found, in words for paper and page."""
        text = f"{self.days} hari sejak {tanggal(self.issued)}"
        if self.end == self.counted:
            return text
        shut = f"{tanggal(self.counted)} bukan hari kerja"
        return f"{text}; {shut}, jadi hari kerja berikutnya"


def of(rule: Mapping[str, Any] | None, issued: datetime.date) -> Due | None:
    """Return the due date of a paper issued on that day; None where its content has no rule."""
    if not rule:
        return None
    end = counted = issued + rule["days"] * DAY
    shut = set(rule.get("shut", ()))
    while end.isoformat() in shut:
        end += DAY
    return Due(issued, rule["days"], counted, end)


def stale(rule: Mapping[str, Any] | None, issued: datetime.date) -> bool:
    """Return whether a paper is issued so late that its frozen calendar no longer reaches."""
    due = of(rule, issued)
    return bool(rule and due and "until" in rule and due.end.isoformat() > rule["until"])
