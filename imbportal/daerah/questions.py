"""What the e-forms must allow: every question can be answered, and the answers decide everything.

Each function yields (key, problem) in plain English.
"""

import datetime
import itertools
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from imbportal.daerah import conditions
from imbportal.daerah.references import NUMERIC, Problems, derived
from imbportal.daerah.rule import When
from imbportal.daerah.schema import Daerah, Fact
from imbportal.daerah.vocabulary import COLUMN_FACTS, COLUMN_MOST, COLUMN_WIDTH, TRACK
from imbportal.daerah.ways import OUTSIDE

TRIED = 20_000
"""Combinations of answers of one condition that are tried at most."""
OTHER = "-"
"""A text that no condition names."""
OLDER = {"permit_in_portal": False}
"""Condition of a question that is answered by the permit itself where the portal issued it."""


def problems(daerah: Daerah) -> Problems:
    for index, fact in enumerate(daerah.fact):
        yield from _answerable(fact, f"fact[{index}]")
    yield from _place(daerah)
    yield from _early(daerah)
    circles = [*_circles(daerah)]
    yield from circles
    if not circles:
        yield from _undecided(daerah)


def _answerable(fact: Fact, path: str) -> Problems:
    """Check that a form can take at least one answer, and the column every one."""
    for name in ("min", "max"):
        if getattr(fact, name) is not None and fact.type not in NUMERIC:
            yield f"{path}.{name}", f"{fact.code} is a {fact.type} and has no {name}"
    column = fact.code in COLUMN_FACTS
    if fact.min is not None and fact.min < 0 and column:
        yield f"{path}.min", f"{fact.code} is never below 0"
    if fact.min is not None and fact.min > COLUMN_MOST.get(fact.code, fact.min):
        yield f"{path}.min", f"{fact.code} is at most {COLUMN_MOST[fact.code]}: no answer fits"
    if fact.max is not None and fact.min is None and fact.max < 0:
        yield (
            f"{path}.max",
            f"{fact.max} is below 0, where answers begin without min: no answer fits",
        )
    width = COLUMN_WIDTH.get(fact.code)
    for choice in fact.choices:
        if width and len(choice.value) > width:
            yield f"{path}.choices", f'"{choice.value}" is longer than {width} letters'


def _krk(daerah: Daerah) -> bool:
    """Return whether any track asks for a KRK, whose form is then sent first."""
    return any("KRK_REQUESTED" in daerah.chains(code) for code in daerah.track if code != OUTSIDE)


def _form_of(daerah: Daerah) -> dict[str, str]:
    forms = {section.code: section.form for section in daerah.section}
    return {fact.code: forms.get(fact.section, "izin") for fact in daerah.fact}


def _place(daerah: Daerah) -> Problems:
    """Check that the kecamatan is known where villages are offered and numbers are taken."""
    forms = _form_of(daerah)
    place = next((fact for fact in daerah.fact if fact.code == "kecamatan"), None)
    if "village" in forms and (
        place is None or (forms["village"], forms["kecamatan"]) == ("krk", "izin")
    ):
        yield "fact", "village is chosen by its kecamatan: ask kecamatan too, and no later"
    for code, paper in daerah.paper.items():
        if "{kecamatan}" not in paper.pattern:
            continue
        if place is None or place.when not in (None, OLDER) or not place.required:
            yield f"paper.{code}.pattern", "takes {kecamatan}: ask that fact of everybody"
        elif forms["kecamatan"] == "izin" and _krk(daerah):
            yield f"paper.{code}.pattern", "takes {kecamatan}: ask it in the form of the KRK"


def _early(daerah: Daerah) -> Problems:
    """Check that what is decided when the KRK's form goes out rests on that form alone."""
    if not _krk(daerah):
        return
    forms = _form_of(daerah)
    places = [(f"track.{code}.when", track.when) for code, track in daerah.track.items()]
    places += [
        (f"requirement[{index}].when", item.when)
        for index, item in enumerate(daerah.requirement)
        if item.due == "request_krk"
    ]
    places += [
        (f"fact[{index}].when", fact.when)
        for index, fact in enumerate(daerah.fact)
        if forms[fact.code] == "krk"
    ]
    for path, when in places:
        for name in sorted({name for name, _, _ in conditions.names(when)}):
            if forms.get(name) == "izin":
                yield (
                    path,
                    f'{name} is asked after the KRK: put it into a section with form = "krk"',
                )


