"""The officer's page of one case: what must be done, on what, and the buttons for it."""

from django.contrib import admin
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from applications import (
    attachments,
    besides,
    clock,
    dossiers,
    draft_pages,
    facts,
    guards,
    guests,
    handing,
    inviting,
    krk,
    papers,
    ports,
    record_needs,
    rules,
    since_letter,
    site_sheet,
    sites,
)
from applications.models import Application
from applications.office import buttons, checklist, drafts, records, related, returns
from applications.office.actions import find, is_on_turn, works_on
from applications.office.queue import nav
from applications.views.refusal import refusals_as_pages
from applications.workflow import BY_NAME, MOVES
from documents import rendering
from documents.models import Paper
from imbportal import uploads
from imbportal.daerah import calendar
from imbportal.indonesia import mask_nik, persen

MONEY_FIRST = frozenset({"FEE", "SKRD_SIGNING", "AWAITING_PAYMENT", "PAYMENT_REVIEW"})
"""Where the office looks at figures before it looks at drawings."""
RATIOS = frozenset({"max_ratio", "min_ratio"})
SENDING = frozenset(move.source[0] for move in MOVES if move.when is guards.points_given)


@require_safe
@refusals_as_pages
def page(request, pk):
    """Show a case to whoever may see it; only those on turn get forms and buttons."""
    case = find(request, pk)
    if request.GET.get("hanya") == "dokumen":
        return render(request, "applications/kantor/viewer.html", _viewer(request, case))
    with calendar.read_once():
        return render(request, "applications/kantor/case.html", context(request, case))


def _viewer(request, case):
    """Return what the viewer alone needs, for the script that turns pages in place."""
    mine = is_on_turn(case, request.user)
    sends = mine and case.state in SENDING
    return {"case": case, **checklist.of(case, mine, sends, request.GET, drafts.of(case, mine))}


def context(request, case: Application) -> dict:
    """Return all that the page prints."""
    mine = is_on_turn(case, request.user)
    events = list(case.events.select_related("actor", "note").order_by("seq"))
    moves = buttons.of(case, request.user)
    sends = any(move["sends_points"] for move in moves)
    results = site_sheet.results(case)
    changed, previews = since_letter.changed(case), drafts.of(case, mine)
    return {
        **admin.site.each_context(request),
        "desk_nav": nav("", request),
        "title": str(case),
        "case": case,
        "mine": mine,
        "link": case.link,
        "task": handing.task(case, events),
        "turn_title": _turn_title(case),
        "left": (case.due_at - calendar.today(case.daerah)).days if case.due_at else None,
        "place": papers.location(case),
        "figures": _figures(case, results),
        **checklist.of(case, mine, sends, request.GET, previews),
        "sections": _sections(case, changed),
        "parts_changed": since_letter.PARTS in changed,
        "parts": case.parts.all(),
        "identity": _identity(case),
        "related": related.of(case, request.user),
        "needs": _needs(case, mine, request.user),
        "records": _records(case),
        "checks": results,
        "measured": bool(site_sheet.standing(case)),
        "despite": _despite(events),
        "money": _money(case, mine)
        | {
            "pays": rules.may(BY_NAME["submit_payment"], case, request.user),
            "opens_refund": ports.money.opens_refund(case, request.user),
        },
        "reliefs": ports.money.relief_on_desk(case, request.user),
        "corrections": ports.money.corrections_on_desk(case, request.user),
        "money_first": case.state in MONEY_FIRST,
        "papers": [
            _paper(case, paper)
            for paper in Paper.objects.filter(case=case.pk).order_by("-created_at")
        ],
        "previews": previews,
        "events": [_event(case, event) for event in events],
        "promises": clock.totals(case, events) if case.track else "",
        "overdue": clock.overdue(case, events) if case.track else None,
        "hands": clock.hands(case, events) if case.track else "",
        "notes": case.notes.select_related("by"),
        "noted": dossiers.noted(case),
        "paper_reason": [f"Sebab: {case.paper_reason}"],
        "at_counter": rules.at_counter(case, request.user),
        "handovers": case.handovers.select_related("giver", "receiver"),
        "moves": moves,
        "sends_points": sends,
        "returned": returns.of([case]).get(case.pk, "") if mine else "",
        "writes": works_on(case, request.user),
    }


def _despite(events):
    """Return what was approved in spite of the rules and why, until it is assessed anew."""
    for event in reversed(events):
        if event.target in ("ASSESSMENT", "SUBMITTED"):
            return None
        if short := event.data.get("despite"):
            return {"short": short, "why": _note(event)}
    return None


def _note(event):
    return event.note.text if event.note_hash and hasattr(event, "note") else ""


def _turn_title(case):
    if case.permit_status and case.link is None:
        return ""
    role = case.rules.role.get(case.turn_role)
    return role.title if role else "Pemohon" if case.state in clock.WITH_APPLICANT else "Selesai"


def _figures(case, results):
    """Return the ratios against their limits and the floors, as the page's head names them."""
    ratios = {check.code for check in case.rules.check if check.kind in RATIOS}
    shown = [
        {"text": f"{_short(result)} {persen(result.value, 0)} dari {persen(result.limit, 0)}",
         "bad": result.ok is False}
        for result in results
        if result.code in ratios and result.value is not None and result.limit is not None
    ]  # fmt: skip
    if case.floors:
        shown.append({"text": f"{case.floors} lantai", "bad": False})
    return shown


def _short(result):
    """Return the letters in brackets of a check's label, or the whole label."""
    return result.label.partition("(")[2].partition(")")[0] or result.label


