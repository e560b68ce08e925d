"""The queue of a posting, nearest deadline first, and the search over all that one may see."""

import datetime
import uuid
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import DateField, Q, Value
from django.db.models.functions import Coalesce
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_safe

from accounts import postings
from applications import clock, undelivered
from applications.models import Application
from applications.office import returns
from applications.workflow import State
from imbportal import areas
from imbportal.daerah import calendar, registry

PAGE = 50
NEVER = datetime.date(9999, 12, 31)
"""Sorts the cases without a deadline behind all others."""
ROUNDS = "kembali"
FILTERS = ("q", "tahap", "kecamatan", "saring", "peran")


def nav(current):
    """Return the desk's menu with the current page marked."""
    pages = (
        ("Antrian", "index"),
        ("Semua permohonan", "cases"),
        ("Pesan gagal", "undelivered"),
        ("Data induk", "data"),
    )
    return [(label, reverse(f"admin:{name}"), name == current) for label, name in pages]


@require_safe
def index(request):
    """Show the queue of the chosen posting; who has none goes to search or master data."""
    mine = [posting for posting in postings.of(request.user) if _works(posting)]
    if not mine:
        elsewhere = "cases" if postings.of(request.user) else "data"
        return redirect(f"admin:{elsewhere}")
    chosen = next((p for p in mine if str(p.pk) == request.GET.get("peran")), mine[0])
    cases = Application.objects.waiting_for(chosen).exclude(applicant=request.user)
    today = calendar.today(chosen.daerah)
    context = _listing(request, cases, "index") | {
        "tiles": _tiles(request, cases, today),
        "postings": [
            (p, postings.capacity(p, registry.current(p.daerah)), p == chosen) for p in mine
        ],
        "undelivered": undelivered.count(request.user),
        "title": "Antrian saya",
    }
    return render(request, "applications/kantor/queue.html", context)


@require_safe
def everything(request):
    """Show every case that the user may see, with the same search."""
    mine = postings.of(request.user)
    cases = Application.objects.visible_to(request.user).exclude(applicant=request.user)
    if not mine:
        cases = cases.none()
    context = _listing(request, cases, "cases") | {"title": "Semua permohonan"}
    return render(request, "applications/kantor/queue.html", context)


def _works(posting):
    """Return whether a posting's role has turns in a queue."""
    return posting.role in registry.current(posting.daerah).role


def _tiles(request, cases, today):
    week = today + datetime.timedelta(days=7)
    counts = (
        ("lewat", "terlambat", Q(due_at__lt=today), True),
        ("hari-ini", "jatuh tempo hari ini", Q(due_at=today), False),
        ("minggu", "minggu ini", Q(due_at__range=(today, week)), False),
        (ROUNDS, "kembali dari pemohon", Q(round__gt=1), False),
        ("bebas", "belum diambil petugas", Q(claimed_by=None), False),
    )
    kept = {key: request.GET[key] for key in FILTERS if request.GET.get(key)}
    chosen = kept.pop("saring", "")
    return [
        {
            "count": _capped(cases.filter(condition)),
            "label": label,
            "bad": bad,
            "url": "?" + urlencode(kept if code == chosen else kept | {"saring": code}),
            "current": code == chosen,
        }
        for code, label, condition, bad in counts
    ]


def _capped(cases, most=1000):
    """Return how many cases there are, "1000+" where counting on would only cost time."""
    number = cases.order_by()[: most + 1].count()
    return number if number <= most else f"{most}+"


def _filtered(request, cases):
    given = request.GET
    if words := given.get("q", "").strip():
        cases = cases.filter(
            Q(number__icontains=words) | Q(holder__name__icontains=words)
            | Q(address__icontains=words) | Q(building_name__icontains=words)
        )  # fmt: skip
    if given.get("tahap") in State.values:
        cases = cases.filter(state=given["tahap"])
    if given.get("kecamatan", "").isdigit():
        cases = cases.filter(kecamatan=given["kecamatan"])
    mine = postings.of(request.user).first()
    today = calendar.today(mine.daerah) if mine else timezone.localdate()
    return _quick(given.get("saring"), cases, today)


def _quick(code, cases, today):
    conditions = {
        "lewat": Q(due_at__lt=today),
        "hari-ini": Q(due_at=today),
        "minggu": Q(due_at__range=(today, today + datetime.timedelta(days=7))),
        ROUNDS: Q(round__gt=1),
        "bebas": Q(claimed_by=None),
    }
    return cases.filter(conditions[code]) if code in conditions else cases


def _listing(request, cases, current):
    """Return one keyset page of cases with what the table shows."""
    found = (
        _filtered(request, cases)
        .annotate(due_key=Coalesce("due_at", Value(NEVER), output_field=DateField()))
        .select_related("holder", "claimed_by", "version_used")
        .order_by("due_key", "id")
    )
    after, _, last = request.GET.get("sesudah", "").partition("_")
    if (day := _day(after)) and (last := _uuid(last)):
        found = found.filter(Q(due_key__gt=day) | Q(due_key=day, id__gt=last), due_key__gte=day)
    rows = list(found[: PAGE + 1])
    kept = {key: request.GET[key] for key in FILTERS if request.GET.get(key)}
    following = ""
    if len(rows) > PAGE:
        end = rows[PAGE - 1]
        following = "?" + urlencode(kept | {"sesudah": f"{end.due_key}_{end.id}"})
    back = returns.of(rows[:PAGE])
    return {
        **admin.site.each_context(request),
        "desk_nav": nav(current),
        "rows": [row(case, back.get(case.pk, "")) for case in rows[:PAGE]],
        "following": following,
        "filters": kept,
        "states": State.choices,
        "kecamatan": _kecamatan(request.user),
    }


def _uuid(text):
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _day(text):
    try:
        return parse_date(text)
    except ValueError:
        return None


def _kecamatan(user):
    regions = {registry.current(p.daerah).region_code for p in postings.of(user)}
    return [item for region in sorted(regions) for item in areas.kecamatan(region)]


def row(case, returned=""):
    """Return one line of the table: what must be done, not a code of a state, and why again."""
    link = case.link
    left = (case.due_at - calendar.today(case.daerah)).days if case.due_at else None
    return {
        "case": case,
        "url": reverse("admin:case", args=[case.pk]),
        "name": case.holder.name if case.holder else "",
        "place": ", ".join(part for part in (case.building_name, case.address) if part),
        "task": link.label if link else _without_turn(case),
        "returned": returned,
        "left": left,
        "with": _holder(case) if link else "",
    }


def _without_turn(case):
    return "Menunggu pemohon" if case.state in clock.WITH_APPLICANT else "Sudah selesai"


def _holder(case):
    return case.claimed_by.name if case.claimed_by else "Belum diambil"
