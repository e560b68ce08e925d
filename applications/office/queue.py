"""The queue of a posting, nearest deadline first, and the search over all that one may see."""

from typing import NamedTuple

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts import postings
from applications import counter, findings, ports, undelivered
from applications.keyset import Keyset
from applications.models import Application
from applications.office import filters, rooms, rows
from applications.office.counting import capped
from applications.workflow import State
from imbportal import areas, crypto
from imbportal.context import postings_of
from imbportal.daerah import calendar, registry
from imbportal.daerah.vocabulary import GATES

PAGE = 50
NIK_DIGITS = 16
LISTS = {"index": "Antrian saya", "cases": "Semua permohonan"}


class Entry(NamedTuple):
    """One word of the desk's menu: a page, or several that unfold below it."""

    label: str
    pages: list[tuple[str, str, bool]]
    """Label, address, whether it is the one that is read."""

    @property
    def current(self) -> bool:
        return any(current for _, _, current in self.pages)


def nav(current, request):
    """Return the desk's menu with the current page marked; the counter for who stands there."""

    def entry(label, *pages):
        return Entry(
            label, [(word, reverse(f"admin:{name}"), name == current) for word, name in pages]
        )

    counters = counter.daerah_of(postings_of(request))
    single = [("Antrian", "index"), *([("Loket", "counter")] if counters else [])]
    single += [("Semua permohonan", "cases"), ("Buku register", "register")]
    last = [("Pesan gagal", "undelivered"), ("Data induk", "data")]
    return [
        *(entry(page[0], page) for page in single),
        *(
            entry(word, *((room.label, room.name) for room in kept))
            for word, kept in rooms.menu(request).items()
        ),
        *(entry(page[0], page) for page in last),
    ]


@require_safe
def index(request):
    """Show the queue of the chosen posting; who has none goes to search or master data."""
    held = postings_of(request)
    mine = [posting for posting in held if _works(posting)]
    if not mine:
        return redirect("admin:cases" if held else "admin:data")
    posting = next((p for p in mine if str(p.pk) == request.GET.get("peran")), None)
    posting = posting or _with_work(request.user, mine)
    cases = _waiting(request.user, posting)
    tabs = [
        (f"?peran={p.pk}", postings.capacity(p, registry.current(p.daerah)), p == posting)
        for p in mine
    ]
    context = _list(request, cases, "index", posting.daerah, [State(gate) for gate in GATES])
    context["reliefs"] = ports.money.reliefs_waiting(request.user, posting.daerah)
    context["corrections"] = ports.money.corrections_waiting(request.user, posting.daerah)
    context["undelivered"] = undelivered.count(request.user)
    context["hands_over"] = _has_colleagues(posting, request.user)
    return render(request, "applications/kantor/queue.html", context | {"tabs": tabs})


@require_safe
def everything(request):
    """Show every case of a daerah in which the user is posted, with the same search."""
    held = postings_of(request)
    here = daerah_of(request, held)
    cases = Application.objects.at_desk_of(request.user, held, here)
    states = [state for state in State if state != State.DRAFT]
    context = _list(request, cases, "cases", here, states)
    context["tabs"] = tabs_of_daerah(held, here)
    return render(request, "applications/kantor/queue.html", context)


@require_POST
def search(request):
    """Turn what was typed into an address; a NIK never stands in one, only whose it is."""
    page = "cases" if request.POST.get("halaman") == "cases" else "index"
    typed = {key: request.POST.get(key, "").strip()[:100] for key in filters.KEYS}
    digits = typed["q"].replace(" ", "").replace(".", "")
    if len(digits) == NIK_DIGITS and digits.isascii() and digits.isdigit():
        typed["q"], typed["pemilik"] = "", _person(request, digits)
        if not typed["pemilik"]:
            messages.info(request, "Tidak ada permohonan dengan NIK itu.")
    wanted = filters.chosen(typed, request.user, None)
    return redirect(reverse(f"admin:{page}") + wanted.address())


def daerah_of(request, held):
    """Return the daerah that the address chooses among the postings, "" where there are none."""
    slugs = [posting.daerah for posting in held]
    wanted = request.GET.get("daerah", "")
    return wanted if wanted in slugs else next(iter(slugs), "")


