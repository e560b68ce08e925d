"""Taking a case, from its page or from the queue, and handing it to a colleague."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from applications import claims
from applications.holding import on_turn
from applications.office.actions import back_to, find
from applications.office.queue import nav
from applications.refusals import Unmet
from applications.views.refusal import refusals_as_pages


@require_POST
@refusals_as_pages
def claim(request, pk):
    case = find(request, pk)
    queue = _queue(request)
    request.back = queue or request.back
    shown = request.POST.get("pemegang")
    claims.claim(
        case, by=request.user, release=request.POST.get("lepas") == "1",
        seen=claims.WHOEVER if shown is None else _id(shown),
    )  # fmt: skip
    if not queue:
        return back_to(case)
    messages.success(request, f"Permohonan {case.number} sekarang Anda pegang.")
    return redirect(queue)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_pages
def hand_over(request, pk):
    """Ask to whom and why; then give the case and go back to where one came from."""
    case = find(request, pk)
    on_turn_now(case, request.user)
    missing = []
    if request.method == "POST":
        try:
            made = claims.hand_over(
                case, _id(request.POST.get("kepada")), request.POST.get("alasan", "")[:1000],
                by=request.user,
            )  # fmt: skip
        except Unmet as refusal:
            missing = refusal.missing
        else:
            messages.success(
                request, f"Permohonan {case.number} diserahkan kepada {made.receiver}."
            )
            return redirect(_queue(request) or "admin:index")
    context = {
        "desk_nav": nav("index", request),
        "title": f"Serahkan {case}",
        "case": case,
        "colleagues": claims.colleagues(case, request.user),
        "missing": missing,
        "chosen": request.POST.get("kepada", ""),
        "reason": request.POST.get("alasan", ""),
        "back": _queue(request) or reverse("admin:index"),
    }
    status = 422 if missing else 200
    return render(request, "applications/kantor/hand_over.html", context, status=status)


def on_turn_now(case, user):
    """Refuse, as the posting of the form would, whoever could not hand this case over."""
    with transaction.atomic():
        on_turn(case.pk, user, None)


def _id(text):
    text = text or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _queue(request):
    """Return the address of the list from which somebody comes, "" where it is none of ours."""
    given = request.POST.get("kembali") or request.GET.get("kembali", "")
    known = (reverse("admin:index"), reverse("admin:cases"))
    ours = given.partition("?")[0] in known
    return given if ours and url_has_allowed_host_and_scheme(given, allowed_hosts=None) else ""
