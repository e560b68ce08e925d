"""The room "Uji tarif": the drafts of a daerah, a new one, and the figures of one."""

from decimal import Decimal

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from applications.office.queue import daerah_of, nav, tabs_of_daerah
from applications.refusals import Barred, Conflict
from applications.views.frame import sent_version
from applications.views.refusal import refusals_as_pages
from imbportal.daerah import registry
from imbportal.indonesia import angka
from retribusi.models import TariffTrial, TrialRun
from retribusi.trial import drafts, effect, effect_views
from retribusi.trial.figures import told
from retribusi.trial.forms import IN_FORCE, NAME, NewTrialForm, TrialForm, raised

HERE = "Rancangan tarif dibaca oleh admin, auditor, dan kepala."
FILL, GO_ON = "isi", "lanjut"
"""Buttons of the form: fill the prices of prasarana, save and go on to the effect."""


def urls(desk):
    one = "uji-tarif/<int:pk>/"
    return [
        path("uji-tarif/", desk(everything), name="trials"),
        path("uji-tarif/baru/", desk(new), name="trial_new"),
        path(one, desk(edit), name="trial"),
        path(f"{one}hapus/", desk(discard), name="trial_discard"),
        path(f"{one}dampak/", desk(effect_views.page), name="trial_effect"),
        path(f"{one}berkas/", desk(effect_views.block), name="trial_block"),
        path(f"{one}berkas/unduh/", desk(effect_views.download), name="trial_file"),
    ]


def _here(request):
    """Return the daerah whose drafts are shown, with the reader's postings. Raises Barred."""
    held = drafts.overseeing(request)
    here = daerah_of(request, held)
    if not here:
        raise Barred(HERE)
    timezone.activate(registry.current(here).timezone)
    return here, held


@require_safe
@refusals_as_pages
def everything(request):
    """List the drafts of a daerah, the last changed first."""
    here, held = _here(request)
    runs = TrialRun.objects.exclude(ready_at=None).defer("lines", "changes")
    found = TariffTrial.objects.filter(daerah=here).select_related("changed_by")
    rules = registry.current(here)
    context = {
        "desk_nav": nav("trials", request),
        "title": "Uji tarif",
        "rules": rules,
        "here": here,
        "tabs": tabs_of_daerah(held, here),
        "rows": [_row(trial) for trial in found.prefetch_related(Prefetch("runs", runs))],
        "may_edit": drafts.edits(request, here),
        "tariff": drafts.in_force(rules),
    }
    return render(request, "retribusi/uji/daftar.html", context)


def _row(trial):
    run = next(iter(trial.runs.all()), None)
    return {
        "trial": trial,
        "count": len(trial.changes),
        "run": run,
        "period": effect_views.label(run) if run else "",
        "difference": effect.signed(run.after - run.before) if run else "",
        "percent": effect.percent(run.before, run.after) if run else "",
    }


@require_http_methods(["GET", "POST"])
@refusals_as_pages
def new(request):
    """Begin a draft with the tariff in force, or as a copy of another one."""
    here, held = _here(request)
    request.back = reverse("admin:trials")
    if request.method == "POST":
        here = request.POST.get("daerah", here)
    drafts.require_admin(request, here)
    rules, others = registry.current(here), TariffTrial.objects.filter(daerah=here)
    tariff = drafts.in_force(rules)
    choices = [(IN_FORCE, f"Tarif yang berlaku: {tariff.cite}")] if tariff else []
    choices += [(str(one.pk), f"Salinan: {one.name}") for one in others]
    data = request.POST if request.method == "POST" else None
    start = {"dari": request.GET.get("dari", choices[0][0] if choices else "")}
    form = NewTrialForm(data, choices=choices, initial=start)
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data["dari"]
        like = None if chosen == IN_FORCE else others.get(pk=chosen)
        trial = drafts.begin(here, form.cleaned_data[NAME], by=request.user, like=like)
        return redirect("admin:trial", pk=trial.pk)
    context = {
        "desk_nav": nav("trials", request), "title": "Rancangan baru", "rules": rules,
        "here": here, "form": form,
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "retribusi/uji/baru.html", context, status=status)


@require_http_methods(["GET", "POST"])
@refusals_as_pages
def edit(request, pk):
    """Show the figures of a draft; its admins change them, the others read what is changed."""
    request.back = reverse("admin:trials")
    trial = drafts.found(request, pk)
    base = trial.tariff
    if request.method == "GET":
        known = {path: Decimal(text) for path, text in trial.changes.items()}
        return _page(request, trial, TrialForm(base=base, initial=known | {NAME: trial.name}))
    drafts.require_admin(request, trial.daerah)
    if FILL in request.POST:
        form = TrialForm(raised(request.POST, base), base=base)
        return _page(request, trial, form, filled=True, version=sent_version(request))
    form = TrialForm(request.POST, base=base)
    valid = form.is_valid()
    try:
        if sent_version(request) != trial.version:
            raise Conflict(drafts.CHANGED)
        if not valid:
            return _page(request, trial, form, status=422)
        name, changes = form.cleaned_data[NAME], form.changes()
        drafts.save(trial, name, changes, version=trial.version, by=request.user)
    except Conflict:
        trial = drafts.found(request, pk)
        return _page(request, trial, form, status=409, theirs=_theirs(trial, form))
    messages.success(request, "Rancangan tersimpan. Tidak ada permohonan atau SKRD yang berubah.")
    return redirect("admin:trial_effect" if GO_ON in request.POST else "admin:trial", pk=pk)


def _theirs(trial, form):
    """Return where the stored draft differs from what was typed: (label, stored, typed)."""
    mine, found = form.changes(), []
    if trial.name != form[NAME].value():
        found.append((form[NAME].label, trial.name, form[NAME].value()))
    for group in form.groups:
        for row in group.rows:
            stored = trial.changes.get(row.path)
            if stored != mine.get(row.path) or row.path in form.errors:
                label = f"{group.title}: {row.label}"
                found.append((label, stored and angka(stored), form[row.path].value()))
    return found


def _page(request, trial, form, *, status=200, theirs=None, filled=False, version=None):
    """Return the form; ``version`` is what it carries, where that is not the draft's own."""
    base = trial.tariff
    context = {
        **effect_views.frame(request, trial, "trial"),
        "base": base,
        "form": form,
        "name": form[NAME],
        "changed": told(base, trial.changes),
        "version": trial.version if version is None else version,
        "conflict": theirs is not None,
        "theirs": theirs,
        "filled": filled,
        "outdated": base != drafts.in_force(registry.current(trial.daerah)),
    }
    return render(request, "retribusi/uji/isian.html", context, status=status)


@require_POST
@refusals_as_pages
def discard(request, pk):
    """Throw a draft away."""
    trial = drafts.found(request, pk)
    request.back = reverse("admin:trial", args=[pk])
    drafts.require_admin(request, trial.daerah)
    drafts.discard(trial, version=sent_version(request))
    messages.success(request, f"Rancangan {trial.name} dihapus.")
    return redirect(f"{reverse('admin:trials')}?daerah={trial.daerah}")
