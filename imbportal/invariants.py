"""What a check of the whole portal may find; each app has its checks in ``invariants.py``."""

from typing import Any, NamedTuple


class Fault(NamedTuple):
    """One thing that should never be so, in Indonesian; nothing was changed by finding it."""

    check: str
    case: Any
    """Primary key of the case; None where it is about no case."""
    text: str
