"""Forms that are signed by hand, as PDF: blank for everybody, filled in for the applicant."""

import re

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.lockout import client_ip
from applications import hand_forms, requirements
from applications.views.fetch import with_case
from documents import hand_forms as printing
from imbportal.daerah import registry
from imbportal.limits import Limit

BLANKS = Limit("blanko", most=60, window=60)
"""Per client address."""
FILLED = Limit("formulir", most=60, window=600)
"""Per person: each one is typeset anew."""


@require_safe
def page(request, slug, code):
    """Show the words of a form of a daerah, and where its blank is."""
    rules, form = _public(slug, code)
    context = {
        "rules": rules,
        "blank": form,
        "parts": hand_forms.blank(rules, form).parts,
        "crumbs": [("Persyaratan", f"{reverse('standard', args=[slug])}#syarat")],
    }
    return render(request, "publik/blank.html", context)


@require_safe
def blank(request, slug, code):
    """Give the blank form of a daerah."""
    rules, form = _public(slug, code)
    if BLANKS.count(client_ip(request)):
        return _too_many(request, BLANKS)
    return _pdf(printing.blank_pdf(hand_forms.blank(rules, form)), f"Blanko {form.title}")


@with_case
@require_safe
def filled(request, application, slot, code):
    """Give a form of a document that the case must bring, filled in, with its QR code."""
    found = next((s for s in requirements.due(application) if s.code == slot), None)
    if found is None:
        raise Http404
    form = _named(application.rules.blanks_of(found.requirement), code)
    if FILLED.count(request.user.pk):
        return _too_many(request, FILLED)
    made = hand_forms.filled(application, found.requirement, form, request.user)
    response = _pdf(printing.pdf(made), form.title)
    response["Cache-Control"] = "private, no-store"
    return response


def _public(slug, code):
    """Return the rules and the form of a daerah that the public sees, or answer 404."""
    rules = next((rules for rules in registry.listed() if rules.slug == slug), None)
    return rules, _named(rules.blank if rules else (), code)


def _named(forms, code):
    form = next((form for form in forms if form.code == code), None)
    if form is None:
        raise Http404
    return form


def _too_many(request, limit):
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(limit.window)
    return response


def _pdf(content, title):
    response = HttpResponse(content, content_type="application/pdf")
    name = re.sub(r"[^\w]+", "-", title).strip("-")[:100]
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.pdf")
    response["X-Content-Type-Options"] = "nosniff"
    return response
