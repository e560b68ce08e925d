"""Keyed look-up of values that are stored encrypted."""

import hashlib
import hmac

from django.conf import settings

PURPOSE = b"imbportal.lookup:"


def lookup(text: str) -> str:
    """Return the hex HMAC-SHA256 under which ``text`` is found; "" stays "".

    Keyed, because the sixteen digits of a NIK could be tried out against a plain hash.
    """
    if not text:
        return ""
    salt = settings.SALT_KEY
    key = salt if isinstance(salt, str) else salt[0]
    return hmac.new(PURPOSE + key.encode(), text.encode(), hashlib.sha256).hexdigest()
