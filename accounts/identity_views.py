"""Pages of identity and powers of attorney."""

import mimetypes
import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from accounts import identity
from accounts.identity_forms import FORMS, MandateForm
from accounts.models import Identity, Mandate
from imbportal import uploads


@login_required
@require_http_methods(["GET", "POST"])
def own(request):
    """Who I am: the kind first, then its form."""
    mine = Identity.objects.filter(user=request.user).first()
    kind = chosen_kind(request, mine)
    form = FORMS[kind](
        request.POST or None,
        request.FILES or None,
        user=request.user,
        instance=mine or Identity(user=request.user, name=request.user.name),
    )
    if request.method == "POST" and form.is_valid():
        form.store(tell=request.user)
        messages.success(request, "Data diri Anda disimpan.")
        return redirect("identity")
    context = {"form": form, "kind": kind, "kinds": Identity.Kind.choices, "identity": mine}
    return render(request, "accounts/identity.html", context)


def chosen_kind(request, saved=None):
    """Return the kind of applicant that the address or the form names."""
    asked = request.POST.get("jenis") or request.GET.get("jenis")
    kind = asked or (saved.kind if saved else Identity.Kind.PERSON)
    if kind not in FORMS:
        raise Http404
    return kind


@login_required
@require_GET
def ktp(request, pk):
    """Show a KTP photo to its owner or to an officer of the case; 404 to all others, and logged."""
    found = get_object_or_404(Identity.objects.exclude(ktp=""), pk=pk)
    try:
        identity.look(request.user, found, "ktp", case_named(request))
    except PermissionDenied:
        raise Http404 from None
    return send(request, found.ktp, "ktp", found.ktp_scan)


def case_named(request):
    """Return the case for which an officer looks, None where none (or none readable) is named."""
    try:
        return uuid.UUID(request.GET.get("permohonan", ""))
    except ValueError:
        return None


def send(request, field_file, name, scan):
    """Answer with the file, or say (409) what the virus scan found or that it is still to come."""
    if scan not in ("", uploads.CLEAN):
        return uploads.held(request, scan, "/akun/")
    ending = field_file.name.rpartition(".")[2]
    mime = mimetypes.types_map.get(f".{ending}", "application/octet-stream")
    return uploads.respond(field_file, name=f"{name}.{ending}", mime=mime, inline=True)


@login_required
@require_GET
def mandates(request):
    """For whom I act."""
    found = Mandate.objects.filter(agent=request.user).select_related("owner").order_by("-pk")
    return render(request, "accounts/mandates.html", {"mandates": found})


@login_required
@require_http_methods(["GET", "POST"])
def add_mandate(request):
    """Add an owner for whom I act, with the letter of attorney."""
    kind = chosen_kind(request)
    data = (request.POST or None, request.FILES or None)
    owner_form = FORMS[kind](*data, user=request.user, instance=Identity())
    form = MandateForm(*data, user=request.user, instance=Mandate(agent=request.user))
    if request.method == "POST" and owner_form.is_valid() and form.is_valid():
        with transaction.atomic():
            form.instance.owner = owner_form.store()
            form.save()
        messages.success(
            request, f"Anda sekarang dapat mengajukan atas nama {form.instance.owner}."
        )
        return redirect("mandates")
    context = {
        "form": form,
        "owner_form": owner_form,
        "kind": kind,
        "kinds": Identity.Kind.choices,
    }
    return render(request, "accounts/mandate_add.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def end_mandate(request, pk):
    """Ask, then end a power of attorney; what was applied for stays."""
    mandate = get_object_or_404(Mandate, pk=pk, agent=request.user, ended_at=None)
    if request.method == "POST":
        mandate.ended_at = timezone.now()
        mandate.save(update_fields=["ended_at"])
        messages.success(request, f"Kuasa dari {mandate.owner} sudah diakhiri.")
        return redirect("mandates")
    return render(request, "accounts/mandate_end.html", {"mandate": mandate})


@login_required
@require_http_methods(["GET", "POST"])
def renew_mandate(request, pk):
    """Take a new letter of an owner for whom I acted; his running cases open again with it."""
    old = get_object_or_404(Mandate.objects.select_related("owner"), pk=pk, agent=request.user)
    letter = Mandate(agent=request.user, owner=old.owner)
    data = (request.POST or None, request.FILES or None)
    form = MandateForm(*data, user=request.user, instance=letter)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, f"Surat kuasa dari {old.owner} sudah diperbarui.")
        return redirect("mandates")
    return render(request, "accounts/mandate_renew.html", {"form": form, "mandate": old})


@login_required
@require_http_methods(["GET", "POST"])
def mandate_owner(request, pk):
    """Put right data and card of an owner for whom I act now; who has an account does it there."""
    letters = Mandate.objects.in_force().select_related("owner")
    mandate = get_object_or_404(letters, pk=pk, agent=request.user, owner__user=None)
    data = (request.POST or None, request.FILES or None)
    form = FORMS[mandate.owner.kind](*data, user=request.user, instance=mandate.owner)
    if request.method == "POST" and form.is_valid():
        form.store()
        messages.success(request, f"Data diri {form.instance} disimpan.")
        return redirect("mandates")
    owner = Identity.objects.get(pk=mandate.owner_id)  # a refused form has changed the other one
    context = {"form": form, "mandate": mandate, "owner": owner}
    return render(request, "accounts/mandate_owner.html", context)


@login_required
@require_GET
def letter(request, pk):
    """Show the letter of attorney to the agent and to officers of the case."""
    mandate = get_object_or_404(Mandate.objects.select_related("owner"), pk=pk)
    agent = mandate.agent_id == request.user.pk
    if not agent and not identity.may_see(request.user, mandate.owner, case_named(request)):
        raise Http404
    return send(request, mandate.letter, "surat-kuasa", mandate.letter_scan)
