"""The document beside the checklist: which file, page, size and side the address asks for.

All of it works by links; ``static/js/viewer.js`` only follows them without loading the page anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from applications.models import DocumentVersion, PagePicture, Point
from applications.requirements import Slot
from imbportal.indonesia import persen

SIZES = (("pas", "Pas"), ("100", persen(100)), ("200", persen(200)))
FIT = SIZES[0][0]
WHOLE = 800
"""Pixels of a page's width at 100 %: about what A4 has on a screen."""
QUARTERS = (0, 90, 180, 270)


@dataclass(frozen=True)
class Asked:
    """What the address asks for, as far as it makes sense."""

    code: str = ""
    draft: str = ""
    """Kind of a paper that is about to be signed, in place of an upload."""
    number: int = 0
    """Of the version; 0 is the newest."""
    page: int = 1
    size: str = FIT
    turn: int = 0
    other: int = 0
    """Number of the version to compare with; 0 compares with none."""
    refuse: bool = False
    """Whether the officer is about to write what is wrong."""

    def url(self, anchor: str = "dokumen", **changes: Any) -> str:
        """Return the address of this view with some things changed; what is usual is left out."""
        asked = replace(self, **({"refuse": False} | changes))
        pairs = (
            ("berkas", asked.code, ""), ("konsep", asked.draft, ""), ("versi", asked.number, 0),
            ("halaman", asked.page, 1), ("besar", asked.size, FIT), ("putar", asked.turn, 0),
            ("banding", asked.other, 0), ("tolak", int(asked.refuse), 0),
        )  # fmt: skip
        query = urlencode([(key, value) for key, value, usual in pairs if value != usual])
        return f"?{query}#{anchor}"


def read(given: Any) -> Asked:
    """Return what a query string asks for; whatever is crooked counts as not asked."""
    size, turn = given.get("besar", FIT), _number(given.get("putar"))
    return Asked(
        code=given.get("berkas", "")[:60],
        draft=given.get("konsep", "")[:40],
        number=_number(given.get("versi")),
        page=max(1, _number(given.get("halaman"))),
        size=size if size in dict(SIZES) else FIT,
        turn=turn if turn in QUARTERS else 0,
        other=_number(given.get("banding")),
        refuse=given.get("tolak") == "1",
    )


def _number(text: Any) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 5 else 0


def choose(slots: list[Slot], asked: Asked, gate: str) -> Slot | None:
    """Return the slot to show: the one asked for, else the next to be judged, else the first."""
    full = [slot for slot in slots if slot.version is not None]
    wanted = [slot for slot in full if slot.code == asked.code]
    open_ = [slot for slot in full if slot.to_judge(gate) and not slot.version.verdict]
    found = wanted or open_ or [s for s in full if s.to_judge(gate)] or full
    return found[0] if found else None


def of(slots: list[Slot], points: list[Point], slot: Slot | None, asked: Asked) -> dict | None:
    """Return what the viewer shows, or None in a case without files."""
    if slot is None:
        return None
    versions = list(slot.document.versions.all())
    version = next((v for v in versions if v.number == asked.number), slot.version)
    older = [v for v in versions if v.number != version.number]
    other = next((v for v in older if v.number == asked.other), None)
    asked = replace(
        asked,
        code=slot.code,
        draft="",
        page=min(asked.page, version.pages),
        other=other.number if other else 0,
        number=0 if version == slot.version else version.number,
    )
    pictures = _pictures([version, *([other] if other else [])])
    sides = [_side(v, asked, pictures, points, v == version) for v in (other, version) if v]
    return {
        "slot": slot, "version": version, "title": slot.requirement.label,
        "edition": f"versi {version.number}", "pages": version.pages, "page": asked.page,
        "sides": sides, "turn": asked.turn,
        "size": FIT if other else asked.size, "comparing": other, "older": [
            (v, asked.url(other=v.number), asked.url(number=v.number, page=1, other=0))
            for v in older
        ],
        "alone_url": asked.url(other=0),
        "newest_url": "" if version == slot.version else asked.url(number=0, other=0),
        "file_url": reverse("applications:file", args=[version.pk]),
        **links(asked, version.pages),
        **_neighbours(slots, slot, asked),
    }  # fmt: skip


