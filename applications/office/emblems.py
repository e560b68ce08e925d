"""The coat of arms on a daerah's papers: what stands, a new one, and what was printed before."""

import uuid
from dataclasses import replace

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts import postings
from applications.office.queue import nav
from applications.paper_parts import letterhead
from applications.refusals import Barred, Conflict, NotVisible
from applications.views.frame import sent_version
from applications.views.refusal import refusals_as_pages
from documents import emblems, rendering
from documents.models import Emblem
from imbportal import uploads
from imbportal.context import postings_of
from imbportal.daerah import registry

NEUTRAL = "netral"
"""Stands in an address for the neutral mark of the portal."""
UNPROCESSABLE = 422
FOR_ADMINS = "Lambang pada kop surat diatur oleh admin daerah."
GONE = "Lambang ini tidak ditemukan."
CHANGED = "Lambang baru saja diganti oleh orang lain. Lihat dahulu yang dicetak sekarang."
SPOILT = "Berkas lambang ini hilang atau berubah, jadi tidak dapat dicetak."


def urls(desk):
    """Return the addresses of this room, each behind the officers' door."""
    one = "lambang/<slug:daerah>/<slug:which>/"
    return [
        path("lambang/", desk(everything), name="emblems"),
        path(one, desk(choice), name="emblem"),
        path(f"{one}kop/", desk(head), name="emblem_head"),
        path(f"{one}contoh/", desk(sample), name="emblem_sample"),
    ]


# -- Who ------------------------------------------------------------------------------------
def administered(request) -> list[str]:
    """Return the daerah whose letterhead the reader keeps: their admins, and the superuser."""
    known = registry.slugs()
    if request.user.is_superuser:
        return list(known)
    own = [one.daerah for one in postings_of(request) if one.role == postings.ADMIN]
    return [slug for slug in dict.fromkeys(own) if slug in known]


def _mine(request, wanted: str = ""):
    """Return the daerah that is looked at, the first where none is named, and all of the reader's.

    Raises Barred, NotVisible.
    """
    slugs = administered(request)
    if not slugs:
        raise Barred(FOR_ADMINS)
    if wanted and wanted not in slugs:
        raise NotVisible(GONE)
    here = wanted or slugs[0]
    timezone.activate(registry.current(here).timezone)
    return registry.current(here), slugs


def _named(request, daerah, which):
    """Return the rules and the emblem that an address names; None is the neutral mark."""
    request.back = f"{reverse('admin:emblems')}?daerah={daerah}"
    rules, _ = _mine(request, daerah)
    if which == NEUTRAL:
        return rules, None
    try:
        return rules, Emblem.objects.select_related("by").get(pk=uuid.UUID(which), daerah=daerah)
    except (ValueError, Emblem.DoesNotExist):
        raise NotVisible(GONE) from None


# -- Pages ----------------------------------------------------------------------------------
class EmblemForm(forms.Form):
    file = forms.FileField(
        label="Gambar lambang",
        help_text="PNG dengan latar tembus pandang, atau JPEG dengan latar putih; sisi "
        f"terpanjangnya {emblems.LEAST} piksel atau lebih. Tepi kosong dipotong sendiri.",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        error_messages={"required": "Pilih gambarnya.", "empty": "Berkas ini kosong."},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def everything(request):
    """Show what papers print, take another picture in, and list what was chosen before."""
    request.back = reverse("admin:data")
    given = request.POST if request.method == "POST" else request.GET
    rules, slugs = _mine(request, given.get("daerah", ""))
    form = EmblemForm(*([request.POST, request.FILES] if request.method == "POST" else []))
    if form.is_bound and form.is_valid():
        try:
            taken = emblems.take(form.cleaned_data["file"], daerah=rules.slug, by=request.user)
        except uploads.UploadRefused as refused:
            form.add_error("file", refused.message)
        else:
            return redirect("admin:emblem", rules.slug, taken.pk)
    history = list(emblems.choices(rules.slug))
    chosen = history[0] if history else None
    now = chosen.emblem if chosen else None
    context = {
        "desk_nav": nav("data", request), "title": "Lambang daerah", "place": rules.name,
        "here": rules.slug, "form": form, "chosen": chosen, "history": history,
        "printed": _shown(rules, now), "waiting": _unused(rules.slug, history),
        "tabs": [
            (f"?daerah={slug}", registry.current(slug).name, slug == rules.slug) for slug in slugs
        ],
    }  # fmt: skip
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "applications/kantor/emblems.html", context, status=status)


