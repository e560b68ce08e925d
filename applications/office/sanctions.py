"""The page of one issued paper at the desk: how it stands, and the decisions about it."""

from functools import partial

from django import forms
from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from applications.models import SanctionAct
from applications.office.actions import find
from applications.office.queue import nav
from applications.office.signing import asks_secret, beside
from applications.refusals import Conflict, NotVisible
from applications.sanctions import deciding, hindrances, letters, papers, shown
from applications.views.refusal import refusals_as_pages
from documents import verification
from documents.models import Paper

Kind = SanctionAct.Kind
LONGEST = 2000
UNPROCESSABLE = 422
TITLES = {
    Kind.WARN: ("Beri peringatan", "Sampaikan peringatan"),
    Kind.FREEZE: ("Bekukan", "Bekukan surat ini"),
    Kind.LIFT: ("Cairkan pembekuan", "Cairkan pembekuan"),
    Kind.REVOKE: ("Cabut", "Cabut surat ini"),
    Kind.REPLACE: ("Ganti", "Terbitkan penggantinya"),
}
"""What a decision is called on its button, and on the last one."""
BRINGS = {
    Kind.WARN: "Pemegang menerima surat peringatan. Surat izinnya sendiri tetap berlaku.",
    Kind.FREEZE: "Surat ini tidak boleh dipakai sampai dicairkan. Halaman periksa surat langsung "
    "mengatakannya kepada siapa saja.",
    Kind.LIFT: "Surat ini berlaku kembali, bersama surat yang ikut dibekukan.",
    Kind.REVOKE: "Surat ini tidak berlaku lagi untuk selamanya. Pencabutan tidak dapat "
    "diurungkan; untuk membangun, pemegang mengajukan permohonan baru.",
    Kind.REPLACE: "Surat baru terbit dengan nomor baru dan data permohonan sekarang; surat ini "
    "tidak berlaku lagi. Penggantian tidak dapat diurungkan.",
}
FINAL = frozenset({Kind.REVOKE, Kind.REPLACE})
"""What cannot be undone."""


def _text(label, help_text="", rows=3, **more):
    area = forms.Textarea(attrs={"rows": rows, "maxlength": LONGEST})
    return forms.CharField(
        label=label, help_text=help_text, max_length=LONGEST, widget=area, required=False, **more
    )


