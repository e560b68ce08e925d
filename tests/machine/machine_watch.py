"""What the machine holds every step against, and the table of what it reached."""

import re
from collections import Counter

from django.core.exceptions import ValidationError
from django.db import connection

from applications.models import Application
from applications.refusals import Barred, Conflict, NotVisible, Unmet
from applications.workflow import BY_NAME, State
from imbportal import uploads
from retribusi import invariants

KINDS = (NotVisible, Barred, Conflict, Unmet)
TALLY = """SELECT (SELECT COUNT(*) FROM applications_event),
(SELECT COUNT(*) FROM applications_act), (SELECT COUNT(*) FROM applications_record),
(SELECT COUNT(*) FROM applications_caseduty), (SELECT COUNT(*) FROM applications_point),
(SELECT COUNT(*) FROM applications_documentversion), (SELECT COUNT(*) FROM documents_paper),
(SELECT COUNT(*) FROM applications_handover), (SELECT COUNT(*) FROM documents_papersignature),
(SELECT SUM(value) FROM documents_counter),
(SELECT COUNT(*) FROM applications_takeover),
(SELECT COUNT(*) FROM notifications_message), (SELECT COUNT(*) FROM retribusi_skrd),
(SELECT COUNT(*) FROM retribusi_payment), (SELECT COUNT(*) FROM retribusi_paymentproof),
(SELECT SUM(version) FROM applications_application)"""
"""What no refused step may change."""
INDONESIAN = re.compile(
    r"\b(ini|belum|bukan|sudah|tidak|masih|Anda|sekarang|giliran|oleh|lalu|untuk|lebih|Isi|Jawab|"
    r"Tulis|Unggah|Setujui|hanya|Hanya|harus|Hitung|Permohonan)\b"
)
FOREIGN = re.compile(
    r"\b(the|is|not|error|cannot|must|object|matching|None|True|False|Traceback|constraint)\b|[<>{}]"
)


class Broken(AssertionError):
    """Something that must always hold does not."""


class Coverage:
    """How many runs reached what."""

    def __init__(self):
        self.runs = self.steps = self.refused = self.looks = 0
        self.states, self.moves, self.kinds = Counter(), Counter(), Counter()

    def merge(self, states, moves):
        self.runs += 1
        self.states.update(states)
        self.moves.update(moves)

    def unreached(self):
        """Return the moves, states and kinds of refusal that no run met."""
        known = [*BY_NAME, *State.values, *(kind.__name__ for kind in KINDS)]
        return [name for name in known if not (self.moves | self.states | self.kinds)[name]]

    def table(self):
        rows = [f"{self.runs} runs, {self.steps} steps, {self.refused} refused, {self.looks} looks"]
        for title, counts, names in (
            ("state", self.states, State.values),
            ("move", self.moves, BY_NAME),
            ("refusal", self.kinds, [kind.__name__ for kind in KINDS]),
        ):
            rows += [f"{title:8} {name:20} {counts[name]:7}" for name in names]
        return "\n".join(rows)

    def figures(self):
        return {
            "runs": self.runs, "steps": self.steps, "refused": self.refused, "looks": self.looks,
            "states": dict(self.states), "moves": dict(self.moves), "refusals": dict(self.kinds),
        }  # fmt: skip


LAST = """SELECT target, turn_after FROM applications_event WHERE application_id = %s
ORDER BY seq DESC LIMIT 1"""


def tally():
    """Return the counts of all that a case consists of."""
    return row(TALLY)


def row(sql, *cases):
    """Return the first row of a query about cases; written out, as it is asked at every step."""
    key = Application._meta.pk
    with connection.cursor() as cursor:
        cursor.execute(sql, [key.get_db_prep_value(pk, connection) for pk in cases])
        return cursor.fetchone()


def refusal(error):
    """Return the kind of a proper refusal; Broken for any other error or an unfit text."""
    if isinstance(error, uploads.UploadRefused):
        _readable(error.message)
        return "berkas"
    if isinstance(error, ValidationError):
        _readable(error.message)
        return "isian"
    if type(error) not in KINDS:
        raise Broken(f"{type(error).__name__}: {error}") from error
    for text in [error.text, *error.missing]:
        _readable(text)
    if isinstance(error, Unmet) and not error.missing:
        raise Broken("an Unmet that names nothing") from error
    return type(error).__name__


def _readable(text):
    if len(text) < 12 or FOREIGN.search(text):
        raise Broken(f"no text for a user: {text!r}")
    if not INDONESIAN.search(text) and not text.rstrip().endswith((".", ":")):
        raise Broken(f"no Indonesian sentence: {text!r}")


def stands(pk):
    """Hold one case against its last event: state, turn, role on turn, at most one open bill."""
    case = Application.objects.get(pk=pk)
    told = row(LAST, pk) or ("DRAFT", 0)
    role = case.link.role if case.link else ""
    if (case.state, case.turn, case.turn_role) != (*told, role):
        raise Broken(f"{case}: {case.state} {case.turn} {case.turn_role}, events say {told} {role}")
    return case


def look():
    """Hold everything against everything, as ``periksa_invarian`` does."""
    if found := invariants.faults():
        raise Broken("; ".join(f"{fault.check} {fault.case}: {fault.text}" for fault in found))