def _unused(daerah, history):
    """Return the newest picture that was handed in after the last choice and never chosen."""
    found = Emblem.objects.filter(daerah=daerah, choices=None).order_by("-at")
    return (found.filter(at__gt=history[0].at) if history else found).first()


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def choice(request, daerah, which):
    """Show the letterhead with an emblem, or the neutral mark; let new papers print it."""
    rules, emblem = _named(request, daerah, which)
    printed = _shown(rules, emblem)
    if request.method == "POST":
        if "held" in printed:
            return _held(request, printed["held"])
        try:
            emblems.choose(daerah, emblem, after=sent_version(request), by=request.user)
        except emblems.Changed:
            raise Conflict(CHANGED) from None
        what = f"Lambang {rules.name}" if emblem else "Tanda netral"
        messages.success(request, f"{what} dicetak mulai sekarang pada surat dan blanko baru.")
        return redirect(request.back)
    newest = emblems.choices(daerah).first()
    context = {
        "desk_nav": nav("data", request), "place": rules.name, "here": daerah, "emblem": emblem,
        "title": f"Lambang {rules.name}" if emblem else "Tanda netral",
        "printed": printed, "back": request.back,
        "current": (newest.emblem if newest else None) == emblem,
        "version": newest.number if newest else 0,
    }  # fmt: skip
    return render(request, "applications/kantor/emblem.html", context)


def _head(rules, emblem):
    """Return the letterhead of a daerah as it would be with this emblem."""
    bare = replace(letterhead(rules), emblem="", emblem_text="")
    return replace(bare, **emblems.in_head(emblem, rules.name))


def _shown(rules, emblem):
    """Return what a page shows of a letterhead: its addresses, or why there is no picture."""
    which = emblem.pk if emblem else NEUTRAL
    shown = {
        name: reverse(f"admin:emblem_{name}", args=[rules.slug, which])
        for name in ("head", "sample")
    }
    if emblem and emblem.scan != uploads.CLEAN:
        return shown | {"held": emblem.scan}
    try:
        rendering.pictures(_head(rules, emblem))
    except rendering.Tampered:
        return shown | {"held": SPOILT}
    return shown


def _held(request, why):
    """Return the page in place of a picture that must not be printed."""
    if why == SPOILT:
        raise Conflict(SPOILT)
    return uploads.held(request, why, request.back)


# -- As it is printed -----------------------------------------------------------------------
@require_safe
@refusals_as_pages
def head(request, daerah, which):
    """Give the letterhead as a picture."""
    rules, emblem = _named(request, daerah, which)
    if "held" in (printed := _shown(rules, emblem)):
        return _held(request, printed["held"])
    picture = emblems.picture(_head(rules, emblem))
    if not picture.content:
        raise Http404
    mime = "image/png" if picture.ending == ".png" else "image/jpeg"
    return HttpResponse(picture.content, content_type=mime)


@require_safe
@refusals_as_pages
def sample(request, daerah, which):
    """Give a sheet with the letterhead as a PDF, to be printed and photocopied."""
    rules, emblem = _named(request, daerah, which)
    if "held" in (printed := _shown(rules, emblem)):
        return _held(request, printed["held"])
    pdf = emblems.sample(_head(rules, emblem))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="contoh-kop-surat.pdf"'
    return response
