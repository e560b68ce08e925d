"""Conditions on facts: look-ups as in Django's filters, with a third answer, *unknown*.

A table is AND, a list of tables is OR, the key ``not`` negates. A fact that is not answered makes
a look-up unknown, never false; what the other facts already decide stays decided.
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from imbportal.daerah.rule import When

LOOKUPS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": operator.eq,
    "in": lambda value, wanted: value in wanted,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}


def holds(when: When | None, facts: Mapping[str, Any]) -> bool | None:
    """Return whether the condition holds; None where the facts do not tell. No condition holds."""
    if not when:
        return True
    if isinstance(when, list):
        return _either(holds(table, facts) for table in when)
    return _both(_part(key, wanted, facts) for key, wanted in when.items())


def unknown(when: When | None, facts: Mapping[str, Any]) -> set[str]:
    """Return the facts that must be answered before the condition can be decided."""
    if not when or holds(when, facts) is not None:
        return set()
    if isinstance(when, list):
        return set().union(*(unknown(table, facts) for table in when))
    return set().union(*(_missing(key, wanted, facts) for key, wanted in when.items()))


def names(when: When | None) -> Iterator[tuple[str, str, Any]]:
    """Yield (fact, look-up, wanted value) of every look-up in the condition."""
    for table in when if isinstance(when, list) else [when or {}]:
        for key, wanted in table.items():
            if key == "not":
                yield from names(wanted)
            else:
                yield (*split(key), wanted)


def split(key: str) -> tuple[str, str]:
    """Return ("floors", "gte") for "floors__gte"; a bare name is ``exact``."""
    fact, _, lookup = key.partition("__")
    return fact, lookup or "exact"


def _part(key: str, wanted: Any, facts: Mapping[str, Any]) -> bool | None:
    if key == "not":
        inner = holds(wanted, facts)
        return None if inner is None else not inner
    fact, lookup = split(key)
    value = facts.get(fact)
    return None if value is None else LOOKUPS[lookup](value, wanted)


def _missing(key: str, wanted: Any, facts: Mapping[str, Any]) -> set[str]:
    if key == "not":
        return unknown(wanted, facts)
    fact, _ = split(key)
    return {fact} if facts.get(fact) is None else set()


def _both(answers: Iterator[bool | None]) -> bool | None:
    given = list(answers)
    if False in given:
        return False
    return None if None in given else True


def _either(answers: Iterator[bool | None]) -> bool | None:
    given = list(answers)
    if True in given:
        return True
    return None if None in given else False
