"""Ways for e-mail: one that stays here, one over SMTP that ends in time."""

import smtplib
from functools import partial

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

from notifications.deadline import Deadline


class LocalEmailBackend(BaseEmailBackend):
    """Counts every e-mail as sent: the message row keeps it, ``/demo/pesan/`` shows it."""

    def send_messages(self, email_messages):
        return len(email_messages)


class Talk(smtplib.SMTP):
    """SMTP whose socket a deadline watches from its first byte."""

    def __init__(self, *args, deadline: Deadline, **kwargs):
        self.deadline = deadline
        super().__init__(*args, **kwargs)

    def _get_socket(self, host, port, timeout):
        plain = super()._get_socket(host, port, self.deadline.left(timeout))
        self.deadline.watch(plain)
        return plain


class SecretTalk(smtplib.SMTP_SSL, Talk):
    """The same with TLS from the start: SMTP_SSL wraps the socket that ``Talk`` gives."""


class TimedSmtpBackend(EmailBackend):
    """Django's SMTP with an end to the whole talk."""

    def __init__(self, *args, deadline: Deadline, **kwargs):
        super().__init__(*args, **kwargs)
        self.deadline = deadline

    @property
    def connection_class(self):
        return partial(SecretTalk if self.use_ssl else Talk, deadline=self.deadline)
