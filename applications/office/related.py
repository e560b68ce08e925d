"""What belongs to a case elsewhere: the permit on which it is a service, services on its own."""

from django.urls import reverse

from applications import parents
from applications.models import Application
from imbportal.indonesia import tanggal


def of(case, user):
    """Return what the officer's page says of the older permit and of services on this one."""
    parent = parents.of(case)
    if parent is None:
        paper = parents.permit(case) if case.state in parents.ISSUED else None
        return {"services": _lines(parents.asked_on(paper), user) if paper else []}
    same = parents.asked_on(parent.paper) if parent.paper else _same_number(case)
    return {
        "title": parents.title(case),
        "parent": [
            ("Nomor", parent.number),
            ("Tanggal", tanggal(parent.date)),
            ("Keadaan", parent.paper.get_status_display() if parent.paper else OLDER),
        ],
        "parent_lacks": parents.lacking(case),
        "parent_url": _url(parent, user),
        "services": _lines(same.exclude(pk=case.pk), user),
    }


OLDER = "Terbit sebelum ada portal; cocokkan dengan arsip."


def _same_number(case):
    found = Application.objects.filter(
        daerah=case.daerah, parent_permit=None, parent_number__iexact=case.parent_number
    )
    return found.exclude(state="DRAFT").order_by("-created_at")


def _url(parent, user):
    """Return the case in which the older permit was issued, where the officer may see it."""
    seen = Application.objects.visible_to(user)
    if parent.paper is None or not seen.filter(pk=parent.paper.case).exists():
        return ""
    return reverse("admin:case", args=[parent.paper.case])


def _lines(cases, user):
    """Return the services that the officer may see, for the list."""
    seen = cases.filter(pk__in=Application.objects.visible_to(user).values("pk"))
    return [
        {
            "number": case.number,
            "title": parents.title(case),
            "stage": case.stage_label,
            "url": reverse("admin:case", args=[case.pk]),
        }
        for case in seen
    ]
