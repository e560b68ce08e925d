"""How a file's words must be written: lengths that columns hold, contacts that can be used.

Each function yields (key, problem) in plain English. None of it stands in the schema: a stored
version must stay readable.
"""

import re
from collections.abc import Iterator

from imbportal.daerah.references import Problems
from imbportal.daerah.schema import Daerah, Office

CODE, TITLE, SENTENCE, NUMBER, PLACE = 40, 120, 500, 80, 8
"""Letters of a code, a role's title, an office's sentence, a number, and a place of its pattern."""
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
        yield f"paper.{code}.pattern", re.sub(r"{\w*}", "?" * PLACE, paper.pattern), NUMBER
    yield from ((f"tariff[{i}].id", tariff.id, CODE) for i, tariff in enumerate(daerah.tariff))
    yield from ((f"phrases[{i}]", text, SENTENCE) for i, text in enumerate(daerah.phrases))
    for index, item in enumerate(daerah.requirement):
        path = f"requirement[{index}]"
        yield f"{path}.code", item.code, CODE
        yield from ((f"{path}.phrases[{i}]", s, SENTENCE) for i, s in enumerate(item.phrases))


def _contacts(path: str, office: Office) -> Problems:
    for field, (form, words) in CONTACTS.items():
        if (given := getattr(office, field)) and not re.fullmatch(form, given):
            yield f"{path}.{field}", f'"{given}" must be {words}'
