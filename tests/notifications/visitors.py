"""Visitors over HTTP, each from an address of its own, who note how they were answered."""

import itertools
import threading
import time
from typing import NamedTuple

import requests


class Answer(NamedTuple):
    what: str
    status: int
    seconds: float
    phase: str


class Visitors:
    """So many at once, until the block ends. ``answers`` is what they got in which ``phase``."""

    def __init__(self, url, hands=3, pause=0.05):
        self.url, self.pause, self.phase = url, pause, "before"
        self.answers, self.numbers, self.over = [], itertools.count(1), threading.Event()
        self.threads = [threading.Thread(target=self._visit, daemon=True) for _ in range(hands)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self.over.set()
        for thread in self.threads:
            thread.join(60)

    def _visit(self):
        while not self.over.is_set():
            Visit(self, next(self.numbers)).make()
            self.over.wait(self.pause)

    def signed_up(self):
        return sum(1 for one in self.answers if one.what == "daftar" and one.status == 302)

    def failures(self):
        return [one for one in self.answers if one.status >= 500 or not one.status]

    def p95(self, phase=None):
        """Return the seconds within which 95 of 100 were answered."""
        times = sorted(one.seconds for one in self.answers if phase in (None, one.phase))
        return round(times[int(len(times) * 0.95)], 3) if times else None


class Visit:
    """Somebody who looks around, guesses a case, a password, and opens an account."""

    def __init__(self, visitors, number):
        self.visitors, self.number = visitors, number
        self.session = requests.Session()
        far, near = divmod(number, 250)
        self.session.headers["X-Forwarded-For"] = f"198.18.{far}.{near + 1}"

    def make(self):
        self.post("lacak", "/lacak/", number="1/IMB/2026", secret="AAAA-BBBB")
        self.post("masuk", "/akun/masuk/", login=self.email, password="salah-sekali-77")
        self.post("daftar", "/akun/daftar/", name="Ani", email=self.email, password1="x7-kuda-lari")

    @property
    def email(self):
        return f"p{self.number}@contoh.test"

    def post(self, what, path, **data):
        """Fetch the form, then send it."""
        if self.ask(f"{what}: formulir", "get", path):
            token = self.session.cookies.get("csrftoken", "")
            self.ask(what, "post", path, data=data | {"csrfmiddlewaretoken": token})

    def ask(self, what, method, path, **more):
        visitors, begin, status = self.visitors, time.monotonic(), 0
        try:
            answer = self.session.request(
                method, visitors.url + path, allow_redirects=False, timeout=30, **more
            )
            status = answer.status_code
        except requests.RequestException:
            pass  # status 0: no answer at all
        visitors.answers.append(Answer(what, status, time.monotonic() - begin, visitors.phase))
        return status == 200
