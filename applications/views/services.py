"""Services on a permit that was issued: on one of the user's own cases, or on an older permit."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts import identity
from accounts.models import Mandate
from applications import casework, parents
from applications.forms import KeyForm, OlderPermitForm
from applications.models import Application
from applications.refusals import Conflict
from applications.views.fetch import with_case
from applications.views.frame import frame
from applications.views.refusal import refusals_as_pages
from imbportal.daerah import calendar, offers, registry

UNPROCESSABLE = 422


def offered(slug):
    """Return what a daerah offers on its permits, with what it costs today."""
    return offers.offered(registry.current(slug), calendar.today(slug))


@with_case
@require_http_methods(["GET", "HEAD", "POST"])
def on_case(request, application):
    """Show the services on the permit of a case (GET); open the draft of one (POST)."""
    parent, mandate = parents.for_case(application, request.user)
    form = KeyForm(_posted(request))
    if request.method == "POST" and form.is_valid():
        found = casework.create(
            request.user, application.daerah, mandate=mandate, parent=parent,
            key=form.cleaned_data["key"],
        )  # fmt: skip
        return redirect(found)
    context = frame(application) | {
        "parent": parent,
        "services": offered(application.daerah),
        "asked": asked(application),
        "form": form,
    }
    return render(request, "applications/service.html", context)


@login_required
@refusals_as_pages
@require_http_methods(["GET", "HEAD", "POST"])
def older(request):
    """Open the draft of a service on a permit that is named by number and date."""
    listed = [rules for rules in registry.listed() if parents.services(rules)]
    if not listed:
        raise Http404
    mandates = Mandate.objects.in_force().filter(agent=request.user).select_related("owner")
    initial = {"daerah": request.GET.get("daerah", "")} if "daerah" in request.GET else None
    form = OlderPermitForm(_posted(request), listed=listed, mandates=mandates, initial=initial)
    if request.method == "POST" and form.is_valid():
        if found := _open(form, request.user):
            return redirect(found)
    context = {
        "form": form,
        "offices": [(rules, offered(rules.slug)) for rules in listed],
        "missing": identity.ready(request.user),
        "crumbs": (("Ajukan permohonan", reverse("applications:new")),),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "applications/older_permit.html", context, status=status)


def _posted(request):
    return request.POST if request.method == "POST" else None


def _open(form, user):
    """Return the draft, or None with the refusal in the form."""
    given = form.cleaned_data
    rules = registry.current(given["daerah"])
    try:
        parent = parents.by_number(rules, given["number"], given["date"], user, form.mandate)
    except Conflict as refused:
        form.add_error("number", refused.text)
        return None
    mandate, key = form.mandate, given["key"]
    return casework.create(user, rules.slug, mandate=mandate, parent=parent, key=key)


def asked(application):
    """Return the services that were asked for on the permit of a case, as a list of the page."""
    paper = parents.permit(application)
    return [_line(case) for case in parents.asked_on(paper)] if paper else []


def _line(case):
    return {"case": case, "title": parents.title(case), "stage": case.stage_label}


def of_case(application, user):
    """Return what the page of a case says of services: on its permit, and on which it is one."""
    parent = parents.of(application)
    if parent is not None:
        return {"parent": parent, "parent_url": _own_url(parent, user)}
    there = application.state in parents.ISSUED and parents.services(application.whole_rules)
    paper = parents.permit(application) if there else None
    if paper is None:
        return {}
    refused = parents.refusal(parents.as_parent(application, paper), application.whole_rules)
    return {"services_on": {"refused": refused, "asked": asked(application)}}


def _own_url(parent, user):
    """Return the page of the case in which a permit was issued, where it is the user's own."""
    if parent.paper is None:
        return ""
    found = Application.objects.applied_for_by(user).filter(pk=parent.paper.case).first()
    return found.get_absolute_url() if found else ""