def _circles(daerah: Daerah) -> Problems:
    """Check that no question waits for its own answer, directly or through others."""
    asks = {fact.code: {n for n, _, _ in conditions.names(fact.when)} for fact in daerah.fact}
    ways = (track.when for track in daerah.track.values())
    asks[TRACK] = {name for when in ways for name, _, _ in conditions.names(when)}
    for index, fact in enumerate(daerah.fact):
        if fact.code in _reached(asks, fact.code):
            yield f"fact[{index}].when", f"{fact.code} depends on its own answer"


def _reached(asks: Mapping[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [*asks.get(start, ())]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += asks.get(name, ())
    return found


# -- Conditions on questions that are not always asked ---------------------------------------
def _undecided(daerah: Daerah) -> Problems:
    """Check that conditions stay decided where a question that they name is not asked."""
    places = [(f"track.{code}.when", track.when) for code, track in daerah.track.items()]
    for table in ("fact", "requirement"):
        places += [(f"{table}[{n}].when", x.when) for n, x in enumerate(getattr(daerah, table))]
    facts = {fact.code: fact for fact in daerah.fact}
    for path, when in places:
        named = {name for name, _, _ in conditions.names(when)}
        if any(facts[name].when is not None for name in named & facts.keys()):
            for name in sorted(_open(facts, when, derived(daerah))):
                yield path, f"{name} is not always asked: repeat its own condition beside it"


def _open(
    facts: Mapping[str, Fact], when: When | None, known: Mapping[str, tuple[Any, ...]]
) -> set[str]:
    """Return the facts that leave the condition open although all that is asked is answered."""
    asks = {code: {n for n, _, _ in conditions.names(fact.when)} for code, fact in facts.items()}
    named = {name for name, _, _ in conditions.names(when)}
    involved = sorted(named.union(*(_reached(asks, name) for name in named)))
    wholes = [when, *(facts[name].when for name in involved if name in facts)]
    samples = [known.get(name) or _samples(facts[name], wholes) for name in involved]
    for values in itertools.islice(itertools.product(*samples), TRIED):
        answers = asked_alone(facts, dict(zip(involved, values, strict=True)))
        if conditions.holds(when, answers) is None:
            return conditions.unknown(when, answers)
    return set()


def asked_alone(facts: Mapping[str, Fact], answers: dict[str, Any]) -> dict[str, Any]:
    """Return the answers without those to questions that the others rule out, or leave open."""
    while gone := [
        code
        for code in answers
        if code in facts and conditions.holds(facts[code].when, answers) is not True
    ]:
        answers = {code: value for code, value in answers.items() if code not in gone}
    return answers


def _samples(fact: Fact, wholes: list[When | None]) -> list[Any]:
    """Return answers on either side of every value with which a condition compares."""
    if fact.type == "boolean":
        return [True, False]
    if fact.choices:
        return [choice.value for choice in fact.choices]
    wanted = set(_compared(fact.code, wholes))
    if fact.type == "date":
        day = datetime.timedelta(days=1)
        return sorted({value + n * day for value in wanted for n in (-1, 0, 1)})
    if fact.type not in NUMERIC:
        return [*sorted(wanted), OTHER]
    step = 1 if fact.type == "integer" else Decimal("0.01")
    around = {value + n * step for value in wanted for n in (-1, 0, 1)}
    least, most = fact.min, fact.max
    return sorted(
        value
        for value in around
        if (least is None or value >= least) and (most is None or value <= most)
    ) or [least or most or 0]


def _compared(name: str, wholes: list[When | None]) -> Iterator[Any]:
    for whole in wholes:
        for fact, _, wanted in conditions.names(whole):
            if fact == name:
                yield from wanted if isinstance(wanted, list) else [wanted]
