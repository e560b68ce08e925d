"""What a file names must exist: roles, units, papers, records, facts and the values of choices.

Each function yields (key, problem) in plain English.
"""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from imbportal import areas
from imbportal.daerah import conditions
from imbportal.daerah.complaints import COMPLAINT
from imbportal.daerah.rule import When
from imbportal.daerah.schema import Check, Daerah, Fact, Role
from imbportal.daerah.vocabulary import (
    AREA_FACTS,
    BUILT_IN_ROLES,
    COLUMN_FACTS,
    DERIVED_FACTS,
    KRK_FIGURES,
    MOVES,
    RECORDS,
    TRACK,
)
from imbportal.daerah.ways import Link, On

Problems = Iterator[tuple[str, str]]
NUMERIC = ("decimal", "integer")


def problems(daerah: Daerah) -> Problems:
    yield from _duplicates(daerah)
    yield from _roles(daerah)
    yield from _facts(daerah)
    yield from _conditions(daerah)
    yield from _cards(daerah)
    forms = {item.code for item in daerah.blank}
    for index, requirement in enumerate(daerah.requirement):
        for code in requirement.blanks:
            yield from _known(f"requirement[{index}].blanks", "blank", code, forms)
    sections = {section.code for section in daerah.section}
    for kind, paper in daerah.paper.items():
        for code in paper.sections:
            yield from _known(f"paper.{kind}.sections", "section", code, sections)
    for index, check in enumerate(daerah.check):
        yield from _check(daerah, check, f"check[{index}]")
    for path, link in links(daerah):
        yield from _link(daerah, link, path)
    for path, on in moves(daerah):
        yield from _on(daerah, on, path)
    for index, total in enumerate(daerah.total):
        yield from _known(f"total[{index}].start", "move", total.start, MOVES)
        yield from _known(f"total[{index}].stop", "move", total.stop, MOVES)


def links(daerah: Daerah) -> Iterator[tuple[str, Link]]:
    """Yield (path, link) of every link in the file, the tracks' own ones too."""
    places = [("stage", daerah.stage)]
    places += [(f"track.{code}.stage", track.stage) for code, track in daerah.track.items()]
    for path, stages in places:
        for gate, chain in stages.items():
            for index, link in enumerate(chain):
                yield f"{path}.{gate}[{index}]", link


def moves(daerah: Daerah) -> Iterator[tuple[str, On]]:
    """Yield (path, what the move brings) of every ``[on.MOVE]``."""
    places = [("on", daerah.on)]
    places += [(f"track.{code}.on", track.on) for code, track in daerah.track.items()]
    for path, table in places:
        for move, on in table.items():
            yield f"{path}.{move}", on


def _known(path: str, what: str, name: str | None, known: Iterable[str]) -> Problems:
    if name is not None and name not in known:
        yield path, f'unknown {what} "{name}"'


def _cards(daerah: Daerah) -> Problems:
    """Ask that some hand judges a card where the file wants one judged."""
    judged = any(link.duty == "verifikasi" for path, link in links(daerah) if ".SUBMITTED[" in path)
    for index, card in enumerate(daerah.card):
        if card.of in {other.of for other in daerah.card[:index]}:
            yield f"card[{index}].of", f'"{card.of}" stands here twice'
        if not judged:
            yield f"card[{index}]", "nobody judges it: no link of SUBMITTED holds verifikasi"


def _complaint(daerah: Daerah) -> Problems:
    complaint = daerah.complaint
    for index, code in enumerate(complaint.roles):
        yield from _known(f"complaint.roles[{index}]", "role", code, daerah.role)
    if complaint.amount is not None and complaint.policy is not None:
        yield "complaint.policy", "the document gives a term; the portal must not set another"
    if complaint.number.per == "kecamatan" or "{kecamatan}" in complaint.number.pattern:
        yield "complaint.number", "a complaint lies in no kecamatan"
    if COMPLAINT in daerah.paper:
        yield f"paper.{COMPLAINT}", "the numbers of complaints are called so"


def _duplicates(daerah: Daerah) -> Problems:
    for table in ("section", "fact", "statement", "blank", "requirement", "check", "component",
                  "policy", "relief"):  # fmt: skip
        yield from _twice(table, (item.code for item in getattr(daerah, table)))
    yield from _twice("tariff", (item.id for item in daerah.tariff))
    yield from _twice("lapse", (item.state for item in daerah.lapse))
    for index, fact in enumerate(daerah.fact):
        yield from _twice(f"fact[{index}].choices", (choice.value for choice in fact.choices))


def _twice(path: str, codes: Iterable[str]) -> Problems:
    for code, times in Counter(codes).items():
        if times > 1:
            yield path, f'code "{code}" stands {times} times'


