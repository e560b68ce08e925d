"""What every page knows: version, demo, unread messages and the reader's postings."""

import base64
import secrets
from functools import cache

from django.conf import settings
from django.utils.crypto import salted_hmac

from imbportal.daerah import registry

BUILT_IN_TITLES = {"admin": "Admin daerah", "auditor": "Auditor"}


def portal(request):
    """Return ``portal``; its functions ask the database only where a page calls them."""
    return {
        "portal": {
            "version": settings.VERSION.replace("Unreleased", "(versi pengembangan)"),
            "demo": settings.DEMO,
            "unread": cache(lambda: _unread(request)),
            "titles": cache(lambda: [_title(posting) for posting in postings_of(request)]),
            "office": lambda: in_office(request),
            "device": cache(lambda: _device(request)),
        }
    }


def in_office(request):
    """Tell whether the reader may enter the officers' site: superuser or a posting in force."""
    user = getattr(request, "user", None)
    return bool(user and user.is_active and (user.is_superuser or postings_of(request)))


def postings_of(request) -> list:
    """Return the reader's postings in force, asked for once per request."""
    if not hasattr(request, "_postings"):
        request._postings = _ask_postings(getattr(request, "user", None))
    return request._postings


def _ask_postings(user):
    from accounts.models import Posting

    if not (user and user.is_authenticated):
        return []
    return list(Posting.objects.in_force().filter(user=user).order_by("daerah", "role"))


def _device(request):
    """Return under which name, and sealed with which key, a phone keeps the reader's drafts.

    The key stays the same and goes out masked anew in each page, as a CSRF token does.
    """
    user = getattr(request, "user", None)
    if not (user and user.is_authenticated):
        return None
    key = salted_hmac("imbportal.device.key", str(user.pk), algorithm="sha256").digest()
    mask = secrets.token_bytes(len(key))
    masked = mask + bytes(a ^ b for a, b in zip(mask, key, strict=True))
    name = salted_hmac("imbportal.device.name", str(user.pk), algorithm="sha256").hexdigest()
    return {"name": name[:16], "key": base64.b64encode(masked).decode()}


def _unread(request):
    from notifications import inbox

    user = getattr(request, "user", None)
    return inbox.unread(user) if user and user.is_authenticated else 0


def _title(posting):
    """Return how the header names a posting, even where the file no longer knows its role."""
    try:
        rules = registry.current(posting.daerah)
    except KeyError:
        return posting.role
    known = posting.role in rules.role
    built_in = BUILT_IN_TITLES.get(posting.role, posting.role)
    title = rules.post(posting.role, posting.unit) if known else built_in
    mark = "" if posting.kind == "definitif" else f"{posting.get_kind_display().split(' ')[0]} "
    return f"{mark}{title} · {rules.name}"
