"""One line of a list of the desk: what must be done, and why it is late or here again."""

from itertools import groupby

from django.urls import reverse

from applications import clock, handing, parents, ports
from applications.models import Event, Handover
from applications.office import returns
from imbportal.daerah import calendar

READ = (
    "application", "seq", "move", "source", "turn_before", "target", "turn_after", "hidden", "data",
    "at",
)  # fmt: skip
"""Columns of an event that tell in whose hands a case lay, and what is late."""
HANDS_SHOWN = 3
ON_TIME = {"late": ""}


def of(cases, user, today) -> list[dict]:
    """Return the lines of a page's cases; as many queries for fifty as for one."""
    back, given, late = returns.of(cases), _handed(cases), _late(cases, today)
    waits = ports.money.pending_reliefs(cases)
    return [
        _row(case, user, today, back=back.get(case.pk, ""))
        | {"given": given.get(case.pk, "")}
        | late.get(case.pk, ON_TIME)
        | {"waits": waits[case.pk].text if case.pk in waits else ""}
        for case in cases
    ]


def _row(case, user, today, *, back):
    link = case.link
    return {
        "case": case,
        "url": reverse("admin:case", args=[case.pk]),
        "name": case.holder.name if case.holder else "",
        "place": ", ".join(
            part for part in (parents.title(case), case.building_name, case.address) if part
        ),
        "task": link.label if link else _without_turn(case),
        "returned": back,
        "left": (case.due_at - today).days if case.due_at else None,
        "with": _holder(case, user) if link else "",
        "mine": case.claimed_by_id == user.pk,
    }


def _without_turn(case):
    if case.permit_status:
        return case.stage_label
    return "Menunggu pemohon" if case.state in clock.WITH_APPLICANT else "Sudah selesai"


def _holder(case, user):
    if case.claimed_by_id == user.pk:
        return "Saya"
    return case.claimed_by.name if case.claimed_by else "Belum diambil"


def _late(cases, today):
    """Return by case where its days went and what must be done, where a deadline has passed."""
    late = {case.pk: case for case in cases if case.due_at and case.due_at < today and case.track}
    events = list(
        Event.objects.filter(application__in=late).only(*READ).order_by("application", "seq")
    )
    with calendar.read_once():
        return {
            pk: _of_late(late[pk], list(told))
            for pk, told in groupby(events, key=lambda event: event.application_id)
        }


def _of_late(case, events):
    task = handing.task(case, events) or _without_turn(case)
    return {"late": _where_days_went(case, events), "task": task}


def _where_days_went(case, events):
    hands = [
        hand for hand in clock.hands(case, events)
        if hand.holder != clock.APPLICANT and hand.days
    ]  # fmt: skip
    longest = sorted(hands, key=lambda hand: -hand.days)[:HANDS_SHOWN]
    if not longest:
        return ""
    first, *others = (f"{hand.days} hari kerja pada {hand.holder}" for hand in longest)
    return ", ".join([first, *(text.replace(" hari kerja", "") for text in others)])


def _handed(cases):
    """Return by case who gave it to its present holder, with the reason."""
    given = Handover.objects.filter(application__in=[case.pk for case in cases])
    last = {item.application_id: item for item in given.select_related("giver").order_by("pk")}
    return {
        case.pk: f"Diserahkan {last[case.pk].giver}" + _because(last[case.pk].reason)
        for case in cases
        if case.pk in last and last[case.pk].receiver_id == case.claimed_by_id
    }


def _because(reason):
    return f": {reason}" if reason else "."
