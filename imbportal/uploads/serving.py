"""Answers with a private file; whoever calls has asked for the permission before."""

from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

SANDBOX = "sandbox; default-src 'none'"
VIEWER = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""For a PDF shown in place: Chromium's own viewer refuses to run in a sandbox. The file is our safe
copy without scripts, and its type cannot be taken for a page."""
SHOWN = {"application/pdf", "image/jpeg", "image/png"}
"""What a browser may show in place; all else is only ever saved."""


def respond(field_file, *, name: str, mime: str, inline: bool = False):
    """Return the response that streams a stored file, as an attachment or in the browser.

    With settings.ACCEL (the path of nginx' internal location) nginx sends the bytes itself.
    FileNotFoundError where the storage has no such file.
    """
    if mime not in SHOWN:
        mime, inline = "application/octet-stream", False
    response = _through_nginx(field_file) if settings.ACCEL else FileResponse(field_file.open("rb"))
    response["Content-Type"] = mime
    response["Content-Disposition"] = content_disposition_header(not inline, name)
    response["X-Content-Type-Options"] = "nosniff"
    viewed = inline and mime == "application/pdf"
    response["Content-Security-Policy"] = VIEWER if viewed else SANDBOX
    # The CSP middleware leaves a set header alone.
    response["Cache-Control"] = "private, no-store"
    return response


def _through_nginx(field_file):
    response = HttpResponse()
    response["X-Accel-Redirect"] = settings.ACCEL + quote(field_file.name)
    return response
