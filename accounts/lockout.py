"""By what failed logins are counted: the login as stored, and the address behind our own proxy."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied

from accounts.adapter import credential


def login(request, credentials):
    """Return the login of an attempt, so that 0812… and +62812… count as one."""
    return credential(credentials or request.POST.dict())


def client_ip(request):
    """Return the client's address, None where a request never came over the net (tests).

    A forged X-Forwarded-For gains nothing.
    """
    try:
        return get_adapter(request).get_client_ip(request)
    except PermissionDenied:
        return None
