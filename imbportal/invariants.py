"""What a check of the whole portal may find; each app has its checks in ``invariants.py``."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple


class Fault(NamedTuple):
    """One thing that should never be so, in Indonesian; nothing was changed by finding it."""

    check: str
    case: Any
    """Primary key of the case; None where it is about no case."""
    text: str


Check = Callable[[], Iterator[Fault]]
MORE: list[Check] = []
"""Checks of the layers above the money, which registers all others."""


def register(*checks: Check) -> None:
    """Let ``manage.py periksa_invarian`` run these too."""
    MORE.extend(check for check in checks if check not in MORE)