def tabs_of_daerah(held, here):
    slugs = dict.fromkeys(posting.daerah for posting in held)
    return [(f"?daerah={slug}", registry.current(slug).name, slug == here) for slug in slugs]


def kecamatan_of(daerah):
    return areas.kecamatan(registry.current(daerah).region_code) if daerah else ()


def _waiting(user, posting):
    return Application.objects.waiting_for(posting).exclude(applicant=user)


def _with_work(user, mine):
    """Return the first posting for which something waits, the first of all where nothing does."""
    if len(mine) == 1:
        return mine[0]
    return next((posting for posting in mine if _waiting(user, posting).exists()), mine[0])


def _works(posting):
    """Return whether a posting's role has turns in a queue."""
    return posting.role in registry.current(posting.daerah).role


def _has_colleagues(posting, user):
    unit = registry.current(posting.daerah).unit.get(posting.unit)
    others = postings.holders(posting.daerah, posting.role, unit.kecamatan if unit else "")
    return others.exclude(pk=user.pk).exists()


def _person(request, nik):
    """Return the identity by this NIK of which the user may see a case, "" where there is none."""
    held, lookup = postings_of(request), crypto.lookup(nik)
    for slug in dict.fromkeys(posting.daerah for posting in held):
        cases = Application.objects.at_desk_of(request.user, held, slug)
        found = cases.filter(holder__nik_lookup=lookup).values_list("holder", flat=True)
        if found := found.first():
            return str(found)
    return ""


def _list(request, cases, name, daerah, states):
    """Return one page of a list with its tiles, stages and filters."""
    today = calendar.today(daerah) if daerah else None
    wanted = filters.chosen(request.GET, request.user, today)
    found = wanted.narrow(cases).in_queue()
    page = Keyset("due_key", size=PAGE).page(found, request.GET, wanted.kept)
    kecamatan = kecamatan_of(daerah)
    person = wanted.kept.get("pemilik") and page.rows and page.rows[0].holder
    return {
        **_counts(cases, wanted, states),
        "desk_nav": nav(name, request),
        "list_name": name,
        "oversees": daerah if daerah and findings.may_see(postings_of(request), daerah) else "",
        "title": LISTS[name],
        "rows": rows.of(page.rows, request.user, today),
        "previous": page.before,
        "following": page.after,
        "filters": wanted.kept,
        "chips": wanted.chips(dict(kecamatan), person.nik_masked if person else ""),
        "cleared": wanted.cleared,
        "filtered": wanted.active,
        "states": [(state.value, state.label) for state in states],
        "kecamatan": kecamatan,
        "holders": filters.HOLDERS.items(),
        "here": request.get_full_path(),
    }


def _counts(cases, wanted, states):
    """Return the tiles and the number of cases by stage, counted by one query."""
    if not wanted.today:
        return {"tiles": [], "stages": []}
    tiles = [cases.filter(filters.condition(code, wanted.today)) for code in filters.TILES]
    free = filters.CONDITIONS["pemegang"](cases, "bebas", wanted)
    counted = capped(cases, *tiles, free, *(cases.filter(state=state) for state in states))
    whole, of_tiles, of_states = counted[0], counted[1 : -len(states)], counted[-len(states) :]
    choices = [
        *((label, "saring", code) for code, label in filters.TILES.items()),
        ("belum diambil petugas", "pemegang", "bebas"),
    ]
    return {
        "whole": whole,
        "tiles": [
            _link(wanted, count, label, key, value)
            for count, (label, key, value) in zip(of_tiles, choices, strict=True)
        ],
        "stages": [
            _link(wanted, count, state.label, "tahap", state.value)
            for count, state in zip(of_states, states, strict=True)
            if count != "0"
        ],
    }


def _link(wanted, count, label, key, value):
    """Return a count that filters by itself; chosen already, it lets go."""
    current = wanted.kept.get(key) == value
    return {
        "count": count,
        "label": label,
        "url": wanted.address(**{key: "" if current else value}),
        "current": current,
        "bad": value == "lewat" and count != "0",
    }