class SanctionForm(forms.Form):
    """What the office writes; what is missing is told by ``deciding``, all at once."""

    reason = _text("Alasan", "Dibaca pemegang surat, dan tercatat dalam riwayat permohonan.", 4)
    basis = _text("Dasar", "Misalnya berita acara pemeriksaan, nomor dan tanggalnya.")
    todo = _text("Yang harus dilakukan pemegang", "Boleh kosong; kalimat umum sudah tertulis.")
    until = forms.DateField(
        label="Paling lambat", required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="Hari terakhir bagi pemegang untuk melakukannya. Boleh kosong.",
    )  # fmt: skip

    def __init__(self, kind, rule, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        if kind == Kind.WARN and rule is not None and rule.warning is not None:
            del self.fields["until"]  # the file says how long a warning gives
        if kind in (Kind.LIFT, Kind.REPLACE):
            del self.fields["until"], self.fields["todo"]
        if kind == Kind.REVOKE:
            self.fields["basis"].help_text += " Wajib untuk pencabutan."

    @property
    def words(self):
        """Return what was written, as ``deciding`` takes it."""
        given = {key: value for key, value in self.cleaned_data.items() if value}
        return hindrances.Words(**given)


@require_safe
@refusals_as_pages
def page(request, pk):
    """Show how a paper stands, what was decided about it, and what may be decided now."""
    case, paper = _found(request, pk)
    standing = verification.standing(paper)
    context = {
        **_frame(request, case, paper),
        "title": f"{paper.title} {paper.number}",
        "standing": standing,
        "facts": [*verification.shown(paper), *_reason(paper)],
        "acts": shown.history(case, paper),
        "buttons": _buttons(request.user, case, paper),
        "decided": papers.decides(case, paper),
        "rule": papers.rule_of(case),
        "void_bill": paper.kind == "skrd" and case.state == "AWAITING_PAYMENT",
    }
    return render(request, "applications/kantor/sanction.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
@asks_secret
def act(request, pk, kind):
    """Ask for the words of a decision, show its letter, and send it once that is confirmed.

    Where the paper bears its signatory's own seal, a page asks for the secret to seal the letter.
    """
    if kind not in Kind:
        raise Http404("Keputusan ini tidak ada.")
    case, paper = _found(request, pk)
    rule = papers.rule_of(case)
    form = SanctionForm(kind, rule, request.POST or None)
    if request.method == "POST" and form.is_valid() and request.POST.get("yakin") == "1":
        return _decided(request, kind, case, paper, form.words)
    capacity = papers.capacity(case, request.user, papers.role_for(kind, case, paper))
    if text := hindrances.hindrance(kind, case, paper):
        raise Conflict(text)
    context = {**_frame(request, case, paper), **_named(kind, case, paper), "form": form}
    if request.method != "POST":
        return render(request, "applications/kantor/sanction_form.html", context)
    if "ubah" in request.POST:
        return render(request, "applications/kantor/sanction_form.html", context)
    missing = form.is_valid() and hindrances.lacking(kind, case, paper, form.words)
    if missing or not form.is_valid():
        context["missing"] = missing or []
        template, status = "applications/kantor/sanction_form.html", UNPROCESSABLE
        return render(request, template, context, status=status)
    draft, _ = deciding.prepared(
        kind, case, paper, form.words, timezone.now(), capacity=capacity, by=request.user
    )
    context |= {"draft": draft, **_letter(kind, draft)}
    return render(request, "applications/kantor/sanction_confirm.html", context)


def _decided(request, kind, case, paper, words):
    """Return the way back to the paper once the decision is made."""
    decide = partial(deciding.decide, kind, paper, words, by=request.user)
    made = beside(request, case, decide, TITLES[kind][1])
    letter = f"{made.letter.title} nomor {made.letter.number}"
    said = f"{made.get_kind_display()}. {letter} terbit dan disampaikan kepada pemegang."
    messages.success(request, said)
    return redirect("admin:sanction", paper.pk)


def _found(request, pk):
    """Return case and paper for an officer who may see the case. 404 to all others."""
    paper = Paper.objects.filter(pk=pk).exclude(issued_at=None).first()
    if paper is None:
        raise NotVisible("Surat tidak ditemukan.")
    case = find(request, paper.case)
    request.back = reverse("admin:sanction", args=[pk])
    return case, paper


def _frame(request, case, paper):
    return {
        **admin.site.each_context(request), "desk_nav": nav("", request), "case": case,
        "paper": paper,
    }  # fmt: skip


def _named(kind, case, paper):
    title, button = TITLES[kind]
    return {
        "kind": kind, "title": f"{title}: {paper.title} {paper.number}", "button": button,
        "brings": BRINGS[kind], "final": kind in FINAL,
        "also": deciding.going_along(kind, case, paper),
        "kept": papers.staying(case, paper) if kind == Kind.REPLACE else [],
    }  # fmt: skip


def _letter(kind, draft):
    """Return the letter as it will be printed: its facts and sections."""
    if kind == Kind.REPLACE:
        section = letters.superseding(draft)
        return {"letter_title": draft.paper.title, "sections": [section], "facts": []}
    content = letters.content(draft)
    return {
        "letter_title": content.title, "facts": content.facts, "sections": content.sections,
        "letter": content,
    }  # fmt: skip


def _reason(paper):
    return [("Alasan", paper.status_reason)] if paper.status_reason else []


def _buttons(user, case, paper):
    """Return the decisions that fit the paper now and that the reader may make."""
    found = []
    for kind in Kind:
        if hindrances.hindrance(kind, case, paper):
            continue
        if papers.may(case, user, papers.role_for(kind, case, paper)):
            url = reverse("admin:sanction_act", args=[paper.pk, kind])
            found.append(
                {
                    "url": url,
                    "title": TITLES[kind][0],
                    "final": kind in FINAL,
                    "lacks": hindrances.unwarned(case, paper) if kind == Kind.REVOKE else [],
                }
            )
    return found
