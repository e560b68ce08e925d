"""The letter's points, answered one by one, and sending the corrections."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Mandate
from applications import cards, casework, requirements, services
from applications.forms import AnswerForm, UploadForm
from applications.refusals import Conflict
from applications.views import kept, paper_files, sections, todo
from applications.views.fetch import with_case
from applications.views.frame import frame, sent_version
from applications.workflow import BY_NAME

SENDING = frozenset({"resend_krk", "resubmit", "revise"})
LETTERS = frozenset({"surat_kekurangan", "surat_kekurangan_krk", "surat_perbaikan"})
UNPROCESSABLE = 422


@with_case
@require_safe
def corrections(request, application):
    """Show the points, each with its answer, and the button that sends them."""
    return _page(request, application)


def _sending(application):
    name = sections.sending(application)
    if name not in SENDING:
        raise Conflict(f"Tidak ada yang harus diperbaiki; tahapnya {application.stage_label}.")
    return BY_NAME[name]


def _points(application):
    return application.points.filter(closed_at=None).exclude(sent_at=None)


@with_case
@require_POST
def answer(request, application, point):
    """Answer one point in words."""
    _sending(application)
    found = _points(application).filter(pk=point).first()
    if found is None:
        raise Http404
    form = AnswerForm(request.POST, prefix=str(point))
    if not form.is_valid():
        return _page(request, application, wrong=form, status=UNPROCESSABLE)
    casework.answer_point(application, found, form.cleaned_data["text"], by=request.user)
    messages.success(request, "Jawaban tersimpan.")
    page = reverse("applications:corrections", args=[application.pk])
    return redirect(f"{page}#catatan-{point}")


@with_case
@require_POST
def resend(request, application):
    """Send the corrections."""
    move = _sending(application)
    request.back = reverse("applications:corrections", args=[application.pk])
    services.perform(move.name, application, by=request.user, version=sent_version(request))
    messages.success(request, "Perbaikan terkirim. Kami memberi tahu Anda bila sudah diperiksa.")
    return redirect(application)


def _page(request, application, wrong=None, status=200):
    move = _sending(application)
    slots = {slot.code: slot for slot in requirements.due(application)}
    missing = services.missing_now(move, application)
    context = frame(application) | {
        "wrong": wrong,
        "points": [
            _shown(request, application, point, slots, wrong) for point in _points(application)
        ],
        "move": move,
        "missing": [(text, todo.place_url(application, text)) for text in missing],
        "sections": [item for item in sections.shown(application) if item.editable],
        "letters": [p for p in paper_files.listed(application) if p["paper"].kind in LETTERS][:1],
        "todo": todo.of(application),
    }
    return render(request, "applications/corrections.html", context, status=status)


def _shown(request, application, point, slots, wrong):
    """Return one point with the forms by which it is answered."""
    prefix = str(point.pk)
    slot, card = slots.get(point.requirement), _card(application, point.requirement)
    answer_url = reverse("applications:answer", args=[application.pk, point.pk])
    waiting = kept.of(request, answer_url)
    form = AnswerForm(waiting, prefix=prefix, initial={"text": point.answer})
    return {
        "restored": waiting is not None,
        "answer_url": answer_url,
        "point": point,
        "slot": slot,
        "card": card,
        "label": card["label"] if card else slot.requirement.label if slot else "",
        "form": wrong if wrong is not None and wrong.prefix == prefix else form,
        "upload": slot and UploadForm(images=slot.requirement.images, auto_id=f"p{prefix}-%s"),
    }


def _card(application, code):
    """Return what to do about an identity card that was not in order, None for other points."""
    card = next((card for card in cards.of(application) if card.code == code), None)
    if card is None:
        return None
    by_agent = card.person == application.holder and application.mandate_id
    whose = card.person.name if by_agent else "Anda"
    return {
        "label": card.label,
        "advice": f"Ganti foto KTP atau perbaiki data diri {whose}, lalu catatan ini terjawab. "
        "NIK hanya dapat diganti kantor: bila NIK yang salah, tunjukkan KTP di loket.",
        "url": _mended_at(application, by_agent),
    }


def _mended_at(application, by_agent):
    """Return the page on which card and data are put right, "" where another must do it."""
    if application.by_counter:
        return reverse("admin:counter_reach", args=[application.pk])
    if not by_agent:
        return reverse("identity")
    letters = Mandate.objects.in_force().filter(
        agent=application.applicant, owner=application.holder, owner__user=None
    )
    letter = letters.order_by("-pk").first()
    return reverse("mandate_owner", args=[letter.pk]) if letter else ""
