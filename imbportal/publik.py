"""What the public page of a daerah says about its procedure, requirements and time."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from imbportal.daerah.conditions import split
from imbportal.daerah.schema import Complaint, Daerah, Deadline, Link, On, Requirement, Track, When

OUTSIDE = "di_luar_layanan"
"""Track that only says where to go instead."""
BY_APPLICANT = {
    "request_krk",
    "resend_krk",
    "submit",
    "resubmit",
    "revise",
    "report_payment",
    "submit_payment",
}
UNITS = {"hari": "hari", "hari_kerja": "hari kerja"}
COMPARED = {
    "gt": "lebih dari",
    "gte": "paling sedikit",
    "lt": "kurang dari",
    "lte": "paling banyak",
}


class Step(NamedTuple):
    """One numbered step as the public reads it."""

    number: int
    what: str
    who: str
    time: str
    cite: str


class Needed(NamedTuple):
    """One requirement with its condition in words (empty where everyone needs it)."""

    rule: Requirement
    condition: str


def tracks(rules: Daerah) -> list[tuple[str, Track, str]]:
    """Return (code, track, condition in words) of every track in which permits are issued."""
    return [
        (code, track, words(track.when, rules))
        for code, track in rules.track.items()
        if code != OUTSIDE
    ]


def procedure(rules: Daerah, track: str) -> list[Step]:
    """Return the numbered steps of a track in the order of the document."""
    found = [*_office_steps(rules, track), *_other_steps(rules, track)]
    first = {step.number: step for step in reversed(found)}
    return [first[number] for number in sorted(first)]


def requirements(rules: Daerah, group: str) -> list[Needed]:
    """Return the requirements of a group, ``administrasi`` or ``teknis``."""
    return [Needed(r, words(r.when, rules)) for r in rules.requirement if r.group == group]


def arithmetic(steps: list[Step]) -> str:
    """Return "langkah 11: 1 hari + langkah 15: 1 hari", the steps that have a time of their own."""
    return " + ".join(f"langkah {step.number}: {step.time}" for step in steps if step.time)


def span(deadline: Deadline | None) -> str:
    """Return "3 hari kerja"; empty without a deadline."""
    return f"{deadline.amount} {UNITS[deadline.unit]}" if deadline else ""


def term(complaint: Complaint) -> str:
    """Return within which time a complaint is answered; empty where none is set."""
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
        return f"bukan ({words(wanted, rules)})"
    code, lookup = split(key)
    fact = next((fact for fact in rules.fact if fact.code == code), None)
    label = fact.label if fact else code.replace("_", " ")
    choices = {choice.value: choice.label for choice in fact.choices} if fact else {}
    unit = f" {fact.unit}" if fact and fact.unit else ""
    if lookup in COMPARED:
        return f"{label} {COMPARED[lookup]} {wanted}{unit}"
    values = wanted if isinstance(wanted, (list, tuple)) else [wanted]
    return f"{label}: {' atau '.join(_said(value, choices) + unit for value in values)}"


def _said(value: Any, choices: dict[str, str]) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return choices.get(str(value), str(value))


def _office_steps(rules: Daerah, track: str) -> Iterator[Step]:
    for chain in rules.chains(track).values():
        for link in chain:
            yield from (_of_link(number, link, rules) for number in link.steps)


def _of_link(number: int, link: Link, rules: Daerah) -> Step:
    cite = link.deadline.cite if link.deadline else ""
    what = link.label or link.done or link.act
    return Step(number, what, rules.role[link.role].title, span(link.deadline), cite)


def _other_steps(rules: Daerah, track: str) -> Iterator[Step]:
    moves = {**rules.on, **rules.track[track].on}
    for move, on in moves.items():
        yield from (Step(n, on.done or move, _who(move, on, rules), "", "") for n in on.steps)


def _who(move: str, on: On, rules: Daerah) -> str:
    if on.role:
        return rules.role[on.role].title
    return "Pemohon" if move in BY_APPLICANT else "Sistem"
