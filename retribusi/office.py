"""What the rooms of the money at the desk share: their frame, whose cases, one act on a request."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, NamedTuple

from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect

from accounts import postings
from applications import clock
from applications.models import Application
from applications.office import signing
from applications.office.actions import version_of
from applications.office.queue import nav
from applications.refusals import Unmet
from imbportal.context import postings_of
from imbportal.daerah import registry
from imbportal.daerah.schema import Daerah

UNPROCESSABLE = 422
SHOWN = 100
"""Lines of a list."""
LONGEST = 2000
"""Letters of a reason."""
NO_SUCH_STEP = "Langkah ini tidak ada."


def frame(request: Any, room: str, title: str) -> dict[str, Any]:
    """Return what every page of a room has around its own; ``room`` is marked in the menu."""
    return {
        **admin.site.each_context(request), "desk_nav": nav(room, request), "title": title,
    }  # fmt: skip


def posted_in(request: Any, takes: Callable[[Daerah], Any]) -> list[str]:
    """Return the daerah (slugs) in which the reader is posted and of which ``takes`` is true."""
    slugs = dict.fromkeys(posting.daerah for posting in postings_of(request))
    known = registry.slugs()
    return [slug for slug in slugs if slug in known and takes(registry.current(slug))]


def of_others(user: Any, slugs: Iterable[str]) -> Any:
    """Return the cases of these daerah that a user may see at the desk: none of his own."""
    cases = Application.objects.visible_to(user).filter(daerah__in=slugs)
    return cases.exclude(applicant=user)


def waiting(model: Any, user: Any, slugs: Iterable[str]) -> Any:
    """Return the requests (rows with a ``holder``) that lie in somebody's hands, oldest first."""
    rows = model.objects.exclude(holder="")
    rows = rows.filter(application__in=of_others(user, slugs).values("pk"))
    return rows.select_related("application__holder").order_by("since", "pk")


def mine(model: Any, user: Any, daerah: str) -> Any:
    """Return those of them that lie in the user's own hands in a daerah.

    Mostly there is nothing: that is asked first, more cheaply than whose cases the user may see.
    """
    roles = {posting.role for posting in postings.of(user, daerah)}
    held = model.objects.exclude(holder="").filter(holder__in=roles, application__daerah=daerah)
    if not held.exists():
        return model.objects.none()
    return waiting(model, user, [daerah]).filter(holder__in=roles)


def since(row: Any) -> dict[str, Any]:
    """Return since when a row lies where it is, in the daerah's days."""
    case = row.application
    day = clock.local_date(case, row.since)
    return {"since": day, "days": (clock.today(case) - day).days}


def newest(case: Application, rows: Any, missing: str) -> Any:
    """Return the newest of some rows of a case. Raises Http404."""
    row = rows.order_by("-pk").first()
    if row is None:
        raise Http404(missing)
    row.application = case
    return row


# -- Acts -----------------------------------------------------------------------------------
class Act(NamedTuple):
    """What a button does with a request, and what is said of it."""

    do: Callable[..., Any]
    said: str
    reasoned: bool = True
    """Whether it takes the reason that was written."""
    signs: str = ""
    """What its page is called where its letter is sealed; empty where no letter goes out."""


def reason(request: Any) -> str:
    """Return the reason that was written on a page."""
    return request.POST.get("alasan", "").strip()[:LONGEST]


def perform(
    request: Any, act: Act, row: Any, *, back: str, show: Callable[..., Any], **more: Any
) -> Any:
    """Do one thing with a row and go ``back``; what is missing is told by ``show``, with what was
    written. The view of an act that signs is one that ``asks_secret``."""
    request.back, why = back, reason(request)
    given = more | ({"reason": why} if act.reasoned else {})
    do = partial(act.do, row, **given, by=request.user)
    try:
        if act.signs:
            signing.beside(request, row.application, do, act.signs)
        else:
            do(version=version_of(request))
    except Unmet as refusal:
        return show(missing=refusal.missing, reason=why)
    messages.success(request, act.said)
    return redirect(back)