def _roles(daerah: Daerah) -> Problems:
    yield from _known("head", "role", daerah.head, daerah.role)
    if daerah.head in daerah.role and len(daerah.role[daerah.head].units) > 1:
        yield "head", "the head is one person: his role has one unit"
    for code, role in daerah.role.items():
        yield from _posts(daerah, code, role)
        if code in BUILT_IN_ROLES:
            yield f"role.{code}", "every daerah has this role already, with rights of its own"
    if not areas.kecamatan(daerah.region_code):
        yield "region_code", f'"{daerah.region_code}" is the code of no kabupaten or kota'
    region = daerah.region_code.replace(".", "")
    for code, unit in daerah.unit.items():
        area = unit.kecamatan
        if area and not (area.isdigit() and len(area) == 6 and area.startswith(region)):
            yield f"unit.{code}.kecamatan", f'"{area}" is no six-digit code of {region}'
    for code, paper in daerah.paper.items():
        yield from _known(f"paper.{code}.signed_by", "role", paper.signed_by, daerah.role)
        for track in paper.track_basis:
            yield from _known(f"paper.{code}.track_basis", "track", track, daerah.track)
    yield from _complaint(daerah)
    if daerah.late:
        yield from _known("late.paper", "paper", daerah.late.paper, daerah.paper)
    for field in ("keep", "stand"):
        for index, kind in enumerate(getattr(daerah, field)):
            yield from _known(f"{field}[{index}]", "paper", kind, daerah.paper)
    for kind in sorted({*daerah.stand} & {*daerah.keep, "skrd", "izin", "penolakan"}):
        yield "stand", f"{kind} cannot stand here: it is no paper of what has happened"


def _posts(daerah: Daerah, code: str, role: Role) -> Problems:
    """Check where a role has its posts: one unit, or several with a kecamatan of their own each."""
    path = f"role.{code}"
    for unit in role.units:
        yield from _known(f"{path}.unit", "unit", unit, daerah.unit)
    places = [daerah.unit[unit].kecamatan for unit in role.units if unit in daerah.unit]
    if not role.units:
        yield f"{path}.unit", "missing: name a unit"
    if len(role.units) > 1 and (len({*places}) < len(role.units) or "" in places):
        yield f"{path}.unit", "of several units each serves a kecamatan of its own"
    for place in sorted({*re.findall(r"{(\w*)}", role.sign_title)} - {"kecamatan"}):
        yield f"{path}.sign_title", f'unknown place "{{{place}}}"'
    if "{kecamatan}" in role.sign_title and "" in places:
        yield f"{path}.sign_title", "takes {kecamatan}: a unit of the role serves none"


def _facts(daerah: Daerah) -> Problems:
    sections = {section.code for section in daerah.section}
    for index, fact in enumerate(daerah.fact):
        path = f"fact[{index}]"
        yield from _known(f"{path}.section", "section", fact.section, sections)
        if not (fact.cite or fact.contoh):
            yield f"{path}.cite", "missing: every rule names its source"
        if COLUMN_FACTS.get(fact.code, fact.type) != fact.type:
            yield f"{path}.type", f"{fact.code} is a {COLUMN_FACTS[fact.code]}"
        if fact.code in derived(daerah):
            yield f"{path}.code", f'"{fact.code}" is known without asking'
        if bool(fact.choices) != (fact.type == "choice" and fact.code not in AREA_FACTS):
            yield f"{path}.choices", "must be given for a choice, and for nothing else"
        if fact.min is not None and fact.max is not None and fact.min > fact.max:
            yield f"{path}.min", f"{fact.min} is above max {fact.max}"


def _conditions(daerah: Daerah) -> Problems:
    for table in ("fact", "requirement", "check", "relief"):
        for index, item in enumerate(getattr(daerah, table)):
            yield from condition(daerah, item.when, f"{table}[{index}].when")
    for code, track in daerah.track.items():
        yield from condition(daerah, track.when, f"track.{code}.when")
    for code, paper in daerah.paper.items():
        yield from condition(daerah, paper.when, f"paper.{code}.when")


def condition(daerah: Daerah, when: When | None, path: str) -> Problems:
    """Check the look-ups of one condition. An optional fact might stay unknown for ever."""
    facts = {fact.code: fact for fact in daerah.fact}
    if when is not None and not _shapely(when):
        yield path, "must be a table of look-ups or a list of tables, none of them empty"
        return
    for name, lookup, wanted in conditions.names(when):
        if lookup not in conditions.LOOKUPS:
            yield path, f'unknown look-up "{lookup}" of {name}'
        elif (lookup == "in") != isinstance(wanted, list):
            yield path, f"{name}: a list belongs to the look-up in, and to no other"
        elif name == TRACK and path.startswith("track."):
            yield path, "a track cannot be chosen by the track"
        elif name in (known := derived(daerah)):
            yield from _values(path, name, wanted, known[name])
        elif name not in facts:
            yield path, f'unknown fact "{name}"'
        elif not facts[name].required:
            yield path, f"{name} is optional: a condition needs a fact that is always answered"
        else:
            yield from _comparison(daerah, path, facts[name], lookup, wanted)


