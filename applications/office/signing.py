"""The page on which a signatory seals the papers of his move with his passphrase or a code."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from applications import sealing, services, signing
from applications.models import Application
from applications.office.actions import find, version_of
from applications.office.buttons import CONFIRM
from applications.office.queue import nav
from applications.refusals import Unmet
from applications.views.refusal import refusals_as_pages
from applications.workflow import BY_NAME
from documents.seal import ways
from documents.seal.faults import SealFault
from documents.seal.secret import Secret

FIELD, SEND_CODE = "sandi", "kirim_kode"
"""The field's name is one that is kept nowhere when a session ends (applications.views.kept)."""
NOTHING = "Pada langkah ini tidak ada surat yang ditandatangani secara elektronik."
KINDS = {ways.PASSPHRASE: "Kata sandi sertifikat", ways.CODE: "Kode sekali pakai"}


class SignForm(forms.Form):
    """Asks for the secret; it is never filled in again, whatever was wrong."""

    how = forms.ChoiceField(label="Tanda tangan dengan", widget=forms.RadioSelect)
    sandi = forms.CharField(
        label="Kata sandi sertifikat",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}, render_value=False),
        help_text="Tidak kami simpan. Dipakai sekali untuk menandatangani surat di atas.",
        error_messages={"required": "Ketik kata sandi atau kode tanda tangan Anda."},
    )

    def __init__(self, asks, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if len(asks) == 1:
            del self.fields["how"]
            return
        self.fields["how"].choices = [(key, KINDS[key]) for key in asks]
        self.fields["how"].initial = asks[0]
        self.fields[FIELD].label = "Kata sandi atau kode"

    def secret(self) -> Secret:
        return Secret(self.cleaned_data[FIELD], is_code=self.cleaned_data.get("how") == ways.CODE)


@sensitive_post_parameters(FIELD)
@require_http_methods(["GET", "POST"])
@refusals_as_pages
def page(request, pk, move):
    """Show what is signed, ask for the secret, and make the move."""
    case = find(request, pk)
    if move not in BY_NAME or not settings.SEAL:
        raise Http404(NOTHING)
    step = services.checked_now(BY_NAME[move], case, request.user)
    if not (kinds := sealing.kinds(case, step)):
        raise Http404(NOTHING)
    if request.method != "POST":
        return _show(request, case, step, kinds, SignForm(_way().asks))
    if SEND_CODE in request.POST:
        return _send_code(request, case, step, kinds)
    form = SignForm(_way().asks, request.POST)
    if not form.is_valid():
        return _show(request, case, step, kinds, form, status=422)
    try:
        signing.sign(move, case, by=request.user, secret=form.secret(), version=version_of(request))
    except SealFault as fault:
        form.add_error(None, str(fault))
        return _show(request, case, step, kinds, form, status=422)
    messages.success(request, f"{step.label}: ditandatangani secara elektronik dan diteruskan.")
    fresh = Application.objects.get(pk=case.pk)
    mine = any(not lacking for _, lacking in services.available(fresh, request.user))
    return redirect("admin:case", pk=case.pk) if mine else redirect("admin:index")


def _way():
    try:
        return ways.current()
    except SealFault as fault:
        raise Unmet([fault.text]) from None


def _send_code(request, case, step, kinds):
    way = _way()
    form = SignForm(way.asks, initial={"how": ways.CODE})
    if ways.CODE not in way.asks:
        raise Http404
    if signing.CODES.count(request.user.pk):
        raise Unmet([signing.TOO_MANY])
    try:
        way.send_code(signing.signatory(request.user))
    except SealFault as fault:
        return _show(request, case, step, kinds, form, status=422, fault=fault.text)
    return _show(request, case, step, kinds, form, sent=True)


def _show(request, case, step, kinds, form, *, status=200, **more):
    context = {
        **admin.site.each_context(request),
        "desk_nav": nav("", request),
        "title": step.label,
        "case": case,
        "step": step,
        "about": CONFIRM.get(step.name, ""),
        "papers": [
            (case.rules.paper[kind].title, reverse("admin:preview", args=[case.pk, kind]))
            for kind in kinds
        ],
        "form": form,
        "by_code": "how" in form.fields,
        "send_code": SEND_CODE,
    } | more
    return render(request, "applications/kantor/sign.html", context, status=status)
