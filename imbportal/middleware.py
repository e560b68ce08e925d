"""Headers of private pages, and a plain page while the database is away."""

import logging

from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.http import Http404
from django.middleware.gzip import GZipMiddleware
from django.utils import timezone

from imbportal.views import unavailable

logger = logging.getLogger(__name__)

PRIVATE = ("/akun/", "/identitas/", "/kuasa/", "/masuk/", "/lacak/", "/pengaduan/", "/survei/")
"""Pages that nobody keeps, not even of a reader who is not logged in."""
NO_STORE = "no-store, private"


class CompressPagesMiddleware(GZipMiddleware):
    """Compress pages; files and papers go out as they are, with their length.

    Against BREACH: Django masks CSRF tokens anew for each page and pads each compressed answer
    by a random length; cookies are SameSite=Lax, so no other site can have a page fetched.
    """

    def process_response(self, request, response):
        if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)


class TimeZoneMiddleware:
    """Let each request begin in the portal's own time zone, whatever the one before it chose."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        timezone.deactivate()
        return self.get_response(request)


class PlainTextMiddleware:
    """Refuse a NUL: no keyboard types it, and PostgreSQL takes none.

    An address with one leads nowhere (404), a form or query with one is unreadable (400).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if "\x00" in request.path:
            raise Http404
        lists = [*dict(request.GET).values(), *dict(request.POST).values()]
        if any("\x00" in text for texts in lists for text in texts):
            raise SuspiciousOperation("NUL in a request")


class PrivatePagesMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 503 or self._private(request):
            response["Cache-Control"] = NO_STORE
        return response

    def process_exception(self, request, exception):
        """Answer 503 where the database is away or locked, so that the reader tries again."""
        if not isinstance(exception, OperationalError):
            return None
        page = request.resolver_match.route if request.resolver_match else ""  # no code is logged
        logger.error("Basis data tidak menjawab: %s", page, exc_info=exception)
        return unavailable(request)

    @staticmethod
    def _private(request):
        reading = request.method in ("GET", "HEAD")
        if not reading or request.path.startswith(PRIVATE):
            return True
        return request.user.is_authenticated
