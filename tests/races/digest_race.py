"""Two workers make the digest of a day at the same moment, each by his own connection; without the
unique constraints a day has two."""

import datetime
import time
from unittest import mock

import time_machine
from abreast import side_by_side, together
from django.db import connection, transaction
from django.utils import timezone

from applications import events
from applications.chains import digests
from applications.models import Application, ChainDigest
from documents.invariants import numbers
from imbportal.demo import people

SLUG = "contoh"
NOON = datetime.datetime(2030, 1, 1, 4, tzinfo=datetime.UTC)


def figures(count, control):
    _case()
    begin = time.monotonic()
    held = _race(range(count))
    seconds = round(time.monotonic() - begin, 2)
    held |= {"faults": [fault.text for fault in numbers()] + _broken()}
    _drop_constraints()
    open_ = _race(range(count, count + control))
    return {
        "count": count, "seconds": seconds, "locked": 0, **held,
        "control": {"count": control, **open_},
    }  # fmt: skip


def _drop_constraints():
    dropped, ChainDigest._meta.constraints = ChainDigest._meta.constraints, []
    with connection.schema_editor() as editor:  # SQLite makes the table anew, as the model says
        for constraint in dropped:
            editor.remove_constraint(ChainDigest, constraint)


def _broken():
    return [what for _, what in digests.broken(SLUG)]


@transaction.atomic
def _case():
    by = people.applicant("budi")
    case = Application.objects.create(daerah=SLUG, applicant=by, number="R-1", state="SUBMITTED")
    events.append(
        case, move="submit", source="DRAFT", target="SUBMITTED", turn_before=0, turn_after=0,
        actor=by, capacity="Pemohon", at=timezone.now(),
    )  # fmt: skip


def _race(rounds):
    """Count days with two digests, and answers that should not be."""
    answers = sum(side_by_side(_hand, [(rounds, together())] * 2), [])
    days = list(ChainDigest.objects.filter(daerah=SLUG).values_list("day", flat=True))
    doubles = len(days) - len(set(days))
    odd = [answer for answer in answers if answer not in ("dibuat", "kalah")]
    return {
        "violations": doubles + len(odd), "doubles": doubles, "winners": answers.count("dibuat"),
        "refused": answers.count("kalah"), "odd": sorted(set(odd))[:3],
    }  # fmt: skip


def _hand(rounds, barrier):
    answers = []
    for number in rounds:
        with time_machine.travel(NOON + datetime.timedelta(days=number), tick=True):
            seen = digests.due(SLUG)
            barrier.wait()
            answers.append(_make(seen))
            barrier.wait()
    return answers


def _make(seen):
    """Make the digest of a day that was due before either hand began."""
    real, asked = digests.due, []

    def due(slug):
        asked.append(slug)
        return seen if len(asked) == 1 else real(slug)

    with mock.patch.object(digests, "due", due):
        try:
            return "dibuat" if digests.make(SLUG) else "kalah"
        except Exception as error:  # what it was stands in the figures
            return repr(error)