def derived(daerah: Daerah) -> dict[str, tuple[Any, ...]]:
    """Return the facts that are known without asking, with the values that they may have."""
    return DERIVED_FACTS | {TRACK: tuple(daerah.track)}


def _shapely(when: Any) -> bool:
    """Return whether a condition consists of tables, down to the innermost ``not``."""
    tables = when if isinstance(when, list) else [when]
    return bool(tables) and all(
        isinstance(table, dict) and table and ("not" not in table or _shapely(table["not"]))
        for table in tables
    )


def _comparison(daerah: Daerah, path: str, fact: Fact, lookup: str, wanted: Any) -> Problems:
    """Check that a look-up fits the fact's type and, for a choice, its values."""
    if fact.code in AREA_FACTS:
        codes = [code for code, _ in areas.kecamatan(daerah.region_code)]
        yield from _values(path, fact.code, wanted, codes)
    elif fact.type == "choice":
        yield from _values(path, fact.code, wanted, [choice.value for choice in fact.choices])
    if wanted == []:
        yield path, f"{fact.code}: the list is empty"
    if lookup in ("gt", "gte", "lt", "lte") and fact.type not in (*NUMERIC, "date"):
        yield path, f"{fact.code} is a {fact.type} and has no order"
    for value in wanted if isinstance(wanted, list) else [wanted]:
        if not _fits(fact.type, value):
            yield path, f"{fact.code} is a {fact.type}, {value!r} is none"


def _values(path: str, name: str, wanted: Any, allowed: Iterable[Any]) -> Problems:
    for value in wanted if isinstance(wanted, list) else [wanted]:
        if value not in allowed:
            yield path, f'{name} is never "{value}"'


def _fits(type_: str, value: Any) -> bool:
    if type_ in NUMERIC:
        return isinstance(value, (int, Decimal)) and not isinstance(value, bool)
    if type_ == "boolean":
        return isinstance(value, bool)
    if type_ == "date":
        return isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)
    return isinstance(value, str)


def _check(daerah: Daerah, check: Check, path: str) -> Problems:
    wanted = ["boolean"] if check.kind == "provided" else [*NUMERIC]
    yield from _operand(daerah, f"{path}.value", check.value, wanted)
    if check.kind in ("max_ratio", "min_ratio", "per_step"):
        yield from _operand(daerah, f"{path}.of", check.of, [*NUMERIC])
    if check.kind == "per_step" and not (check.step and check.amount):
        yield f"{path}.step", "a check per step needs step and amount above zero"
    elif check.kind in ("max_ratio", "min_ratio", "max", "min"):
        yield from _operand(daerah, f"{path}.limit", check.limit, [*NUMERIC])


def _operand(daerah: Daerah, path: str, operand: Any, types: Iterable[str]) -> Problems:
    """Check a fact, a KRK figure or a number that a check calculates with."""
    if isinstance(operand, Decimal):
        return
    name = operand or ""
    if name.startswith("krk."):
        yield from _known(path, "figure of the KRK", name.removeprefix("krk."), KRK_FIGURES)
    elif name not in {fact.code for fact in daerah.fact if fact.type in types}:
        yield path, f'no {" or ".join(types)} fact "{name}"'


def _link(daerah: Daerah, link: Link, path: str) -> Problems:
    yield from _known(f"{path}.role", "role", link.role, daerah.role)
    for field in ("papers", "issue"):
        for kind in getattr(link, field):
            yield from _known(f"{path}.{field}", "paper", kind, daerah.paper)
    for kind in link.needs:
        yield from _known(f"{path}.needs", "record", kind, RECORDS)
    if link.act == "ttd":
        for kind in link.papers:
            if kind in daerah.paper and daerah.paper[kind].signed_by is None:
                yield f"paper.{kind}.signed_by", f"missing, but it is signed at {path}"

    yield from _seal(daerah, link, path)


def _seal(daerah: Daerah, link: Link, path: str) -> Problems:
    """Check that a signatory's seal is his: on a paper that he signs as it takes its number."""
    if link.seal is None:
        return
    brought = {kind for _, on in moves(daerah) for kind in on.issue}
    issued = {*link.issue, *brought}
    if link.seal == "ttd" and link.act != "ttd":
        yield f"{path}.seal", "nobody signs here: only the office can seal (kantor)"
    elif link.seal == "ttd" and not issued & {*link.papers}:
        yield f"{path}.seal", "no paper that is signed here takes its number with this signature"
    elif not issued:
        yield f"{path}.seal", "no paper takes its number here"


def _on(daerah: Daerah, on: On, path: str) -> Problems:
    yield from _known(path, "move", path.rpartition(".")[2], MOVES)
    yield from _known(f"{path}.role", "role", on.role, daerah.role)
    for kind in on.issue:
        yield from _known(f"{path}.issue", "paper", kind, daerah.paper)
