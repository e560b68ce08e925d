"""E-mail that stays here, for the demo and for trying things out."""

from django.core.mail.backends.base import BaseEmailBackend


class LocalEmailBackend(BaseEmailBackend):
    """Counts every e-mail as sent: the message row keeps it, ``/demo/pesan/`` shows it."""

    def send_messages(self, email_messages):
        return len(email_messages)
