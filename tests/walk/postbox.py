"""What really went out: an SMTP server with TLS and a login, and the provider's SMS gateway."""

import email.policy
import time
from email import message_from_bytes

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from person import PATIENCE
from posts import newest_code

from tests.notifications.gateway import Gateway

LOGIN, SECRET = "portal", "surat-keluar"


class Postbox:
    """Runs until closed. ``mails`` holds what came by SMTP, ``sms`` what reached a phone."""

    def __init__(self, tls, port):
        self.mails, self.used, self.gateway = [], set(), Gateway()
        self.server = Controller(
            self, hostname="127.0.0.1", port=port, tls_context=tls, require_starttls=True,
            auth_required=True, authenticator=_authenticate,
        )  # fmt: skip

    def __enter__(self):
        self.server.start()
        self.gateway.__enter__()
        return self

    def __exit__(self, *error):
        self.gateway.__exit__()
        self.server.stop()

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"

    @property
    def sms(self):
        return list(self.gateway.delivered.values())

    def texts(self, address):
        """Return what came for an address, the newest first."""
        mails = [mail.get_content() for mail in self.mails if mail["To"] == address]
        return [*reversed(mails), *reversed([m["text"] for m in self.sms if m["to"] == address])]

    def code(self, address):
        """Wait for a code that has not been typed yet."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            code = newest_code(self.texts(address))
            if code and code not in self.used:
                self.used.add(code)
                return code
            time.sleep(0.1)
        raise AssertionError(f"no code for {address}: {self.texts(address)}")


def _authenticate(server, session, envelope, mechanism, data):
    return AuthResult(success=(data.login, data.password) == (LOGIN.encode(), SECRET.encode()))
