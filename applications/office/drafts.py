"""The paper that is about to be signed, in the viewer beside what was uploaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse

from applications import draft_pages
from applications.models import Application, DraftPicture
from applications.office import viewer
from applications.office.viewer import Asked
from applications.refusals import Unmet

SIGNS = frozenset({"paraf", "ttd"})


def of(case: Application, mine: bool) -> list[dict[str, str]]:
    """Return the papers that the link on turn is about to sign or issue, with their addresses."""
    if not mine or case.link is None:
        return []
    return [
        {
            "kind": kind,
            "title": case.rules.paper[kind].title,
            "pdf": reverse("admin:preview", args=[case.pk, kind]),
            "url": Asked(draft=kind).url(),
        }
        for kind in draft_pages.kinds(case)
    ]


def choose(case: Application, drafts: Sequence[dict[str, str]], asked: Asked) -> dict | None:
    """Return the draft to show: the one asked for; unasked, whoever signs sees what he signs."""
    wanted = next((draft for draft in drafts if draft["kind"] == asked.draft), None)
    signs = case.link is not None and case.link.act in SIGNS
    return wanted or (drafts[0] if drafts and signs and not asked.code else None)


def view(case: Application, draft: dict[str, str], asked: Asked) -> dict[str, Any]:
    """Return what the viewer shows of a draft, as ``viewer.of`` does of an upload."""
    try:
        pictures, why = {row.page: row for row in draft_pages.drawn(case, draft["kind"])}, ""
    except Unmet as refusal:
        pictures, why = {}, " ".join(refusal.missing)
    pages = max((row.pages for row in pictures.values()), default=1)
    asked = replace(asked, draft=draft["kind"], code="", number=0, other=0, refuse=False)
    asked = replace(asked, page=min(asked.page, pages))
    side = _side(case, draft, pictures.get(asked.page), asked)
    if why:
        side |= {"state": "ditahan", "why": why}
    return {
        "title": draft["title"], "edition": "konsep", "pages": pages, "page": asked.page,
        "sides": [side], "size": asked.size, "turn": asked.turn, "file_url": draft["pdf"],
        **viewer.links(asked, pages),
    }  # fmt: skip


def _side(
    case: Application, draft: dict[str, str], picture: DraftPicture | None, asked: Asked
) -> dict[str, Any]:
    state = "disiapkan" if picture is None else "siap" if picture.file else "gagal"
    side = {"name": "Konsep", "page": asked.page, "state": state, "main": True,
            "file_url": draft["pdf"]}  # fmt: skip
    if picture is not None and picture.file:
        url = reverse("admin:draft_page", args=[case.pk, picture.kind, picture.mark, picture.page])
        side |= viewer.drawn(picture, asked) | {"url": url, "markers": []}
    return side
