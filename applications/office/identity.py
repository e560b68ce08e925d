"""Who applies, beside his card: the one page of the desk that shows a whole NIK."""

from django.contrib import admin
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts import identity
from accounts.models import IdentityView, Mandate
from applications import card_verdicts
from applications import cards as identity_cards
from applications.office.actions import LONGEST, find, is_on_turn, version_of
from applications.office.queue import nav
from applications.views.refusal import refusals_as_pages
from imbportal import nik
from imbportal.indonesia import tanggal


@require_safe
@refusals_as_pages
def compare(request, pk):
    """Show the NIK and what it says beside the photo of the card; every look is logged."""
    case = find(request, pk)
    holder = case.holder
    if holder is None or not holder.nik:
        raise Http404
    agent = identity_cards.agent(case)
    people = [holder, agent] if agent else [holder]
    judged = {card.person: card for card in identity_cards.of(case)}
    cards = [
        {
            "what": "Pemohon" if person == holder else "Penerima kuasa",
            "person": person,
            "rows": _rows(person, identity.full_nik(request.user, person, case.pk)),
            "card": judged.get(person),
            "points": _points(case, judged.get(person)),
        }
        for person in people
    ]
    views = IdentityView.objects.filter(identity__in=people, case=case.pk)
    context = {
        **admin.site.each_context(request),
        "desk_nav": nav("", request),
        "title": "Bandingkan identitas",
        "case": case,
        "person": holder,
        "cards": cards,
        "letter": _letter(case.mandate),
        "judges": case.state == identity_cards.GATE and is_on_turn(case, request.user),
        "verdicts": _verdicts(case),
        "views": views.select_related("user", "identity").order_by("-at")[: 10 * len(people)],
    }
    return render(request, "applications/kantor/identity.html", context)


def _points(case, card):
    """Return what still has to be mended on a card."""
    return case.points.filter(requirement=card.code, closed_at=None) if card else ()


def _verdicts(case):
    """Return every verdict on a card of the case, oldest first, with what it is called."""
    labels = {rule.of: rule.label for rule in case.rules.card}
    rows = case.card_verdicts.select_related("by")
    return [(labels.get(row.card, row.card), row) for row in rows]


@require_POST
@refusals_as_pages
def judge(request, pk, whose):
    """Take the verdict on a card, given on the page that shows it."""
    case = find(request, pk)
    page = request.back = reverse("admin:identity", args=[pk])
    card_verdicts.judge(
        case, whose, request.POST.get("verdict") == "sesuai",
        request.POST.get("reason", "").strip()[:LONGEST],
        by=request.user, version=version_of(request),
    )  # fmt: skip
    return redirect(f"{page}#kartu-{whose}")


def _letter(first):
    """Return the newest letter of attorney by which the agent acts, or the one that ended."""
    if first is None:
        return None
    letters = Mandate.objects.in_force().filter(agent=first.agent_id, owner=first.owner_id)
    return letters.order_by("-pk").first() or first


def _rows(person, number):
    """Return what must agree with the card, the NIK in groups as one reads it out."""
    parsed = nik.parse(number)
    groups = f"{number[:6]} {number[6:12]} {number[12:]}"
    return [
        ("NIK", groups),
        ("Nama", person.in_charge or person.name),
        ("Tanggal lahir menurut NIK", tanggal(parsed.birth)),
        ("Jenis kelamin menurut NIK", "Perempuan" if parsed.sex == "P" else "Laki-laki"),
        ("Alamat", person.address),
    ]
