"""What holds for every request: limits answered kindly, officers' second factor and idle time."""

import time

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import RateLimited
from allauth.core.ratelimit import respond_429
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from imbportal.context import in_office

SEEN = "officer_seen"
FRESH = 60
"""Seconds between two writes of the time last seen."""


class RateLimitMiddleware:
    """Answers 429 where allauth stops a code from being sent once more."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        return respond_429(request) if isinstance(exception, RateLimited) else None


class OfficerMiddleware:
    """Ends an officer's idle session; keeps all pages shut until the second factor is proved."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if officer(request):
            answer = idle(request) or unproved(request)
            if answer:
                return answer
        return self.get_response(request)


def officer(request) -> bool:
    user = request.user
    return user.is_authenticated and (user.is_staff or in_office(request))


def idle(request):
    """End the session where the officer was away too long; note the time otherwise."""
    now, seen = int(time.time()), request.session.get(SEEN)
    if seen and now - seen > settings.OFFICER_IDLE:
        request.session.flush()
        return redirect(
            f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}"
        )
    if not seen or now - seen > FRESH:
        request.session[SEEN] = now
    return None


def unproved(request):
    """Send an officer without a proved second factor to set it up, or to give its code."""
    if not settings.OFFICER_MFA or request.path.startswith(open_paths()) or proved(request):
        return None
    page = "mfa_reauthenticate" if is_mfa_enabled(request.user) else "mfa_activate_totp"
    return redirect(page)


def proved(request) -> bool:
    """Whether this very session gave a code of the authenticator app or a recovery code."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)


def open_paths() -> tuple[str, ...]:
    """Return what stays open: the account itself (log out, set up the second factor), style."""
    return (reverse("account_home"), settings.STATIC_URL)
