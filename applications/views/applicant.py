"""My applications, opening one, the page of one, deleting a draft, moves, the pick-up code."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.signing import Signer
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts import identity
from accounts.models import Mandate
from applications import (
    casework,
    clock,
    drafts,
    guards,
    parents,
    ports,
    requirements,
    rules,
    services,
    sites,
)
from applications.casework import FORM_OPEN, KRK_FORM_OPEN
from applications.forms import NewForm
from applications.models import Application
from applications.refusals import Conflict, NotVisible
from applications.views import (
    closing,
    paper_files,
    progress,
    promise,
    sections,
    todo,
    waiting,
)
from applications.views import services as service_pages
from applications.views.fetch import own, with_case
from applications.views.frame import frame, home, sent_version, title
from applications.views.refusal import refusals_as_pages
from applications.workflow import BY_NAME
from imbportal.daerah import registry
from imbportal.daerah.vocabulary import WITH_APPLICANT
from notifications import inbox

MINE = WITH_APPLICANT | {"READY"}
LATEST = 3
"""Messages shown on the page of a case."""


def mine(application):
    """Return whether the applicant must act: a permit that was frozen is not to be collected."""
    return application.state in MINE and not application.permit_status


# -- All my applications -------------------------------------------------------------------
@login_required
@require_safe
def applications(request):
    """Show my applications, first those in which I must act."""
    found = Application.objects.applied_for_by(request.user).select_related(
        "holder", "mandate", "applicant"
    )
    found = sorted(found, key=lambda item: (not mine(item), item.is_over))
    cards = [
        {
            "application": item,
            "title": title(item),
            "mine": mine(item),
            "final": item.is_over,
            "who": progress.holder(item),
            "button": todo.SHORT.get(item.state, ""),
        }
        for item in found
    ]
    context = {
        "cards": cards,
        "shut": Application.objects.shut_to(request.user).count(),
        "survey": _first_asked(cards),
    }
    return render(request, "applications/list.html", context)


def _first_asked(cards):
    """Return the first case whose applicant is asked for his judgement, with the address.

    Its place is behind the cases in which he must act.
    """
    urls = ports.survey.asked(card["application"] for card in cards)
    card = next((card for card in cards if card["application"].pk in urls), None)
    place = sum(card["mine"] for card in cards)
    return card and {"url": urls[card["application"].pk], "title": card["title"], "place": place}


@login_required
@refusals_as_pages
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """Choose the daerah and for whom; open the draft."""
    listed = registry.listed()
    serving = any(parents.services(rules) for rules in listed)
    mandates = Mandate.objects.in_force().filter(agent=request.user).select_related("owner")
    initial = {"daerah": request.GET.get("daerah", "")} if "daerah" in request.GET else None
    form = NewForm(request.POST or None, listed=listed, mandates=mandates, initial=initial)
    if request.method == "POST" and form.is_valid():
        slug = form.cleaned_data["daerah"]
        key = form.cleaned_data["key"]
        application = casework.create(request.user, slug, mandate=form.mandate, key=key)
        return redirect(application)
    context = {
        "form": form,
        "listed": listed,
        "serving": serving,
        "missing": identity.ready(request.user),
    }
    return render(request, "applications/new.html", context)


# -- One of them ---------------------------------------------------------------------------
@with_case
@require_safe
def detail(request, application):
    """Show where the case is, in whose hands, what I must do now and by when."""
    events = list(application.events.select_related("note").order_by("seq"))
    acts = rules.acts_for_applicant(application, request.user) and not application.permit_status
    task = todo.of(application) if acts else None
    code, _ = guards.chosen_track(application)
    letters = inbox.of(request.user).filter(case=application.pk)
    context = frame(application) | {
        "crumbs": (home(application),),
        "todo": task,
        "meetings": sites.ahead(application, events),
        "reliefs": ports.money.relief_cards(application),
        "interest": ports.money.interest_card(application),
        "corrections": ports.money.correction_cards(application, request.user),
        "voided": ports.money.voided(application),
        "who": progress.holder(application),
        "steps": progress.steps(application, events, code or ""),
        "hands": progress.hands(application, events),
        "promises": promise.promises(application, events),
        "overdue": clock.overdue(application, events) if application.track else None,
        "history": progress.history(application, events),
        "papers": paper_files.listed(application),
        "uploaded": _uploaded(application),
        "sections": sections.shown(application),
        "inbox": letters[:LATEST],
        "unread": letters.filter(read_at=None).count(),
        "outside": _outside(application, code),
        "moves": _further(application, request.user),
        "final": application.is_over,
        "closing": closing.of(application, events),
        "filling": application.state in FORM_OPEN | KRK_FORM_OPEN,
        "waiting": task is None and waiting.of(application, events),
        "survey": ports.survey.asked([application]).get(application.pk),
        **({} if application.by_counter else service_pages.of_case(application, request.user)),
        "at_counter": _at_counter(application),
    }
    return render(request, "applications/detail.html", context)


def _uploaded(application):
    """Return how many of the due documents are there, in words."""
    slots = [slot for slot in requirements.due(application) if slot.known]
    there = sum(slot.version is not None for slot in slots)
    return f"{there} dari {len(slots)}"


def _at_counter(application):
    """Tell whether the counter still acts in a case whose applicant has a login of his own."""
    counter = application.filed_by_id and application.taken_over_at is None
    return bool(counter) and not application.by_counter


def _outside(application, code):
    """Return where to go instead where the service does not cover the building."""
    return application.rules.track[code].refuse if code == "di_luar_layanan" else ""


def _further(application, user):
    """Return what else the applicant may do, beside the task at the top."""
    move = BY_NAME["withdraw"]
    if application.state == "DRAFT" or not rules.may(move, application, user):
        return []
    return [(move, services.missing_now(move, application))]


@login_required
@refusals_as_pages
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request, pk):
    """Ask, then delete a draft of which nothing was sent; a second click finds it done."""
    if request.method == "POST":
        back = _delete(request, pk)
        messages.success(request, "Draf sudah dihapus.")
        return redirect(back)
    application = own(request.user, pk)
    if application.state != "DRAFT":
        request.back = application.get_absolute_url()
        raise Conflict("Permohonan ini sudah dikirim, jadi tidak dapat dihapus.")
    seal = SEALS.sign(f"{request.user.pk} {pk}")
    return render(request, "applications/delete.html", frame(application) | {"seal": seal})


SEALS = Signer(salt="hapus-draf")
"""Seal the question on the page: who sends it back has seen his own draft there."""


def _delete(request, pk):
    """Delete it and return the list to go back to."""
    try:
        application = own(request.user, pk)
        request.back = application.get_absolute_url()
        drafts.delete(application, by=request.user)
        return home(application)[1]
    except NotVisible:
        if request.POST.get("seal") != SEALS.sign(f"{request.user.pk} {pk}"):
            raise
        return reverse("applications:list")


@login_required
@refusals_as_pages
@require_http_methods(["GET", "HEAD", "POST"])
def move(request, pk, name):
    """Ask before a move (GET), then make it (POST: version, note); refused as ``perform`` does."""
    if name not in BY_NAME:
        raise NotVisible("Langkah ini tidak ada.")
    if request.method != "POST":
        return _ask(request, own(request.user, pk), BY_NAME[name])
    found = Application.objects.visible_to(request.user).filter(pk=pk).first()
    if found is None:
        raise NotVisible()
    request.back = found.get_absolute_url()
    note = request.POST.get("note", "")[:4000]
    services.perform(name, found, by=request.user, version=sent_version(request), note=note)
    messages.success(request, DONE.get(name, f"Sudah dicatat: {BY_NAME[name].label}."))
    return redirect("applications:detail", pk)


DONE = {
    "withdraw": "Permohonan sudah dicabut.",
    "report_payment": "Terima kasih. Unggah buktinya supaya kasir dapat memeriksa.",
}


def _ask(request, application, move):
    request.back = application.get_absolute_url()
    rules.bar(move, application, request.user)
    rules.turn(move, application, request.user)
    context = frame(application) | {
        "move": move,
        "missing": services.missing_now(move, application),
        "danger": move.name == "withdraw",
    }
    return render(request, "applications/move.html", context)


@with_case
@require_safe
def pickup(request, application):
    """Show the pick-up code and its slip."""
    if application.state not in ("READY", "COLLECTED") or not application.pickup_code:
        raise Conflict(f"Izin belum siap diambil; tahapnya {application.stage_label}.")
    if application.permit_status:
        raise Conflict(f"{application.stage_label}, jadi tidak dapat diambil.")
    slip = [p for p in paper_files.listed(application) if p["paper"].kind == "kode_ambil"]
    return render(request, "applications/pickup.html", frame(application) | {"slip": slip[:1]})
