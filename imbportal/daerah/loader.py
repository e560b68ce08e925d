"""Read one daerah's file: TOML, then the schema, then what must agree within the file."""

import tomllib
from collections.abc import Iterable
from decimal import Decimal

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from imbportal.daerah import mbr
from imbportal.daerah.schema import Daerah

PLAIN = {
    "extra_forbidden": "unknown key",
    "missing": "missing",
    "string_too_short": "must not be empty",
}
"""Pydantic's error types in plainer words."""


class DaerahError(Exception):
    """A file that cannot be used; one line per problem, each naming the file and the key."""

    def __init__(self, name: str, problems: Iterable[tuple[str, str]]):
        self.problems = [": ".join(filter(None, (name, *problem))) for problem in problems]
        super().__init__("\n".join(self.problems))


def load(text: str, name: str) -> Daerah:
    """Return the rules that ``text`` states; ``name`` is the file's name, for messages.

    Raises DaerahError.
    """
    from imbportal.daerah import (
        blank_words,
        completeness,
        dead_ends,
        internal,
        questions,
        references,
        seals,
        sides,
        writing,
    )

    daerah = parse(text, name)
    problems = [*sides.problems(daerah)]
    if not problems:
        problems = sides.each(daerah, references.problems, completeness.problems)
        problems += [*writing.problems(daerah), *seals.problems(daerah)]
        problems += internal.problems(daerah)
        problems += blank_words.problems(daerah)
    if not problems:  # these two follow the references and the chains
        problems = sides.each(daerah, questions.problems, dead_ends.problems)
    if name.endswith(".toml") and name != f"{daerah.slug}.toml":
        problems.append(("slug", f'"{daerah.slug}" differs from the file\'s name'))
    if problems:
        raise DaerahError(name, problems)
    return daerah


def parse(text: str, name: str) -> Daerah:
    """Return the rules without the cross-checks, as for a stored version that once passed them.

    Raises DaerahError.
    """
    try:
        return Daerah.model_validate(mbr.spread(tomllib.loads(text, parse_float=Decimal)))
    except tomllib.TOMLDecodeError as error:
        raise DaerahError(name, [("", f"not valid TOML: {error}")]) from None
    except ValidationError as error:
        raise DaerahError(name, map(_problem, error.errors(include_url=False))) from None


def _problem(error: ErrorDetails) -> tuple[str, str]:
    """Return one of pydantic's errors as (key, message)."""
    message = PLAIN.get(error["type"], error["msg"])
    if error["type"] == "missing" and error["loc"][-1] == "cite":
        message = "missing: every rule names its source"
    return key(error["loc"]), message


def key(parts: Iterable[str | int]) -> str:
    """Return a path of keys as ``stage.SUBMITTED[0].role``."""
    path = ""
    for part in parts:
        if isinstance(part, int):
            path += f"[{part}]"
        elif "[" not in part:  # a branch of a union, or "[key]": no key of the file
            path += f".{part}" if path else part
    return path
