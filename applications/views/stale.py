"""A form whose page is older than the session: shown again with all that was typed."""

from urllib.parse import urlsplit

from django.shortcuts import render

from applications.views import kept

FORBIDDEN = 403


def csrf_failure(request, reason=""):
    """Give back what was typed on a page of the portal itself, with a button that sends it now.

    What another site posts is shown to nobody.
    """
    match = request.resolver_match
    case = match and match.view_name.startswith(("applications:", "retribusi:", "complaints:"))
    fields = kept.typed(request) if case and _from_here(request) else []
    fields = [(name, value) for name, value in fields if name not in kept.CARRIED]
    context = {
        "path": kept.page_of(request) if case else request.path,
        "action": request.path if fields and not request.FILES else "",
        "fields": fields,
        "versions": [(n, v) for n, v in kept.typed(request) if n in ("version", "awal", "aturan")],
        "shown": [(name, value) for name, value in fields if value.strip()],
        "file": bool(request.FILES),
    }
    return render(request, "publik/csrf.html", context, status=FORBIDDEN)


def _from_here(request):
    """Tell whether a page of this very host sent the form."""
    sender = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(sender).netloc == request.get_host()
