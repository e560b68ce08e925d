"""Complaints at the desk: the list, one of them, and what was laid beside it."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from applications.keyset import Keyset
from applications.office.counting import capped
from applications.office.queue import daerah_of, nav, tabs_of_daerah
from applications.refusals import Barred, NotVisible
from applications.views.refusal import refusals_as_pages
from feedback.complaints import guard, terms
from feedback.complaints.door import GONE
from feedback.models import Complaint
from feedback.models.complaint import handles
from feedback.models.complaint_flow import OPEN, Stage
from imbportal import uploads
from imbportal.context import postings_of
from imbportal.daerah import calendar, registry
from imbportal.indonesia import mask_name, tanggal, telepon

PAGE = 50
FILTERS = {"terbuka": "belum dijawab", "lewat": "lewat batas", "dijawab": "dijawab atau selesai"}
HERE = "Pengaduan dibaca oleh petugas daerah."


@require_safe
@refusals_as_pages
def everything(request):
    """List the complaints of a daerah: those that wait for an answer by their term, or the rest."""
    held = [one for one in postings_of(request) if handles(one)]
    here = daerah_of(request, held)
    if not here:
        raise Barred(HERE)
    rules, today = registry.current(here), calendar.today(here)
    timezone.activate(rules.timezone)
    found = Complaint.objects.visible_to(held).filter(daerah=here)
    lists = {
        "terbuka": found.filter(state__in=OPEN),
        "lewat": found.filter(state__in=OPEN, due_at__lt=today),
        "dijawab": found.exclude(state__in=OPEN),
    }
    chosen = request.GET.get("saring")
    chosen = chosen if chosen in FILTERS else "terbuka"
    order = Keyset("created_at", down=True, size=PAGE)
    order = order if chosen == "dijawab" else Keyset("due_key", size=PAGE)
    kept = {"daerah": here, "saring": chosen}
    page = order.page(lists[chosen].select_related("case", "handler"), request.GET, kept)
    counts = capped(*lists.values())
    context = {
        "desk_nav": nav("complaints", request),
        "title": "Pengaduan",
        "rules": rules,
        "here": here,
        "tabs": tabs_of_daerah(held, here),
        "tiles": [
            {"label": label, "count": count, "current": code == chosen,
             "bad": code == "lewat" and count != "0",
             "url": "?" + urlencode({"daerah": here, "saring": code})}
            for (code, label), count in zip(FILTERS.items(), counts, strict=True)
        ],
        "rows": [_row(complaint, today) for complaint in page.rows],
        "previous": page.before,
        "following": page.after,
    }  # fmt: skip
    return render(request, "feedback/desk_complaints.html", context)


def _row(complaint, today):
    left = terms.left(complaint)
    return {
        "complaint": complaint,
        "url": reverse("admin:complaint", args=[complaint.pk]),
        "left": left,
        "late": why_late(complaint) if left is not None and left < 0 else "",
    }


def why_late(complaint):
    """Return in whose hands a late complaint lies, and since when."""
    since = tanggal(terms.local_day(complaint, complaint.moved_at))
    where = f"di tangan {complaint.handler.name}" if complaint.handler else "belum diambil petugas"
    told = ", sudah diteruskan kepada kepala" if complaint.escalated_at else ""
    return f"Batasnya {tanggal(complaint.due_at)}; {where} sejak {since}{told}."


# -- One complaint --------------------------------------------------------------------------
def fetched(request, pk):
    """Return a complaint that the reader's postings cover. Raises NotVisible."""
    request.back = reverse("admin:complaints")
    rows = Complaint.objects.visible_to(postings_of(request))
    found = rows.select_related("case", "handler", "entered_by").filter(pk=pk).first()
    if found is None:
        raise NotVisible(GONE)
    timezone.activate(found.rules.timezone)
    return found


@require_safe
@refusals_as_pages
def page(request, pk):
    """Show a complaint with what happened to it and what the reader may do."""
    return shown(request, fetched(request, pk))


def shown(request, complaint, status=200, **more):
    """Return the page of one complaint."""
    barred = guard.barred(complaint, request.user) or guard.unknown(complaint, request.user)
    may_work = _may(guard.require_work, complaint, request.user)
    leads = guard.leads(complaint, request.user)
    mine = complaint.handler_id == request.user.pk
    waits = complaint.state in (Stage.RECEIVED, Stage.REOPENED)
    context = {
        "desk_nav": nav("complaints", request),
        "title": f"Pengaduan {complaint.number}",
        "complaint": complaint,
        "facts": _facts(complaint, masked=bool(barred) or not may_work),
        "case_url": _case_url(complaint, request.user),
        "lines": terms.lines(complaint),
        "left": terms.left(complaint),
        "events": complaint.events.select_related("actor"),
        "notes": complaint.notes.select_related("by"),
        "files": complaint.files.all(),
        "barred": barred,
        "may_work": may_work,
        "may_take": may_work and not barred and waits,
        "may_answer": may_work and not barred and complaint.state == Stage.IN_HAND
        and (mine or leads),
        "may_escalate": may_work and complaint.is_open and not complaint.escalated_at,
        "may_reopen": may_work
        and not barred
        and complaint.state == Stage.ANSWERED
        and not complaint.reopened_at,
        "colleagues": guard.eligible(complaint) if leads and complaint.is_open else [],
        "leads": leads and complaint.is_open,
        **more,
    }  # fmt: skip
    return render(request, "feedback/desk_complaint.html", context, status=status)


def _may(check, complaint, user):
    try:
        check(complaint, user)
    except Barred:
        return False
    return True


def _facts(complaint, masked):
    """Return who complains and how it came; masked to whoever handled the case."""
    reach = ", ".join(filter(None, (complaint.email, telepon(complaint.phone))))
    name = complaint.name
    if masked and not complaint.unnamed:
        name, reach = mask_name(complaint.name), "disamarkan"
    entered = f", dicatat {complaint.entered_by}" if complaint.entered_by else ""
    return [
        ("Hal", complaint.get_topic_display()),
        ("Pelapor", name or "tanpa nama"),
        ("Kontak", reach or "tidak ada; pelapor membaca jawaban dengan kodenya"),
        ("Datang lewat", complaint.get_channel_display() + entered),
    ]


def _case_url(complaint, user):
    case = complaint.case
    if case is None or case.applicant_id == user.pk:
        return ""
    return reverse("admin:case", args=[case.pk])


@require_safe
@refusals_as_pages
def attachment(request, pk, file):
    """Serve one attachment, once it was found clean; never to whom the complaint is about."""
    complaint = fetched(request, pk)
    reason = guard.barred(complaint, request.user) or guard.unknown(complaint, request.user)
    if reason:
        raise Barred(reason)
    row = complaint.files.filter(pk=file).first()
    if row is None:
        raise NotVisible("Lampiran tidak ditemukan.")
    if row.scan != uploads.CLEAN:
        return uploads.held(request, row.scan, reverse("admin:complaint", args=[pk]))
    try:
        return uploads.respond(row.file, name=row.name, mime=row.mime, inline=True)
    except FileNotFoundError:
        raise Http404("Berkas ini tidak ada lagi.") from None
