"""What pages say of relief: the applicant's card, the desk's panel, in whose hands it lies."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

from django.urls import reverse

from applications import clock, rules
from applications.models import Application
from applications.views import paper_files
from imbportal.daerah import registry
from imbportal.daerah.reliefs import Relief as Rule
from imbportal.indonesia import tanggal
from retribusi import office, reliefs, sheets
from retribusi import relief as requests
from retribusi.assessment import newest
from retribusi.models import Relief


class Pending(NamedTuple):
    """A request that waits: what for, in whose hands, and since when."""

    kind: str
    name: str
    who: str
    since: datetime.date
    at: datetime.datetime
    role: str
    url: str

    @property
    def text(self) -> str:
        return f"Permohonan {self.kind} di tangan {self.who} sejak {tanggal(self.since)}"


def pending_reliefs(cases: list[Application]) -> dict[Any, Pending]:
    """Return by case (id) the request for which its bill waits; one query for all.

    Where the case went back to an earlier stage, it waits for that first.
    """
    by_pk = {case.pk: case for case in cases if case.state == "FEE" and case.rules.relief}
    found = {}
    for relief in Relief.objects.filter(application__in=by_pk, state__in=Relief.OPEN):
        relief.application = by_pk[relief.application_id]
        found[relief.application_id] = _pending(relief)
    return found


def _pending(relief: Relief) -> Pending:
    case, rule = relief.application, reliefs.rule_of(relief)
    return Pending(
        kind=rule.kind,
        name=rule.name,
        who=reliefs.holder_title(relief),
        since=clock.local_date(case, relief.since),
        at=relief.since,
        role=relief.holder,
        url=reverse("admin:relief", args=[case.pk]),
    )


# -- The applicant --------------------------------------------------------------------------
def relief_cards(application: Application) -> list[dict[str, Any]]:
    """Return the card of the newest request, and one for each relief that may be asked now."""
    if not application.rules.relief:
        return []
    last = application.reliefs.order_by("-pk").first()
    if last is not None:
        last.application = application
    told = [] if last is None or last.state == Relief.State.ENDED else [_of(last)]
    return told + _offers(application)


def _offers(application: Application) -> list[dict[str, Any]]:
    """Return a card for each relief that may be asked, with what it would save."""
    assessment = newest(application)
    if assessment is None or application.state not in requests.ASKABLE:
        return []
    found = []
    for rule in reliefs.offered(application):
        if requests.hindrance(application, rule):
            continue
        sums = reliefs.trial(application, assessment, rule.code)
        if sums is not None and sums.off:
            found.append(_offer(application, rule, sums))
    return found


def _offer(application: Application, rule: Rule, sums: sheets.Lowered) -> dict[str, Any]:
    return {
        "title": f"Ajukan {rule.kind} retribusi ({reliefs.share(application, rule.code)})",
        "text": f"{rule.name}. {reliefs.who_decides(rule, application.rules)}",
        "sums": sums,
        "documents": [document.label for document in rule.document],
        "url": reverse("retribusi:relief", args=[application.pk, rule.code]),
        "button": f"Ajukan {rule.kind}",
        "cite": rule.cite,
        "voids": application.state == "AWAITING_PAYMENT",
    }


def _of(relief: Relief) -> dict[str, Any]:
    """Return what became of a request."""
    case, rule = relief.application, reliefs.rule_of(relief)
    day = tanggal(clock.local_date(case, relief.since))
    url = reverse("retribusi:relief", args=[case.pk, relief.code])
    if relief.state in Relief.OPEN:
        text = f"{rule.name}. Di tangan {reliefs.holder_title(relief)} sejak {day}. "
        return {
            "title": f"Permohonan {rule.kind} menunggu keputusan",
            "text": text + "SKRD terbit sesudah keputusannya.",
            "badge": relief.get_state_display(), "tone": "due", "url": url,
            "link": "Lihat permohonan",
            "withdraw": reverse("retribusi:relief_withdraw", args=[case.pk]),
        }  # fmt: skip
    outcome = relief.outcome
    granted = relief.state == Relief.State.GRANTED
    return {
        "title": f"Permohonan {rule.kind} {relief.get_state_display().lower()} {day}",
        "text": f"{rule.name}.",
        "reason": relief.reason,
        "sums": sheets.lowered(outcome.result) if outcome and granted else None,
        "paper": next(
            (p for p in paper_files.listed(case) if p["paper"].pk == relief.paper_id), None
        ),
        "badge": relief.get_state_display(),
        "tone": "good" if granted else "plain",
    }


# -- The desk -------------------------------------------------------------------------------
def relief_on_desk(case: Application, user: Any) -> list[dict[str, Any]]:
    """Return the requests of a case, newest first, each with whether the user acts on it."""
    found = []
    for relief in case.reliefs.order_by("-pk") if case.rules.relief else ():
        relief.application = case
        rule, day = reliefs.rule_of(relief), tanggal(clock.local_date(case, relief.since))
        who = reliefs.holder_title(relief)
        text = f"di tangan {who} sejak {day}" if who else f"{day}"
        found.append(
            {
                "name": rule.name,
                "state": relief.get_state_display(),
                "text": text,
                "open": relief.state in Relief.OPEN,
                "mine": acts_now(relief, user),
                "url": reverse("admin:relief", args=[case.pk]),
            }
        )
    return found


def acts_now(relief: Relief, user: Any) -> bool:
    """Return whether a request waits for the user himself."""
    case = relief.application
    mine = relief.holder in rules.roles_of(case, user)
    return bool(relief.holder) and mine and not rules.same_person(case, user)


def reliefs_waiting(user: Any, daerah: str) -> list[dict[str, Any]]:
    """Return the requests that wait for a user in a daerah, the oldest first."""
    if not registry.current(daerah).relief:
        return []
    return _rows(office.mine(Relief, user, daerah))


def waiting_in(user: Any, slugs: list[str]) -> list[dict[str, Any]]:
    """Return the requests that wait in these daerah, in whosever hands, the oldest first."""
    return _rows(office.waiting(Relief, user, slugs))


def _rows(waiting: Any) -> list[dict[str, Any]]:
    return [
        {
            "number": relief.application.number,
            "name": relief.application.holder.name if relief.application.holder else "",
            "pending": _pending(relief),
            "days": office.since(relief)["days"],
        }
        for relief in waiting[: office.SHOWN]
    ]
