"""Who applies, beside his card: the one page of the desk that shows a whole NIK."""

from django.contrib import admin
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts import identity
from accounts.models import Mandate
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
    person = case.holder
    if person is None or not person.nik:
        raise Http404
    context = {
        **admin.site.each_context(request),
        "desk_nav": nav("", request),
        "title": "Bandingkan identitas",
        "case": case,
        "person": person,
        "rows": _rows(person, identity.full_nik(request.user, person, case.pk)),
        "letter": _letter(case.mandate),
        "views": person.views.filter(case=case.pk).select_related("user").order_by("-at")[:10],
    }
    return render(request, "applications/kantor/identity.html", context)


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