def links(asked: Asked, pages: int) -> dict[str, Any]:
    """Return the links that lead around in a file of so many pages."""
    return {
        "sizes": [(label, asked.url(size=size), size == asked.size) for size, label in SIZES],
        "turn_url": asked.url(turn=(asked.turn + 90) % 360),
        "previous": asked.url(page=asked.page - 1) if asked.page > 1 else "",
        "next": asked.url(page=asked.page + 1) if asked.page < pages else "",
        "query": asked.url("").rstrip("#"),
    }


def document_url(asked: Asked, slot: Slot, *, refuse: bool = False) -> str:
    """Return the address that opens another document, at the reader's size."""
    fresh = Asked(code=slot.code, size=asked.size)
    return fresh.url("alasan", refuse=True) if refuse else fresh.url()


def _neighbours(slots: list[Slot], slot: Slot, asked: Asked) -> dict[str, str]:
    full = [item for item in slots if item.version is not None]
    at = [item.code for item in full].index(slot.code)
    before, after = full[at - 1 : at] if at else [], full[at + 1 : at + 2]
    return {
        "previous_document": document_url(asked, before[0]) if before else "",
        "next_document": document_url(asked, after[0]) if after else "",
    }


def _pictures(versions: list[DocumentVersion]) -> dict[tuple[Any, int], PagePicture]:
    rows = PagePicture.objects.filter(version__in=versions)
    return {(row.version_id, row.page): row for row in rows}


def _side(version, asked, pictures, points, newest):
    """Return one page as it is drawn, or why it cannot be shown."""
    page = min(asked.page, version.pages)
    picture = pictures.get((version.pk, page))
    side = {"version": version, "name": f"Versi {version.number}", "page": page,
            "state": _state(version, picture), "main": newest,
            "file_url": reverse("applications:file", args=[version.pk])}  # fmt: skip
    if side["state"] == "siap":
        side |= drawn(picture, asked) | {"url": reverse(
            "applications:page_picture", args=[version.pk, page])}  # fmt: skip
        here = [p for p in points if p.file_version_id == version.pk and p.page == page]
        side["markers"] = [_marker(p, n, picture, side["radius"]) for n, p in enumerate(here)]
    return side


def _state(version, picture):
    if version.scan != DocumentVersion.Scan.CLEAN:
        return version.scan
    if picture is None:
        return "disiapkan"
    return "siap" if picture.file else "gagal"


def drawn(picture: Any, asked: Asked) -> dict[str, Any]:
    """Return the frame of a page: SVG turns and scales by attributes, without inline style."""
    width, height = picture.width, picture.height
    frame = (height, width) if asked.turn in (90, 270) else (width, height)
    shift = {0: "", 90: f"translate({height} 0) ", 180: f"translate({width} {height}) ",
             270: f"translate(0 {width}) "}[asked.turn]  # fmt: skip
    factor = 0 if asked.size == FIT else min(width, WHOLE) / width * (int(asked.size) / 100)
    if asked.other:
        factor = 0
    return {
        "picture": picture,
        "frame": frame,
        "transform": f"{shift}rotate({asked.turn})" if asked.turn else "",
        "display": (round(frame[0] * factor), round(frame[1] * factor)) if factor else None,
        "radius": max(8, round(width / (38 if not factor else 38 + 30 * factor))),
    }


def _marker(point, index, picture, radius):
    """Return where a remark's number stands; one without a spot stands at the page's edge."""
    x, y = picture.width - 2 * radius, radius * (2 + 3 * index)
    if point.x is not None:
        x, y = picture.width * point.x // 1000, picture.height * point.y // 1000
    return {"point": point, "x": x, "y": y, "text_y": y + round(radius * 0.36)}
