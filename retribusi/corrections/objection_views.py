"""The applicant's pages of an objection: sending it, taking it back."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from applications.forms import checked_beforehand
from applications.refusals import Conflict, Unmet
from applications.views import kept
from applications.views.fetch import with_case
from applications.views.frame import frame, sent_version
from imbportal import uploads
from retribusi import acts, taking_back
from retribusi.corrections import objecting, objections

UNPROCESSABLE = 422
LONGEST = 4000


class ObjectionForm(forms.Form):
    """What is wrong with the bill, in the applicant's words, and what shows it."""

    words = forms.CharField(
        label="Alasan keberatan", max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": objecting.GIVE_REASONS},
        help_text="Tulis apa yang keliru pada SKRD, dan berapa yang menurut Anda benar.",
    )  # fmt: skip
    file = forms.FileField(
        label="Dokumen pendukung (boleh kosong)", required=False, widget=forms.FileInput,
        help_text="PDF, JPEG, atau PNG; paling besar 25 MB.",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs |= checked_beforehand() | {"data-pilih": ""}


@with_case
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request, application):
    """Show the bill and the rule; take the reasons, and give the receipt's number."""
    rule = objections.rule_of(application)
    if request.method != "POST":
        if text := objections.hindrance(application):
            raise Conflict(text)
        waiting = kept.of(request)
        form = ObjectionForm(initial=waiting.dict() if waiting else {}, label_suffix="")
        return _page(request, application, form, restored=waiting is not None)
    form = ObjectionForm(request.POST, request.FILES, label_suffix="")
    if not form.is_valid():
        return _page(request, application, form, status=UNPROCESSABLE)
    try:
        found = objecting.ask(
            application, form.cleaned_data["words"], form.cleaned_data["file"],
            by=request.user, version=sent_version(request),
        )  # fmt: skip
    except uploads.UploadRefused as refused:
        form.add_error("file", str(refused))
    except Unmet as refusal:
        form.add_error("words", refusal.missing[0])
    else:
        who = acts.title_of(application, found.holder or rule.decided_by)
        messages.success(
            request, f"Keberatan diterima dengan nomor {found.receipt.number}. Di tangan {who}."
        )
        return redirect(application)
    return _page(request, application, form, status=UNPROCESSABLE)


def _page(request, application, form, *, restored=False, status=200):
    bill = objections.billed(application)
    if bill is None:
        raise Conflict(objections.hindrance(application))
    context = frame(application) | {
        "bill": bill,
        "form": form,
        "words": objections.in_words(application.rules),
        "rule": objections.rule_of(application),
        "last_day": objections.last_day(application, bill),
        "restored": restored,
        "here": "Keberatan atas SKRD",
    }
    return render(request, "retribusi/keberatan.html", context, status=status)


@with_case
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, application):
    """Ask before an objection is taken back, then take it back."""
    return taking_back.page(
        request, application, application.objections, objecting.withdraw,
        said="Keberatan sudah ditarik kembali. SKRD tetap berlaku.", heading="Tarik keberatan",
        question="Tarik kembali keberatan ini?",
        text="SKRD tetap berlaku. Selama batas waktunya belum lewat, keberatan dapat diajukan "
        "lagi.",
    )  # fmt: skip
