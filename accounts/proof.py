"""Proof by e-mail code before a confirmed number is exchanged for another.

Who only knows the password, or sits at a forgotten session, cannot take the account along.
"""

import time

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.email_verification import (
    consume_email_verification_rate_limit,
)

from accounts import contacts

STATE, PROVED = "email_proof", "email_proved_at"
VALID = 15 * 60
"""Seconds for which a proof counts."""


class EmailProof(AbstractCodeVerificationProcess):
    """A code that was sent to the confirmed address of who is logged in."""

    def __init__(self, request, state):
        self.request = request
        super().__init__(
            user=request.user,
            state=state,
            timeout=app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT,
            max_attempts=app_settings.EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS,
        )

    @classmethod
    def start(cls, request):
        """Send a code. RateLimited where one was sent just before."""
        email = contacts.confirmed_email(request.user)
        consume_email_verification_rate_limit(request, email, raise_exception=True)
        proof = cls(request, cls.initial_state(request.user, email))
        proof.state["code"] = get_adapter(request).generate_email_verification_code()
        proof.send()
        proof.persist()

    @classmethod
    def resume(cls, request):
        """Return the proof that is under way, None where there is none or its time is over."""
        state = request.session.get(STATE)
        return cls(request, state).abort_if_invalid() if state else None

    def send(self):
        get_adapter(self.request).send_code(self.state["email"], self.code, "ganti", self.user)

    def persist(self):
        self.request.session[STATE] = self.state

    def abort(self):
        self.request.session.pop(STATE, None)

    def finish(self):
        self.abort()
        self.request.session[PROVED] = time.time()


def needed(request) -> bool:
    """Whether the number may not be changed yet: both addresses confirmed, no fresh proof."""
    user = request.user
    if not (contacts.confirmed_phone(user) and contacts.confirmed_email(user)):
        return False
    return time.time() - request.session.get(PROVED, 0) > VALID
