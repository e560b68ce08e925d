"""The applicant's page of a refund: the account to which the money goes."""

import re

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from applications.refusals import Conflict
from applications.views.fetch import with_case
from applications.views.frame import frame, sent_version
from retribusi.corrections import paying_back
from retribusi.models import Refund

UNPROCESSABLE = 422
DIGITS = re.compile(r"[0-9]{6,20}")
"""An account number without the signs between its digits."""


class AccountForm(forms.Form):
    """The account to which money goes back."""

    bank = forms.CharField(label="Nama bank", max_length=80)
    rekening = forms.CharField(
        label="Nomor rekening", max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text="Angka saja. Disimpan tersandi; daftar hanya memperlihatkan empat angka akhir.",
    )  # fmt: skip
    atas_nama = forms.CharField(
        label="Atas nama", max_length=150, help_text="Sama persis dengan buku tabungan."
    )

    def clean_rekening(self):
        digits = re.sub(r"[\s.-]", "", self.cleaned_data["rekening"])
        if not DIGITS.fullmatch(digits):
            raise forms.ValidationError("Nomor rekening terdiri dari 6 sampai 20 angka.")
        return digits


@with_case
@require_http_methods(["GET", "HEAD", "POST"])
def account(request, application, refund):
    """Show what goes back and why; take the account."""
    found = application.refunds.filter(pk=refund).first()
    if found is None:
        raise Http404
    given = request.POST if request.method == "POST" else None
    form = AccountForm(given, label_suffix="")
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        paying_back.file_account(
            found, bank=data["bank"], account=data["rekening"], holder=data["atas_nama"],
            by=request.user, version=sent_version(request),
        )  # fmt: skip
        messages.success(request, "Rekening tersimpan. Kami memberi tahu bila sudah disetujui.")
        return redirect(application)
    if found.state != Refund.State.OPEN:
        raise Conflict(f"Pengembalian ini sekarang: {found.get_state_display().lower()}.")
    context = frame(application) | {"refund": found, "form": form, "here": "Pengembalian"}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "retribusi/pengembalian.html", context, status=status)
