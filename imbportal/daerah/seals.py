"""Whose electronic seal a paper bears that is issued beside the steps: STRD, SKRDLB, decisions.

What a step issues is told at its link (``references``). The function yields (key, problem) in
plain English.
"""

from __future__ import annotations

from collections.abc import Iterator

from imbportal.daerah import corrections, interest
from imbportal.daerah.schema import Daerah


def beside(daerah: Daerah) -> set[str]:
    """Return the kinds of paper that are issued beside the steps."""
    decisions = {relief.paper for relief in daerah.relief if relief.paper}
    return {interest.PAPER} | corrections.letters(daerah) | decisions


def problems(daerah: Daerah) -> Iterator[tuple[str, str]]:
    known = beside(daerah)
    for code, paper in daerah.paper.items():
        if paper.seal is None:
            continue
        if code not in known:
            yield f"paper.{code}.seal", "is issued in a step: say so at its link in [stage]"
        elif paper.seal == "ttd" and paper.signed_by is None:
            yield f"paper.{code}.seal", "nobody signs it: only the office can seal (kantor)"
