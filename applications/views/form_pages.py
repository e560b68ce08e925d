"""The KRK form and the permit form section by section, further buildings, and the sending."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from applications import casework, facts, news, services
from applications.forms import PartFormSet, SectionForm, StatementsForm
from applications.refusals import Conflict
from applications.views import conflict, kept, sections, todo
from applications.views.fetch import own, with_case
from applications.views.frame import frame, sent_version
from applications.workflow import BY_NAME
from imbportal.daerah import checks

UNPROCESSABLE = 422


@with_case
@require_http_methods(["GET", "HEAD", "POST"])
def section(request, application, code):
    """One section; what is empty may stay so until the application is sent."""
    found = next((item for item in application.rules.section if item.code == code), None)
    if found is None:
        raise Http404
    posted = request.POST if request.method == "POST" else kept.of(request)
    form = SectionForm(posted, application=application, section=found)
    if request.method != "POST":
        return _section_page(request, application, found, form, restored=posted is not None)
    if not form.is_valid():
        return _section_page(request, application, found, form, status=UNPROCESSABLE)
    try:
        application = casework.save_answers(
            application, found.form, form.answers(), by=request.user,
            version=_version(request, application, found),
        )  # fmt: skip
    except Conflict as refused:
        return _overtaken(request, application, found, form, refused)
    return _after(request, application, code, stay=form.kecamatan_changed)


def _version(request, application, section):
    """Return the version for the save: another part's change does not make this page old."""
    untouched = request.POST.get("awal") == conflict.stamp(application, section)
    return application.version if untouched else sent_version(request)


def _overtaken(request, application, found, form, refused):
    """Show what was typed beside what somebody saved meanwhile; nothing is lost."""
    application = own(request.user, application.pk)
    stored = SectionForm(application=application, section=found)
    more = {"refused": refused.text, "differences": conflict.differences(stored, form)}
    return _section_page(request, application, found, form, status=conflict.CONFLICT, **more)


def _after(request, application, code, stay):
    """Say what is still empty; go on to the next section, or stay where that was asked."""
    shown = sections.shown(application)
    codes = [item.section.code for item in shown]
    here = next((item for item in shown if item.section.code == code), None)
    empty = here.empty if here else 0
    text = "Tersimpan." if not empty else f"Tersimpan, masih ada {empty} isian kosong."
    if stay:
        messages.info(request, "Kecamatan tersimpan. Sekarang pilih desa atau kelurahannya.")
        return redirect("applications:section", application.pk, code)
    messages.success(request, text)
    if "lanjut" not in request.POST or code not in codes:
        return redirect("applications:section", application.pk, code)
    return redirect(_next(application, codes, code))


def _next(application, codes, code):
    """Return the page after a section: the next one, the further buildings, the documents."""
    place = codes.index(code) + 1
    if place < len(codes):
        return reverse("applications:section", args=[application.pk, codes[place]])
    wants_papers = sections.sending(application) not in ("request_krk", "resend_krk")
    name = "documents" if wants_papers else "send"
    return reverse(f"applications:{name}", args=[application.pk])


def results(application):
    """Return the numeric checks that can be made with the answers so far."""
    found = checks.run(application.rules, facts.with_krk(application))
    return [result for result in found if result.ok is not None]


def _section_page(request, application, found, form, status=200, **more):
    context = frame(application) | {
        "section": found,
        "form": form,
        "editable": sections.editable(application, found.form),
        "answers": sections.answers(application, found),
        "sections": sections.shown(application),
        "checks": results(application),
        "parts_url": _parts_url(application, found.form),
        "stamp": conflict.stamp(application, found),
        **more,
    }
    return render(request, "applications/section.html", context, status=status)


def _parts_url(application, form):
    """Return where further buildings are named; a service on a permit takes in none."""
    if form != "izin" or application.is_service:
        return ""
    return reverse("applications:parts", args=[application.pk])


@with_case
@require_http_methods(["GET", "HEAD", "POST"])
def parts(request, application):
    """Further buildings of the same application; one empty form more stands ready each time."""
    if application.is_service:
        raise Http404
    posted = request.POST if request.method == "POST" else kept.of(request)
    names = ("name", "function", "floor_area", "floors")
    formset = PartFormSet(
        posted,
        initial=list(application.parts.values(*names)),
        form_kwargs={"rules": application.rules},
        prefix="bangunan",
    )
    if request.method != "POST":
        return _parts_page(request, application, formset, restored=posted is not None)
    if not formset.is_valid():
        return _parts_page(request, application, formset, status=UNPROCESSABLE)
    try:
        casework.save_parts(
            application, _kept(formset), by=request.user, version=sent_version(request)
        )
    except Conflict as refused:
        application = own(request.user, application.pk)
        more = {"refused": refused.text, "stored": application.parts.all()}
        return _parts_page(request, application, formset, status=conflict.CONFLICT, **more)
    messages.success(request, "Daftar bangunan tersimpan.")
    stay = "tambah" in request.POST
    return redirect("applications:parts" if stay else "applications:detail", application.pk)


def _kept(formset):
    """Return the rows that were filled in and not ticked for removal."""
    names = ("name", "function", "floor_area", "floors")
    rows = (form.cleaned_data for form in formset if form not in formset.deleted_forms)
    return [{name: row[name] for name in names} for row in rows if row.get("name")]


def _parts_page(request, application, formset, status=200, **more):
    context = frame(application) | {
        "formset": formset,
        "wrong": any(form.errors for form in formset),
        "editable": sections.editable(application, "izin"),
        **more,
    }
    return render(request, "applications/parts.html", context, status=status)


# -- Sending -------------------------------------------------------------------------------
@with_case
@require_http_methods(["GET", "HEAD", "POST"])
def send(request, application):
    """What is still missing, with links; the statements; the button that sends."""
    name = sections.sending(application)
    if name not in ("request_krk", "submit"):
        raise Conflict(f"Permohonan ini sekarang pada tahap {application.stage_label}.")
    posted = request.POST if request.method == "POST" else kept.of(request)
    if posted is not None and posted.get("aturan", seen := news.mark(application)) != seen:
        if request.method == "POST":
            request.back = request.path
            raise Conflict(RULES_CHANGED)
        posted = None  # what was ticked had other words
    form = StatementsForm(posted, application=application, move=name)
    if request.method != "POST":
        return _send_page(request, application, name, form)
    if not form.is_valid():
        return _send_page(request, application, name, form, status=UNPROCESSABLE)
    request.back = request.path
    _send(application, name, form, by=request.user, version=sent_version(request))
    messages.success(request, SENT[name])
    return redirect(application)


RULES_CHANGED = (
    "Aturan daerah ini berubah sesudah halaman ini dibuka. "
    "Muat ulang, baca apa yang berubah, lalu kirim lagi."
)
SENT = {
    "request_krk": "Permohonan KRK terkirim. Kami memberi tahu Anda bila KRK terbit.",
    "submit": "Permohonan terkirim. Tanda terima ada di bagian Dokumen.",
}


@transaction.atomic
def _send(application, name, form, *, by, version):
    """Accept the statements and make the move, both or neither."""
    services.check_version(services.locked(application.pk, by), version, by, name)
    for code in form.cleaned_data:
        casework.accept_statement(application, code, by=by)
    services.perform(name, application, by=by)


def _send_page(request, application, name, form, status=200):
    context = frame(application) | {
        "form": form,
        "move": BY_NAME[name],
        "missing": todo.missing(application),
        "sections": sections.shown(application),
        "checks": results(application),
    }
    return render(request, "applications/send.html", context, status=status)
