"""What a daerah's file may say of a permit that is frozen, revoked or replaced after its issue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from imbportal.daerah.rule import Cited, Code
from imbportal.daerah.ways import Deadline

if TYPE_CHECKING:
    from imbportal.daerah.schema import Daerah

WARNING, FREEZING, LIFTING, REVOKING = "peringatan", "pembekuan", "pencairan", "pencabutan"
"""Kinds of the letters with which the office says what it did."""


class Sanction(Cited):
    """Who may freeze, revoke or replace which papers; without it nobody can."""

    kinds: tuple[Code, ...]
    """Papers that may be frozen, revoked and replaced. The first that a case has is its permit."""
    along: tuple[Code, ...] = ()
    """Papers of the same case that share the permit's fate: its plate, its drawings."""
    decided_by: Code | None = None
    """Role that decides and signs; None leaves it to the head."""
    warning: Deadline | None = None
    """Time that a written warning must give before a paper is revoked; None asks for none."""
    objection: Deadline | None = None
    """Within which time the holder may object, counted from the letter; None where the documents
    name no term."""


def letters(daerah: Daerah) -> set[str]:
    """Return the papers that are issued by these acts alone."""
    rule = daerah.sanction
    if rule is None:
        return set()
    return {FREEZING, LIFTING, REVOKING} | ({WARNING} if rule.warning else set())


def problems(daerah: Daerah) -> Iterator[tuple[str, str]]:
    """Yield (key, problem): the papers must exist, and the letters be signed by who decides."""
    rule = daerah.sanction
    if rule is None:
        return
    if rule.decided_by is not None and rule.decided_by not in daerah.role:
        yield "sanction.decided_by", f'unknown role "{rule.decided_by}"'
    if not rule.kinds:
        yield "sanction.kinds", "names no paper"
    for field in ("kinds", "along"):
        for kind in getattr(rule, field):
            if kind not in daerah.paper:
                yield f"sanction.{field}", f'unknown paper "{kind}"'
    if both := sorted({*rule.kinds} & {*rule.along}):
        yield "sanction.along", f"stands under kinds, too: {', '.join(both)}"
    if "skrd" in rule.kinds + rule.along:
        yield "sanction.kinds", "a bill is voided (void_skrd), never frozen or revoked"
    who = rule.decided_by or daerah.head
    for kind in sorted(letters(daerah)):
        paper = daerah.paper.get(kind)
        if paper is None:
            yield f"paper.{kind}", "missing: the letter of what [sanction] allows"
        elif paper.signed_by != who:
            yield f"paper.{kind}.signed_by", f"is signed by who decides: {who}"
    for field in ("warning", "objection"):
        term = getattr(rule, field)
        if term is not None and (term.start or term.stop):
            yield f"sanction.{field}", "runs from its letter: no start and no stop"
    if rule.contoh and "contoh" not in f"{rule.cite} {rule.note}".lower():
        yield "sanction.note", "a sample says so: put the word contoh here"
