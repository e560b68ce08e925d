"""The facts of a case by their codes: columns, the daerah's own JSON, and derived ones."""

import datetime
from decimal import Decimal
from typing import Any

from imbportal.daerah import conditions, tracks
from imbportal.daerah.schema import Daerah, Fact
from imbportal.daerah.vocabulary import TRACK

COLUMNS = frozenset(
    """kecamatan village address building_name work function ownership land_right land_document
    land_owned land_area footprint floor_area green_area basement_area floors basement_floors
    height front_setback""".split()
)


def of(application, rules: Daerah | None = None) -> dict[str, Any]:
    """Return the answered facts; what is not answered, or no longer asked, is absent.

    So is what answers the question no more as the file now puts it: a draft follows its changes.
    Other ``rules`` than the case's own tell what the answers meant by them.
    """
    rules = rules or application.rules
    known = {fact.code: fact for fact in rules.fact}
    values = {code: getattr(application, code) for code in COLUMNS} | application.facts
    values = {
        code: _typed(known[code], raw) if code in known and raw not in (None, "") else raw
        for code, raw in values.items()
    }
    values["by_proxy"] = application.mandate_id is not None
    holder = application.holder or getattr(application.applicant, "identity", None)
    values["applicant_kind"] = holder.kind if holder else None
    if application.is_service:
        values["permit_in_portal"] = application.parent_permit_id is not None
    answered = {code: value for code, value in values.items() if value not in (None, "")}
    return _with_track(rules, _still_asked(rules, answered))


def _with_track(rules: Daerah, values: dict[str, Any]) -> dict[str, Any]:
    """Add the track where the answers decide it; questions of another one are asked no more."""
    track, _ = tracks.choose(rules, values)
    return _still_asked(rules, values | {TRACK: track}) if track else values


def _still_asked(rules: Daerah, values: dict[str, Any]) -> dict[str, Any]:
    """Leave out the answers to questions that later answers ruled out."""
    gone = {
        fact.code
        for fact in rules.fact
        if fact.when is not None and conditions.holds(fact.when, values) is False
    }
    return {code: value for code, value in values.items() if code not in gone}


def _typed(fact: Fact, raw: Any) -> Any:
    """Return a stored value in its fact's type, None where it is no answer of that type.

    Decimals and dates of the daerah's own facts are stored as text.
    """
    try:
        return READ[fact.type](fact, raw)
    except (ArithmeticError, TypeError, ValueError):
        return None


def _decimal(fact: Fact, raw: Any) -> Decimal | None:
    number = Decimal(str(raw))
    return number if number.is_finite() and _within(fact, number) else None


def _integer(fact: Fact, raw: Any) -> int | None:
    whole = isinstance(raw, int) and not isinstance(raw, bool)
    return raw if whole and _within(fact, raw) else None


def _within(fact: Fact, number: Decimal | int) -> bool:
    """Return whether the question still takes this number: a newer file may have other bounds."""
    least, most = fact.min, fact.max
    return (least is None or number >= least) and (most is None or number <= most)


def _choice(fact: Fact, raw: Any) -> str | None:
    offered = [choice.value for choice in fact.choices]
    return raw if isinstance(raw, str) and (not offered or raw in offered) else None


READ = {
    "decimal": _decimal,
    "integer": _integer,
    "boolean": lambda fact, raw: raw if isinstance(raw, bool) else None,
    "choice": _choice,
    "text": lambda fact, raw: raw if isinstance(raw, str) else None,
    "date": lambda fact, raw: datetime.date.fromisoformat(raw),
}


def with_krk(application) -> dict[str, Any]:
    """Return the facts together with the KRK's figures as ``krk.<key>``, for the checks."""
    record = application.records.filter(kind="krk").first()
    data = record.data if record else {}
    return of(application) | {f"krk.{key}": value for key, value in data.items()}


def asked(rules: Daerah, form: str, values: dict[str, Any]) -> list[Fact]:
    """Return the facts of one form (krk or izin) whose condition does not rule them out."""
    sections = {section.code for section in rules.section if section.form == form}
    return [
        fact
        for fact in rules.fact
        if fact.section in sections and conditions.holds(fact.when or {}, values) is not False
    ]


def unanswered(rules: Daerah, form: str, values: dict[str, Any]) -> list[Fact]:
    """Return the required facts of a form that have no answer yet."""
    return [f for f in asked(rules, form, values) if f.required and f.code not in values]


def store(application, code: str, value: Any) -> None:
    """Put an answer into its column or into the JSON; saving is the caller's."""
    if code in COLUMNS:
        setattr(application, code, value if value is not None else _empty(code))
    else:
        application.facts[code] = None if value is None else _plain(value)


def _plain(value: Any) -> Any:
    return value if isinstance(value, (bool, int, str)) else str(value)


def _empty(code: str) -> Any:
    from applications.models import Application

    return None if Application._meta.get_field(code).null else ""
