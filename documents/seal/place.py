"""Where on a printed paper the signature stands: the space that its template left and named."""

from __future__ import annotations

import io
from typing import Any, NamedTuple

TOP, BOTTOM = "segel", "segel-bawah"
"""Anchors of templates/pdf/parts/signer.html: the space over the last name, and that name."""
WIDTH = 187.0
"""Points, 66 mm: the narrowest signature block."""
GAP = 2.0


class Place(NamedTuple):
    """A rectangle in points from the lower left corner of a page, pages counted from 0."""

    page: int
    x: float
    y: float
    width: float
    height: float


def find(pdf: bytes) -> Place | None:
    """Return the place of the visible seal; None on a paper that nobody signs."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        spots = _spots(document)
        if TOP not in spots or BOTTOM not in spots:
            return None
        (page, x, top), (other, _, bottom) = spots[TOP], spots[BOTTOM]
        if page != other or top - bottom < 4 * GAP:
            return None
        return Place(page, x, bottom + GAP, WIDTH, top - bottom - 2 * GAP)


def _spots(document: Any) -> dict[str, tuple[int, float, float]]:
    """Return (page, x, y) of the named places of a paper."""
    names = document.Root.get("/Names", {}).get("/Dests", {}).get("/Names", [])
    pages = {page.obj.objgen: index for index, page in enumerate(document.pages)}
    return {
        str(names[i]): (
            pages[names[i + 1][0].objgen],
            float(names[i + 1][2]),
            float(names[i + 1][3]),
        )
        for i in range(0, len(names), 2)
    }