def _sections(case, changed):
    """Return the answers by section, as printed, each with whether it differs from the letter."""
    values = facts.of(case)
    shown = []
    for section in case.rules.section:
        rows = [
            (
                fact.label,
                papers.label_of(case.rules, fact.code, values.get(fact.code)) or "belum diisi",
                fact.code in changed,
            )
            for fact in facts.asked(case.rules, section.form, values)
            if fact.section == section.code
        ]
        if rows:
            shown.append((section.title, rows))
    return shown


def _identity(case):
    person = case.holder
    if person is None:
        return []
    rows = [
        ("Pemohon", person.name),
        ("Jenis", person.get_kind_display()),
        ("NIK", mask_nik(person.nik) if person.nik else "belum ada"),
        ("Alamat", person.address),
    ]
    if person.in_charge:
        rows.append(("Penanggung jawab", person.in_charge))
    if case.mandate_id:
        ended = "" if rules.acts(case) else " (surat kuasa sudah berakhir)"
        rows.append(("Kuasa", f"{case.applicant}{ended}"))
    return rows


def _needs(case, mine, user):
    """Return the records that the link on turn fills, each with whether it stands."""
    if not mine or case.link is None:
        return []
    filled = record_needs.written(case, user)
    known = set(case.records.values_list("kind", flat=True))
    return [
        {
            "label": record_needs.LABELS.get(kind, kind),
            "done": kind in filled,
            "old": kind in known,
            "url": reverse("admin:record", args=[case.pk, kind]),
        }
        for kind in case.link.needs
    ]


def _records(case):
    """Return what the office wrote down, each record with what lies beside it."""
    beside = attachments.by_kind(case)
    written = {record.kind: printed(case, record) for record in case.records.all()}
    return [
        {
            "label": record_needs.LABELS.get(kind, kind),
            "rows": written.get(kind, []),
            "files": beside.get(kind, []),
            "photos": kind in attachments.PHOTOS,
        }
        for kind in dict.fromkeys([*written, *beside])
    ]


def printed(case, record):
    """Return a record's JSON as label and value rows."""
    if record.kind == "pendataan":
        return ports.money.building_rows(case, record.data)
    if record.kind == "krk":
        return krk.rows_of(record.data)
    rows = []
    for key, value in record.data.items():
        if key == guests.KEY:
            rows += [(f"Diundang: {who}", how) for who, how in inviting.told(case, record)]
            continue
        inner = value.items() if isinstance(value, dict) else [(key, value)]
        rows += [_row(case, record.kind, name, answer) for name, answer in inner]
    return rows


def _row(case, kind, key, value):
    """Return one answer of a record: a question of the file by its label, others by ours."""
    if key == ports.STAGE:
        return ports.STAGE_LABEL, sites.begun(case)
    fact = next((fact for fact in case.rules.fact if fact.code == key), None)
    if fact is not None:
        return fact.label, papers.label_of(case.rules, key, value)
    return records.said(kind, key, value)


def _money(case, mine):
    assessment = case.assessments.first()
    proof = ports.money.proof_waiting(case)
    return {
        "assessment": assessment,
        "bill": ports.money.live_bill(case),
        "proof": proof,
        "duplicates": ports.money.duplicates(proof) if proof else "",
        "exact": ports.money.exact(case) if proof else [],
        "late": ports.money.interest_on_desk(case, proof),
        "can_assess": mine and case.state == "FEE",
        "lines": ports.money.annex(case) if assessment else (),
    }


def _paper(case, paper):
    signed = paper.status != Paper.Status.VALID
    return {
        "title": f"{paper.title} {paper.number or '(konsep)'}",
        "note": paper.get_status_display() if signed else "",
        "badge": "internal" if paper.kind in case.whole_rules.internal_papers else "",
        "url": reverse("applications:paper", args=[paper.pk]) if paper.given else "",
        "size": 0,
        "page": reverse("admin:sanction", args=[paper.pk]) if paper.issued_at else "",
    }


def _event(case, event):
    """Return one line of the history, in the words of the file where it has some."""
    return {
        "event": event,
        "label": besides.headline(case, event) or _of_move(case, event),
        "note": _note(event),
        "steps": ", ".join(str(step) for step in event.steps),
    }


def _of_move(case, event):
    move = BY_NAME[event.move]
    chain = case.rules.chains(case.track).get(event.source, ()) if case.track else ()
    link = chain[event.turn_before] if move.forward and event.turn_before < len(chain) else None
    done = case.rules.on_move(case.track, event.move).done if case.track else ""
    return done or (link.done if link else "") or move.label


@require_safe
@refusals_as_pages
def preview(request, pk, kind):
    """Show a paper as it would be printed now, marked as a draft."""
    case = _about_to_sign(request, pk, kind)
    pdf = rendering.preview(draft_pages.paper_of(case, kind))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="konsep.pdf"'
    return response


@require_safe
@refusals_as_pages
def draft_page(request, pk, kind, mark, page):
    """Serve the picture of one page of such a paper."""
    case = _about_to_sign(request, pk, kind)
    row = get_object_or_404(case.draft_pictures, kind=kind, mark=mark, page=page)
    if not row.file:
        raise Http404
    mime = "image/png" if row.file.name.endswith(".png") else "image/jpeg"
    try:
        return uploads.respond(row.file, name=f"konsep-{page}", mime=mime, inline=True)
    except FileNotFoundError:
        raise Http404 from None


def _about_to_sign(request, pk, kind):
    """Return the case for whoever signs or issues this paper now."""
    case = find(request, pk)
    if kind not in draft_pages.kinds(case):
        raise Http404("Surat ini tidak dibuat pada langkah ini.")
    if case.link.role not in rules.roles_of(case, request.user):
        raise Http404
    return case
