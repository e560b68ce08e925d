"""The public calculator."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from imbportal.daerah import registry
from retribusi.calculator import Calculator


@require_safe
def calculator(request, slug):
    """Show the fee of a building that anybody describes, line by line; nothing is kept."""
    rules = next((rules for rules in registry.listed() if rules.slug == slug), None)
    if rules is None:
        raise Http404
    context = {"rules": rules, "place": rules.name, "calculator": Calculator(rules, request.GET)}
    return render(request, "retribusi/calculator.html", context)
