"""What the public page of a daerah says about its procedure, requirements and time."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from imbportal import areas
from imbportal.daerah.blanks import Blank
from imbportal.daerah.complaints import Complaint
from imbportal.daerah.conditions import split
from imbportal.daerah.rule import When
from imbportal.daerah.schema import Daerah, Fact, Requirement
from imbportal.daerah.vocabulary import GATES, TRACK
from imbportal.daerah.ways import OUTSIDE, Deadline, Link, On, Track
from imbportal.indonesia import angka, tanggal

ENTERED_BY = {
    "KRK_REQUESTED": ("request_krk",),
    "SUBMITTED": ("submit",),
    "PAYMENT_REVIEW": ("report_payment", "submit_payment"),
}
"""The applicant's moves before a gate."""
APPLICANT = "Pemohon"
UNITS = {"hari": "hari", "hari_kerja": "hari kerja"}
BUILT_IN = {
    "by_proxy": "permohonan dikuasakan",
    "applicant_kind": "jenis pemohon",
    "permit_in_portal": "terbit lewat portal ini",
    TRACK: "jalur",
}
"""Names of facts that no form asks."""
REST = "permohonan tidak masuk jalur sebelumnya"
"""Condition of a track that takes what those before it leave."""
COMPARED = {
    "gt": "lebih dari",
    "gte": "paling sedikit",
    "lt": "kurang dari",
    "lte": "paling banyak",
}

SINCE = {"gt": "sesudah", "gte": "sejak", "lt": "sebelum", "lte": "sampai"}
"""The same of dates."""


class Step(NamedTuple):
    """One numbered step as the public reads it."""

    number: int
    what: str
    who: str
    """Title of the role; empty where the document's words name who acts."""
    deadline: Deadline | None = None

    @property
    def time(self) -> str:
        """Return "1 hari"; empty where the step has no time of its own."""
        if self.deadline is None:
            return ""
        return days(self.deadline) + (" (kebijakan portal)" * self.deadline.ours)


class Needed(NamedTuple):
    """One requirement with its condition in words (empty where everyone needs it)."""

    rule: Requirement
    condition: str
    blanks: list[Blank]
    """Forms that are given for it."""


class Sourced(NamedTuple):
    """Requirements that stand together because they have the same source."""

    cite: str
    contoh: bool
    note: str
    needed: list[Needed]


def tracks(rules: Daerah) -> list[tuple[str, Track, str]]:
    """Return (code, track, condition in words) of every track in which permits are issued."""
    served = [(code, track) for code, track in rules.track.items() if code != OUTSIDE]
    rest = REST if len(served) > 1 else ""
    return [(code, track, words(track.when, rules) or rest) for code, track in served]


def procedure(rules: Daerah, track: str) -> list[Step]:
    """Return the steps of a track: numbered as the document prints them, else as they follow.

    Where the document's own list stands in the file (``procedure`` of the track, or the component
    ``prosedur``) its words come first and who and time are added from the chains.
    """
    found = [*_walk(rules, track)]
    common = next((c.items for c in rules.component if c.code == "prosedur"), ())
    printed = rules.track[track].procedure or common
    if printed:
        return [_printed(n, text, found) for n, text in enumerate(printed, 1)]
    if any(step.number for step in found):
        return sorted((step for step in found if step.number), key=lambda step: step.number)
    return [step._replace(number=n) for n, step in enumerate(found, 1)]


def requirements(rules: Daerah, group: str) -> list[Sourced]:
    """Return the requirements of ``administrasi`` or ``teknis``, those of one source together."""
    needed = [
        Needed(r, words(r.when, rules), rules.blanks_of(r))
        for r in rules.requirement
        if r.group == group
    ]
    runs = groupby(needed, key=lambda item: (item.rule.cite, item.rule.contoh, item.rule.note))
    return [Sourced(*source, [*items]) for source, items in runs]


def arithmetic(steps: list[Step]) -> str:
    """Return "langkah 11 (1 hari) + langkah 15 (1 hari) = 2 hari" of the steps with a time."""
    timed = [step for step in steps if step.deadline and not step.deadline.ours]
    text = " + ".join(f"langkah {step.number} ({step.time})" for step in timed)
    units = {step.deadline.unit for step in timed if step.deadline}
    if len(units) != 1:
        return text
    total = sum(step.deadline.amount for step in timed if step.deadline)
    return f"{text} = {total} {UNITS[units.pop()]}"


