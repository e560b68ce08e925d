"""The promised day of a case with its arithmetic, line by line."""

from applications import clock
from applications.views.progress import UNITS, headline
from imbportal.daerah import calendar
from imbportal.daerah.vocabulary import WITH_APPLICANT
from imbportal.indonesia import tanggal


def promises(application, events):
    """Return each promised time that has begun: its end, how it stands, and how it was counted.

    Of a case that its applicant let go nothing was promised, nor of a permit that was revoked.
    """
    if application.state in ("WITHDRAWN", "LAPSED") or application.permit_revoked:
        return []
    return [_shown(application, events, running) for running in clock.totals(application, events)]


def _shown(application, events, running):
    today = clock.today(application)
    return {
        "end": running.end,
        "finished": running.finished,
        "left": (running.end - today).days,
        "yours": application.state in WITH_APPLICANT and running.finished is None,
        "lines": [*_lines(application, events, running)],
        "deadline": running.deadline,
        "said": f"{running.deadline.amount} {UNITS[running.deadline.unit]}",
    }


def _lines(application, events, running):
    """Yield (what, words) from the start to the result."""
    unit, amount = UNITS[running.deadline.unit], running.deadline.amount
    start = next((e for e in reversed(events) if e.move == running.deadline.start), None)
    done = f": {headline(application, start)}" if start else ""
    yield "Mulai", f"{tanggal(running.start)}{done}. Hari pertama adalah hari sesudahnya."
    yield "Waktu layanan", f"{amount} {unit}"
    for begin, end, days in running.pauses:
        yield "Berhenti", f"{tanggal(begin)} sampai {tanggal(end)}, giliran Anda: {days} {unit}"
    if running.deadline.unit == "hari_kerja":
        yield "Tidak dihitung", _shut(application, running)
    total = f"{amount} + {running.stopped}" if running.stopped else f"{amount}"
    yield "Hasil", f"{total} {unit} sejak {tanggal(running.start)} = {tanggal(running.end)}"


def _shut(application, running):
    """Return the days on which the office is shut meanwhile."""
    found = calendar.holidays_between(application.daerah, running.start, running.end)
    named = [f"{tanggal(day)} ({name})" for day, name in found]
    return "; ".join(["Sabtu dan Minggu", *named])
