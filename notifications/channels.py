"""The ways out: e-mail through Django's backend, SMS through a gateway behind one interface."""

import json
import smtplib
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from notifications.deadline import Deadline
from notifications.jobs import GiveUp
from notifications.models import Message

LOCAL_BACKEND = "notifications.backends.LocalEmailBackend"
SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
TIMED_BACKEND = "notifications.backends.TimedSmtpBackend"
TIMEOUT = 10
"""Seconds for each step of a talk with the gateway; the whole ends by its ``Deadline``."""
REFUSED = {400, 422}
"""Answers that say that this very message can never be sent."""
ANSWER_LIMIT = 65_536


class GatewayError(Exception):
    """The gateway did not take the message this time."""


class SmsGateway(Protocol):
    def send(self, to: str, text: str, key: str) -> str:
        """Hand over one SMS; return the provider's reference. The same key is sent once only.

        Raises an error to be tried again, or GiveUp where no try can help.
        """
        ...


class LocalGateway:
    """Keeps SMS in the portal: the message row is all that there is."""

    def send(self, to: str, text: str, key: str) -> str:
        return "lokal"


class NoGateway:
    """Production without a gateway: better a failed job on the officers' list than silence."""

    def send(self, to: str, text: str, key: str) -> str:
        raise GiveUp("SMS_GATEWAY is not set")


class Talk(HTTPConnection):
    """HTTP whose socket a deadline watches from its first byte."""

    deadline: Deadline

    def connect(self) -> None:
        super().connect()
        self.deadline.watch(self.sock)


class SecretTalk(HTTPSConnection, Talk):
    """The same over TLS: HTTPSConnection wraps the socket that ``Talk`` gives."""


class HttpGateway:
    """POST of JSON {to, text, key}; most Indonesian providers are a small proxy away from it."""

    def __init__(self, url: str, token: str = "", timeout: float = TIMEOUT):
        self.url, self.token, self.timeout = urlsplit(url), token, timeout

    def send(self, to: str, text: str, key: str) -> str:
        status, body = self._post({"to": to, "text": text, "key": key}, key)
        if status in REFUSED:
            raise GiveUp(f"gateway answered {status}")
        if not 200 <= status < 300:
            raise GatewayError(f"gateway answered {status}")
        return _reference(body)

    def _post(self, data: dict, key: str) -> tuple[int, bytes]:
        with Deadline() as deadline:
            return self._talk(data, key, deadline)

    def _talk(self, data: dict, key: str, deadline: Deadline) -> tuple[int, bytes]:
        connection = self._connect(deadline)
        try:
            target = self.url.path or "/"
            target += f"?{self.url.query}" if self.url.query else ""
            connection.request("POST", target, json.dumps(data), self._headers(key))
            response = connection.getresponse()
            return response.status, response.read(ANSWER_LIMIT)
        except HTTPException as error:
            raise GatewayError(type(error).__name__) from error
        finally:
            connection.close()

    def _connect(self, deadline: Deadline) -> HTTPConnection:
        kind = SecretTalk if self.url.scheme == "https" else Talk
        connection = kind(self.url.hostname or "", self.url.port, timeout=self.timeout)
        connection.deadline = deadline
        return connection

    def _headers(self, key: str) -> dict[str, str]:
        return {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {self.token}",
            "Idempotency-Key": key,
        }


def _reference(body: bytes) -> str:
    """Return the ``id`` of the answer, where it has one."""
    try:
        return str(json.loads(body)["id"])[:120]
    except (ValueError, TypeError, KeyError):
        return ""


def gateway() -> SmsGateway:
    """Return this installation's gateway; the demo never reaches outside."""
    if settings.DEMO:
        return LocalGateway()
    if settings.SMS_GATEWAY:
        return HttpGateway(settings.SMS_GATEWAY, settings.SMS_TOKEN)
    return NoGateway() if settings.PRODUCTION else LocalGateway()


def send_sms(message: Message) -> str:
    """Send one SMS; return the provider's reference.

    A corrected number is another key: a provider must not take it for what it knows already.
    """
    return gateway().send(message.address, message.body, f"{message.key}:{message.address}")


def _mail_server(deadline: Deadline) -> Any:
    """Return a connection of the configured kind; one over SMTP ends with the deadline."""
    if settings.DEMO:
        return get_connection(LOCAL_BACKEND)
    if settings.EMAIL_BACKEND == SMTP_BACKEND:
        return get_connection(TIMED_BACKEND, deadline=deadline)
    return get_connection()


def send_email(message: Message) -> str:
    """Send one e-mail over a connection of its own; return its Message-ID.

    The id is the same at each try, so that a repeat can be told from a second message.
    """
    identity = f"<{message.pk}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].strip('> ')}>"
    headers = {"Message-ID": identity, "Auto-Submitted": "auto-generated"}
    email = EmailMessage(message.subject, message.body, to=[message.address], headers=headers)
    try:
        with Deadline() as deadline:
            email.connection = _mail_server(deadline)
            email.send()
    except smtplib.SMTPRecipientsRefused as error:
        if all(code >= 500 for code, _ in error.recipients.values()):
            raise GiveUp("the mail server knows no such address") from error
        raise
    return identity[:120]


SENDERS = {Message.Channel.EMAIL: send_email, Message.Channel.SMS: send_sms}