def days(deadline: Deadline) -> str:
    """Return "28 hari kerja"."""
    return f"{deadline.amount} {UNITS[deadline.unit]}"


def term(complaint: Complaint) -> str:
    """Return within which time the document has complaints answered; empty where it is silent."""
    return f"{complaint.amount} {UNITS[complaint.unit]}" if complaint.amount else ""


def words(when: When | None, rules: Daerah) -> str:
    """Return a condition as a person would say it; empty where it always holds."""
    if not when:
        return ""
    if isinstance(when, list):
        return "; atau ".join(words(table, rules) for table in when)
    return " dan ".join(_part(key, wanted, rules) for key, wanted in when.items())


def _part(key: str, wanted: Any, rules: Daerah) -> str:
    if key == "not":
        said = words(wanted, rules)
        one = len(wanted) == 1 and said.count(": ") == 1
        return said.replace(": ", ": selain ") if one else f"bukan {said}"
    code, lookup = split(key)
    fact = next((fact for fact in rules.fact if fact.code == code), None)
    label = _label(fact, code)
    if fact is None and isinstance(wanted, bool):
        return label if wanted else f"tidak {label}"
    choices = {choice.value: choice.label for choice in fact.choices} if fact else {}
    values = wanted if isinstance(wanted, (list, tuple)) else [wanted]
    if code == "kecamatan":
        names = dict(areas.kecamatan(rules.region_code))
        return f"lokasi di Kecamatan {' atau '.join(names.get(value, value) for value in values)}"
    if code == TRACK:
        return f"{label} {' atau '.join(f'“{rules.track[way].title}”' for way in values)}"
    unit = f" {fact.unit}" if fact and fact.unit else ""
    if lookup in COMPARED:
        compared = SINCE if isinstance(wanted, datetime.date) else COMPARED
        return f"{label} {compared[lookup]} {_said(wanted, choices)}{unit}"
    return f"{label}: {' atau '.join(_said(value, choices) + unit for value in values)}"


def _label(fact: Fact | None, code: str) -> str:
    """Return the question in a form that an answer can follow."""
    if fact is None:
        return BUILT_IN.get(code, code.replace("_", " "))
    return f"jawaban “{fact.label}”" if fact.label.endswith("?") else _within(fact.label)


def _said(value: Any, choices: dict[str, str]) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, (int, Decimal)):
        return angka(value)
    if isinstance(value, datetime.date):
        return tanggal(value)
    return _within(choices.get(str(value), str(value).replace("_", " ")))


def _within(words: str) -> str:
    """Return words as they stand within a sentence; a short name keeps its capitals."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _printed(number: int, text: str, steps: list[Step]) -> Step:
    """Join the document's words, which name the applicant and the system, with our who and time.

    Who: every hand of the office that has the step, in order.
    """
    office = [step for step in steps if step.number == number and step.who != APPLICANT]
    hands = dict.fromkeys(step.who for step in office)
    deadline = next((step.deadline for step in office if step.deadline), None)
    return Step(number, text, ", ".join(hands), deadline)


def _walk(rules: Daerah, track: str) -> Iterator[Step]:
    """Yield the steps in the order of a case that meets no obstacle."""
    chains = rules.chains(track)
    for gate in GATES:
        if gate not in chains or gate == "REJECTION_SIGNING":
            continue
        for move in ENTERED_BY.get(gate, ()):
            if rules.track[track].fee or gate != "PAYMENT_REVIEW":
                yield from _of_move(rules.on_move(track, move))
        for link in chains[gate]:
            if rules.track[track].fee or gate != "PAYMENT_REVIEW":
                yield from _of_link(link, rules)


def _of_link(link: Link, rules: Daerah) -> Iterator[Step]:
    what = link.label or link.done or link.act
    for number in link.steps or (0,):
        yield Step(number, what, rules.role[link.role].title, link.deadline)


def _of_move(on: On) -> Iterator[Step]:
    for number in on.steps or (0,):
        if on.done:
            yield Step(number, on.done, APPLICANT)
