"""Who reads the cash of a daerah, and who acts in it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from accounts import postings
from accounts.models import Posting
from applications.office.queue import nav, tabs_of_daerah
from applications.refusals import Barred
from imbportal.context import postings_of
from imbportal.daerah import registry
from retribusi import treasurers

PAGES = (
    ("Hari ini", "cash"), ("Buku penerimaan", "cash_book"), ("Bulan", "cash_month"),
    ("Penutupan", "cash_closings"),
)  # fmt: skip


def reads(request: Any) -> bool:
    """Return whether the reader has any cash to look at; asked by the desk's menu."""
    return bool(treasurers.readable(request))


def chosen(request: Any) -> str:
    """Return the daerah of the address, or the reader's first one. Raises Barred."""
    slugs = treasurers.readable(request)
    if not slugs:
        raise Barred("Kas dibaca oleh bendahara, kepala, admin daerah, dan auditor.")
    given = request.POST if request.method == "POST" else request.GET
    wanted = given.get("daerah", "")
    here = wanted if wanted in slugs else slugs[0]
    activate(here)
    return here


def activate(daerah: str) -> None:
    """Let the page tell its hours as the daerah's clocks do."""
    timezone.activate(registry.current(daerah).timezone)


def treasurer(request: Any, daerah: str) -> Posting | None:
    """Return the posting by which the reader keeps the money of a daerah."""
    keepers = treasurers.roles(registry.current(daerah))
    return _posting(request, daerah, keepers)


def head(request: Any, daerah: str) -> Posting | None:
    """Return the posting by which the reader is the head of a daerah's office."""
    return _posting(request, daerah, {registry.current(daerah).head})


def _posting(request: Any, daerah: str, roles: Any) -> Posting | None:
    found = (p for p in postings_of(request) if p.daerah == daerah and p.role in roles)
    return min(found, key=lambda posting: posting.kind != Posting.Kind.DEFINITIF, default=None)


def must_keep(request: Any, daerah: str, what: str) -> Posting:
    """Return the treasurer's posting, raise Barred where the reader has none."""
    posting = treasurer(request, daerah)
    if posting is None:
        raise Barred(f"{what} dilakukan oleh bendahara.")
    return posting


def capacity(posting: Posting) -> str:
    """Return the title in which a posting's holder acts."""
    return postings.capacity(posting, registry.current(posting.daerah))


def frame(request: Any, daerah: str, title: str, page: str) -> dict[str, Any]:
    """Return what every page of the room shows around its own."""
    mine = treasurers.readable(request)
    held = [posting for posting in postings_of(request) if posting.daerah in mine]
    query = "?" + urlencode({"daerah": daerah})
    return {
        "desk_nav": nav("cash", request),
        "title": title,
        "daerah": daerah,
        "rules": registry.current(daerah),
        "tabs": tabs_of_daerah(held, daerah),
        "pages": [(reverse(f"admin:{name}") + query, label, name == page) for label, name in PAGES],
        "query": query,
        "keeps": treasurer(request, daerah) is not None,
    }
