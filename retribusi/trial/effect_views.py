"""What a draft would have brought, and the draft as a block for the daerah's file."""

import datetime
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from applications.models import Application
from applications.office.queue import nav
from applications.refusals import Unmet
from applications.views.refusal import refusals_as_pages
from imbportal.context import postings_of
from imbportal.daerah import calendar, registry
from imbportal.indonesia import tanggal
from retribusi.trial import block as blocks
from retribusi.trial import chart, drafts, effect, periods, runs
from retribusi.trial.figures import told

PAGE, NAMED = 50, 20
"""Cases on a page; of those that cannot be calculated, how many are named for each reason."""
PARTS = (("Angka", "trial"), ("Dampak", "trial_effect"), ("Ke berkas daerah", "trial_block"))
TOML = "application/toml; charset=utf-8"


def frame(request, trial, current):
    """Return what every page of a draft shows in its head."""
    return {
        "desk_nav": nav("trials", request),
        "title": trial.name,
        "trial": trial,
        "rules": registry.current(trial.daerah),
        "may_edit": drafts.edits(request, trial.daerah),
        "parts": [(reverse(f"admin:{name}", args=[trial.pk]), label, name == current)
                  for label, name in PARTS],
    }  # fmt: skip


def label(run):
    """Return the period of a run in words."""
    return "12 bulan" if run.period == periods.MONTHS else run.period


# -- The effect -----------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
@refusals_as_pages
def page(request, pk):
    """Show what a draft would have brought in a period; an admin has it calculated."""
    request.back = reverse("admin:trials")
    trial = drafts.found(request, pk)
    offered = periods.offered(trial.daerah)
    if request.method == "POST":
        drafts.require_admin(request, trial.daerah)
        chosen = _chosen(offered, request.POST.get("tahun", ""))
        runs.order(trial, chosen, by=request.user)
        return redirect(f"{request.path}?{urlencode({'tahun': chosen.code})}")
    chosen = _chosen(offered, request.GET.get("tahun") or runs.last_period(trial))
    run = runs.newest(trial, chosen.code)
    context = {
        **frame(request, trial, "trial_effect"),
        "base": trial.tariff,
        "periods": offered,
        "chosen": chosen,
        "run": run,
        "address": f"{request.path}?{urlencode({'tahun': chosen.code})}",
    }
    if run is not None:
        run.trial = trial
        context["changed"] = told(trial.tariff, run.changes)
    if run is not None and run.ready_at:
        context |= _result(request, run, chosen)
    return render(request, "retribusi/uji/dampak.html", context)


def _chosen(offered, code):
    return next((one for one in offered if one.code == code), offered[0])


def _result(request, run, chosen):
    figures = runs.figures(run)
    result = effect.of(run.lines, figures)
    sort = request.GET.get("urut", "")
    sort = sort if sort in effect.SORTS else next(iter(effect.SORTS))
    listed = Paginator(effect.ordered(result.lines, sort), PAGE).get_page(request.GET.get("page"))
    reasons = effect.reasons(result.refused)
    named = [line for _, some in reasons for line in some[:NAMED]]
    cases = _cases(request, run.trial.daerah, [*listed, *named])
    return {
        "result": result,
        "chart": chart.drawn(result.groups),
        "sort": sort,
        "sorts": effect.SORTS.items(),
        "page": listed,
        "query": urlencode({"tahun": chosen.code, "urut": sort}),
        "rows": [_row(request, line, cases, figures) for line in listed],
        "reasons": [
            (why, len(some), [_row(request, line, cases, figures) for line in some[:NAMED]])
            for why, some in reasons
        ],
    }


def _cases(request, daerah, lines):
    """Return the cases of some lines that the reader's postings cover, by key."""
    mine = Application.objects.in_daerah(postings_of(request), daerah).in_lists()
    return {str(case.pk): case for case in mine.filter(pk__in=[line.case for line in lines])}


def _row(request, line, cases, figures):
    """Return one case as its row shows it; the reader's own without a way to its desk."""
    case = cases.get(line.case)
    foreign = case is not None and case.applicant_id != request.user.pk
    return {
        "line": line,
        "number": case.number if case else "di luar wilayah Anda",
        "url": reverse("admin:case", args=[case.pk]) if foreign else "",
        "building": case.building_name if case else "",
        "function": effect.label(figures, line.function),
        "area": effect.area_text(line),
        "difference": effect.signed(line.difference),
        "percent": effect.percent(line.before, line.after or 0),
    }


# -- The block for the file -----------------------------------------------------------------
@require_safe
@refusals_as_pages
def block(request, pk):
    """Show the draft as a block for the daerah's file, and what to do with it."""
    request.back = reverse("admin:trials")
    trial = drafts.found(request, pk)
    begins, why = _begins(request, trial)
    last = registry.current(trial.daerah).tariff[-1]
    context = {
        **frame(request, trial, "trial_block"),
        "base": trial.tariff,
        "last": last,
        "begins": begins,
        "why": why,
        "until": None if why else begins - datetime.timedelta(days=1),
        "past": begins <= calendar.today(trial.daerah),
        "changed": told(trial.tariff, trial.changes),
        "text": "" if why else _written(trial, begins),
    }
    return render(request, "retribusi/uji/berkas.html", context, status=422 if why else 200)


@require_safe
@refusals_as_pages
def download(request, pk):
    """Send the block as a file."""
    request.back = reverse("admin:trial_block", args=[pk])
    trial = drafts.found(request, pk)
    begins, why = _begins(request, trial)
    if why:
        raise Unmet([why])
    response = HttpResponse(_written(trial, begins), content_type=TOML)
    name = f"tarif-{trial.daerah}-{begins.isoformat()}.toml"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _begins(request, trial):
    """Return the day on which the tariff shall begin, and what is wrong with it."""
    today, text = calendar.today(trial.daerah), request.GET.get("berlaku", "")
    usual = datetime.date(today.year + 1, 1, 1)
    last = registry.current(trial.daerah).tariff[-1]
    try:
        begins = datetime.date.fromisoformat(text) if text else max(usual, _after(last.berlaku))
    except ValueError:
        return usual, "Tulis tanggal mulai berlaku, misalnya dengan memilihnya dari kalender."
    if begins <= last.berlaku:
        return begins, f"Pilih tanggal sesudah {tanggal(last.berlaku)}, awal {last.id}."
    return begins, ""


def _after(day):
    return day + datetime.timedelta(days=1)


def _written(trial, begins):
    """Return the block under an id that the file does not have yet."""
    known = {tariff.id for tariff in registry.current(trial.daerah).tariff}
    code = f"tarif_{begins:%Y_%m_%d}"
    while code in known:
        code += "_baru"
    return blocks.written(trial.tariff, trial.changes, begins, code)
