"""The page on which a signatory seals the papers of his act with his passphrase or a code."""

from functools import partial, wraps

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

    def __init__(self, asks, *args, despite=(), **kwargs):
        super().__init__(*args, **kwargs)
        if despite:
            self.fields = {"note": _reason(despite), **self.fields}
        if len(asks) == 1:
            del self.fields["how"]
            return
        self.fields["how"].choices = [(key, KINDS[key]) for key in asks]
        self.fields["how"].initial = asks[0]
        self.fields[FIELD].label = "Kata sandi atau kode"

    def secret(self) -> Secret:
        return Secret(self.cleaned_data[FIELD], is_code=self.cleaned_data.get("how") == ways.CODE)


def _reason(despite):
    return forms.CharField(
        label="Mengapa tetap diteruskan?", max_length=4000,
        help_text=f"Yang tidak sesuai: {'; '.join(despite)}.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Tulis mengapa tetap diteruskan, atau minta perbaikan."},
    )  # fmt: skip


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
    sign = partial(signing.sign, move, case, by=request.user, version=version_of(request))
    despite = step.despite(case)
    try:
        if request.method != "POST":
            raise Asking(SignForm(_way().asks, despite=despite))
        _signed(request, sign, despite)
    except Asking as asking:
        return _of_move(request, case, step, kinds, asking)
    messages.success(request, f"{step.label}: ditandatangani secara elektronik dan diteruskan.")
    fresh = Application.objects.get(pk=case.pk)
    mine = any(not lacking for _, lacking in services.available(fresh, request.user))
    return redirect("admin:case", pk=case.pk) if mine else redirect("admin:index")


# -- Beside the moves -------------------------------------------------------------------------
def asks_secret(view):
    """Let a view do acts by ``beside``: where its reader seals, a page asks for his secret first.

    That page carries along what was posted, and posts it to the same address again.
    """

    @sensitive_post_parameters(FIELD)
    @wraps(view)
    def answering(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Asking as asking:
            return _of_act(request, asking)

    return answering


def beside(request, case, act, title):
    """Do an act beside the moves (``signing.Beside``); return what it returns.

    Raises Asking where its maker seals a paper, and has not given the right secret yet.
    """
    version = version_of(request)
    papers = signing.look(act, version) if settings.SEAL else []
    if not papers:
        return act(version=version, sealing=None)
    sign = partial(signing.sign_beside, act, case, by=request.user, version=version)
    try:
        if FIELD not in request.POST:
            raise Asking(SignForm(_way().asks))
        return _signed(request, sign)
    except Asking as asking:
        asking.more |= {"case": case, "title": title, "heading": title, "contents": papers}
        raise


# -- Asking -----------------------------------------------------------------------------------
class Asking(Exception):
    """The secret is asked for, or asked for again; ``more`` is what its page says beside it."""

    def __init__(self, form, status=200, **more):
        super().__init__(status)
        self.form, self.status, self.more = form, status, more


def _signed(request, sign, despite=()):
    """Return what ``sign`` does with the secret that was posted. Raises Asking.

    It takes a note too where something is signed in spite of what fails.
    """
    way = _way()
    if SEND_CODE in request.POST:
        raise _code_sent(request, way, despite)
    form = SignForm(way.asks, request.POST, despite=despite)
    if not form.is_valid():
        raise Asking(form, 422)
    try:
        note = {"note": form.cleaned_data["note"]} if despite else {}
        return sign(secret=form.secret(), **note)
    except SealFault as fault:
        form.add_error(None, str(fault))
        raise Asking(form, 422) from None


def _code_sent(request, way, despite):
    typed = {"how": ways.CODE, "note": request.POST.get("note", "")}
    form = SignForm(way.asks, initial=typed, despite=despite)
    if ways.CODE not in way.asks:
        raise Http404
    if signing.CODES.count(request.user.pk):
        raise Unmet([signing.TOO_MANY])
    try:
        way.send_code(signing.signatory(request.user))
    except SealFault as fault:
        return Asking(form, 422, fault=fault.text)
    return Asking(form, sent=True)


def _way():
    try:
        return ways.current()
    except SealFault as fault:
        raise Unmet([fault.text]) from None


def _of_move(request, case, step, kinds, asking):
    papers = [
        (case.rules.paper[kind].title, reverse("admin:preview", args=[case.pk, kind]))
        for kind in kinds
    ]
    asking.more |= {
        "case": case, "title": step.label, "heading": case.link.label or step.label,
        "about": CONFIRM.get(step.name, ""), "papers": papers,
    }  # fmt: skip
    return _show(request, asking)


def _of_act(request, asking):
    own = {"csrfmiddlewaretoken", "version", FIELD, "how", SEND_CODE}
    posted = [(name, values) for name, values in request.POST.lists() if name not in own]
    asking.more |= {
        "papers": [(content.title, "") for content in asking.more["contents"]],
        "carried": [(name, value) for name, values in posted for value in values],
    }
    return _show(request, asking)


def _show(request, asking):
    context = {
        **admin.site.each_context(request),
        "desk_nav": nav("", request),
        "back": request.back,
        "form": asking.form,
        "by_code": "how" in asking.form.fields,
        "send_code": SEND_CODE,
        **asking.more,
    }
    return render(request, "applications/kantor/sign.html", context, status=asking.status)
