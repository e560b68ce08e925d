"""A real SMTP server on loopback, with the faults that real ones have."""

import asyncio
from email import message_from_bytes

from _processes import free_port
from aiosmtpd.controller import Controller

UNKNOWN, BUSY = "550 no such user", "451 try again later"
HANG = 30


class Postbox:
    """``calls`` is the Message-ID of every mail heard, ``delivered`` the mails, once per id.

    ``mood``: ok | 451 | 554 | hang | drop (takes the mail, then hangs up without a word).
    Whoever's name begins with x is unknown; ``slow`` addresses hang whatever the mood; each answer
    takes ``drag`` seconds.
    """

    def __init__(self, mood="ok", delay=0.0):
        self.mood, self.delay, self.slow, self.drag = mood, delay, set(), 0.0
        self.calls, self.delivered, self.busy = [], {}, 0
        self.port = free_port()
        self.controller = None
        self.environment = {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(self.port),
        }

    def __enter__(self):
        self.open()
        return self

    def __exit__(self, *error):
        self.close()

    def open(self):
        self.controller = Controller(self, "127.0.0.1", self.port, ready_timeout=20)
        self.controller.start()

    def close(self):
        """Refuse connections from now on."""
        if self.controller:
            self.controller.stop()
        self.controller = None

    @property
    def received(self):
        return list(self.delivered.values())

    async def handle_MAIL(self, server, session, envelope, address, options):
        await asyncio.sleep(self.drag)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        await asyncio.sleep(self.drag)
        if address.startswith("x"):
            return UNKNOWN
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(self.drag)
        mail = message_from_bytes(envelope.content)
        self.calls.append(mail["Message-ID"])
        if self.mood == "hang" or mail["To"] in self.slow:
            await asyncio.sleep(HANG)
            return BUSY
        if self.mood.isdigit():
            return f"{self.mood} not now"
        self.delivered.setdefault(mail["Message-ID"], mail)
        if self.mood == "drop":
            server.transport.abort()
            return BUSY
        self.busy += 1
        await asyncio.sleep(self.delay)  # taken, and the sender does not know it yet
        self.busy -= 1
        return "250 OK"

    def addresses(self):
        return [mail["To"] for mail in self.received]
