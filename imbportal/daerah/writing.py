"""How words and figures must be written: what columns and calendar hold, contacts that can be used.

Each function yields (key, problem) in plain English. None of it stands in the schema: a stored
version must stay readable.
"""

import re
from collections.abc import Iterator

from imbportal.daerah.paper_kinds import PaperKind
from imbportal.daerah.references import Problems, links, moves
from imbportal.daerah.schema import Daerah, Office
from imbportal.daerah.tariffs import Tariff

CODE, TITLE, SENTENCE, NUMBER, PLACE = 40, 120, 500, 80, 8
"""Letters of a code, a role's title, an office's sentence, a number, and a place of its pattern."""
DAYS, STEP = 3650, 999
"""The longest term, and the highest number of a step."""
POSTED = frozenset({"version", "awal", "simpan", "lanjut", "not"})
"""Names that the pages of the forms post themselves, and the word that negates a condition."""
CONTACTS = {
    "postcode": (r"\d{5}", "five digits"),
    "phone": (r"[+(]?\d[\d ().-]{4,}\d", "one number, of digits, spaces, brackets and hyphens"),
    "email": (r"[^@\s]+@[^@\s]+\.[^@\s.]+", "one address such as kantor@example.go.id"),
    "website": (r"(https?://)?[\w-]+(\.[\w-]+)+(/\S*)?", "one address such as www.example.go.id"),
}
"""Forms of an office's contacts where they are given at all."""


def problems(daerah: Daerah) -> Problems:
    for path, text, most in _lengths(daerah):
        if len(text) > most:
            yield path, f"too long: {len(text)} letters, at most {most}"
    for path, number, most in _numbers(daerah):
        if not 0 < number <= most:
            yield path, f"{number} is not between 1 and {most}"
    for table in ("fact", "statement"):
        for index, item in enumerate(getattr(daerah, table)):
            if item.code in POSTED or "__" in item.code:
                yield f"{table}[{index}].code", f'"{item.code}" has a meaning of its own'
    for index, tariff in enumerate(daerah.tariff):
        yield from _prices(tariff, f"tariff[{index}]")
    yield from _contacts("office", daerah.office)
    if daerah.publisher:
        yield from _contacts("publisher", daerah.publisher)


def _lengths(daerah: Daerah) -> Iterator[tuple[str, str, int]]:
    """Yield (path, text, the letters that it may have)."""
    yield "slug", daerah.slug, CODE
    for table in ("unit", "role", "track", "paper"):
        yield from ((f"{table}.{code}", code, CODE) for code in getattr(daerah, table))
    for code, role in daerah.role.items():
        yield f"role.{code}.title", role.title, TITLE
        yield f"role.{code}.sign_title", role.sign_title, TITLE
    for code, paper in daerah.paper.items():
        yield f"paper.{code}.pattern", _printed(paper), NUMBER
    yield "complaint.number.pattern", _printed(daerah.complaint.number), NUMBER
    for index, relief in enumerate(daerah.relief):
        yield f"relief[{index}].code", relief.code, CODE
        yield f"relief[{index}].name", relief.name, TITLE
    yield from ((f"tariff[{i}].id", tariff.id, CODE) for i, tariff in enumerate(daerah.tariff))
    yield from ((f"phrases[{i}]", text, SENTENCE) for i, text in enumerate(daerah.phrases))
    for index, item in enumerate(daerah.requirement):
        path = f"requirement[{index}]"
        yield f"{path}.code", item.code, CODE
        yield from ((f"{path}.phrases[{i}]", s, SENTENCE) for i, s in enumerate(item.phrases))


def _printed(paper: PaperKind) -> str:
    return re.sub(r"{\w*}", "?" * PLACE, paper.pattern)


def _numbers(daerah: Daerah) -> Iterator[tuple[str, int, int]]:
    """Yield (path, number, the most that it may be) of every term and step."""
    for path, link in links(daerah):
        if link.deadline:
            yield f"{path}.deadline.amount", link.deadline.amount, DAYS
    for table in ("total", "lapse"):
        for index, item in enumerate(getattr(daerah, table)):
            yield f"{table}[{index}].amount", item.amount, DAYS
    for index, tariff in enumerate(daerah.tariff):
        yield f"tariff[{index}].due_days", tariff.due_days, DAYS
    if daerah.objection is not None:
        for path, term in (
            ("objection", daerah.objection.term),
            ("objection.answer", daerah.objection.answer),
        ):
            if term is not None:
                yield f"{path}.amount", term.amount, DAYS
    if daerah.complaint.amount is not None:
        yield "complaint.amount", daerah.complaint.amount, DAYS
    if daerah.complaint.policy is not None:
        yield "complaint.policy.amount", daerah.complaint.policy.amount, DAYS
    steps = [(path, link.steps) for path, link in links(daerah)]
    steps += [(path, on.steps) for path, on in moves(daerah)]
    for path, numbers in steps:
        yield from ((f"{path}.steps", number, STEP) for number in numbers)


def _prices(tariff: Tariff, path: str) -> Problems:
    for table in ("figure", "prasarana", "biaya", "keringanan"):
        for code, figure in getattr(tariff, table).items():
            if figure.value < 0:
                yield f"{path}.{table}.{code}.value", f"{figure.value} is below 0"
            if table == "keringanan" and figure.value > 100:
                yield f"{path}.{table}.{code}.value", f"{figure.value} is more than the whole"


def _contacts(path: str, office: Office) -> Problems:
    for field, (form, words) in CONTACTS.items():
        if (given := getattr(office, field)) and not re.fullmatch(form, given):
            yield f"{path}.{field}", f'"{given}" must be {words}'
