"""Who applies, beside his card: the one page of the desk that shows a whole NIK."""

from django.contrib import admin
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import identity
from accounts.models import IdentityView, Mandate
from applications.office.actions import find
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
    people = [holder, *_agent(case)]
    cards = [
        {
            "what": "Pemohon" if person == holder else "Penerima kuasa",
            "person": person,
            "rows": _rows(person, identity.full_nik(request.user, person, case.pk)),
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
        "views": views.select_related("user", "identity").order_by("-at")[: 10 * len(people)],
    }
    return render(request, "applications/kantor/identity.html", context)


def _agent(case):
    """Return the identity of who acts for the holder, where somebody does and told his NIK."""
    own = getattr(case.applicant, "identity", None) if case.mandate_id else None
    return [own] if own and own.nik and own != case.holder else []


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
