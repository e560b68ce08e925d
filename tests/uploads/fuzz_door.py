"""Sends files to the applicant's upload page and judges each answer and each copy that is kept.

``fuzz_door.py KIND START COUNT SEED [CONTROL]`` runs in a process of its own on the database that
the environment names and prints figures as JSON. KIND is genuine, mutated, hostile, bursting, or
together: mutated files, ten at a time through the page for many; with a CONTROL a guard of the door
is switched off, and the judge must find what it let in.
"""

import html
import json
import re
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.files.storage import default_storage  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from applications import casework, requirements  # noqa: E402
from applications.models import DocumentVersion  # noqa: E402
from applications.views import sorting  # noqa: E402
from imbportal.demo import people  # noqa: E402
from imbportal.uploads import acceptance, parsers, refusals, scanner  # noqa: E402
from tests.columns import written_once  # noqa: E402
from tests.uploads import (  # noqa: E402
    bursting_files,
    copies,
    genuine,
    hostile_files,
    mutations,
    real_clamd,
)  # fmt: skip

DRAWN = 40
"""Of so many copies of mutated files one is drawn by poppler; of the others each."""
MANY = 40
"""Files of one case: its page shows all versions."""


def files(kind, start, count, seed):
    if kind == "genuine":
        yield from list(genuine.files(start + count, seed))[start:]
    elif kind in ("mutated", "together"):
        seeds = genuine.mutable(seed)
        for number in range(start, start + count):
            yield mutations.mutated(seeds, number, seed)
    else:
        source = {"hostile": hostile_files, "bursting": bursting_files}[kind].FILES
        for name in list(source)[start : start + count]:
            yield source[name]()


class Door:
    """The upload page of one applicant, who opens a new case when one grows long.

    The judge sits in a process of its own: what it unpacks is not to count as the portal's.
    """

    def __init__(self, kind):
        self.judge = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        self.kind, self.sent, self.counts = kind, 0, Counter()
        self.slowest, self.bad, self.refused, self.most = ("", 0.0), [], Counter(), 0
        self.who = people.applicant("budi")
        self.client = Client(raise_request_exception=False)
        self.client.force_login(self.who)
        self.words = {refusals.UploadRefused(code).message: code for code in refusals.MESSAGES}
        self.room = 0

    def send_all(self, files):
        for name, content in files:
            self.send(name, content)

    def open_case(self, room):
        """Have a case that takes so many files more."""
        if self.room < room:
            self.case, self.room = casework.create(self.who, "contoh"), MANY
            slots = requirements.due(self.case)
            self.code = next(s.code for s in slots if s.known and s.requirement.images)
        self.room -= room
        self.sent += room

    def path(self):
        self.open_case(1)
        return f"/permohonan/{self.case.pk}/berkas/{self.code}/"

    def send(self, name, content):
        path, before = self.path(), DocumentVersion.objects.count()
        file = SimpleUploadedFile(name, content)
        start = time.monotonic()
        answer = self.client.post(path, {"file": file})
        seconds = time.monotonic() - start
        self.slowest = max(self.slowest, (name, round(seconds, 2)), key=lambda pair: pair[1])
        stored = DocumentVersion.objects.count() - before
        if answer.status_code == 302 and stored in (0, 1):  # none for the same file once more
            self.counts["accepted"] += 1
            self._kept(name, DocumentVersion.objects.latest("uploaded_at"))
        elif answer.status_code == 422 and not stored:
            self.counts["refused"] += 1
            self._told(name, html.unescape(answer.content.decode()))
        else:
            self.counts["errors"] += 1
            self.bad.append(f"{name}: {answer.status_code}")

    def _told(self, name, page):
        """See that the page says one of our sentences at the slot; Django's own for no bytes."""
        # The page also holds the words with which a script refuses beforehand.
        told = " ".join(re.findall(r'-salah"[^>]*>(.*?)</p>', page, re.S))
        codes = [code for words, code in self.words.items() if words in told]
        if not codes and "kosong" not in told:
            self.bad.append(f"{name}: no words")
        self.refused[codes[0] if codes else "empty"] += 1

    def _kept(self, name, version):
        with version.file.open("rb") as file:
            content = file.read()
        for fault in self.judge.submit(copies.faults, content, version.mime).result():
            self.bad.append(f"{name}: {fault}")
        self.most = max(self.most, len(content))
        self.counts["judged"] += 1
        many = self.kind in ("mutated", "together")
        drawn = not many or self.counts["judged"] % DRAWN == 0
        if version.mime == "application/pdf" and drawn:
            self.counts["drawn"] += 1
            if not copies.opens(default_storage.path(version.file.name)):
                self.bad.append(f"{name}: poppler draws no page")


class DoorForMany(Door):
    """The page for many files: what has no QR code is held, each refusal names its file.

    What has no bytes goes through the page for one: it turns all back that came with it.
    """

    WAITING = re.compile(r"Tidak ada kode QR yang menunjukkan tempat (\d+) berkas")

    def send_all(self, files):
        together = []
        for name, content in files:
            if not content:
                self.send(name, content)
                continue
            together.append((f"{len(together)}-{name}", content))
            if len(together) == sorting.TOGETHER:
                self.send_many(together)
                together = []
        if together:
            self.send_many(together)

    def send_many(self, files):
        self.open_case(len(files))
        here = DocumentVersion.objects.filter(document__application=self.case)
        known = list(here.values_list("pk", flat=True))
        sent = [SimpleUploadedFile(*file) for file in files]
        start = time.monotonic()
        answer = self.client.post(
            f"/permohonan/{self.case.pk}/pilah/", {"files": sent}, follow=True
        )
        # The slowest file among them is the parser's longest (``weighed``).
        seconds = round((time.monotonic() - start) / len(files), 2)
        self.slowest = max(self.slowest, (files[0][0], seconds), key=lambda pair: pair[1])
        if answer.status_code not in (200, 422):
            self.counts["errors"] += 1
            self.bad.append(f"{files[0][0]}: {answer.status_code}")
            return
        page = html.unescape(answer.content.decode())
        refused = {
            number: code
            for words, code in self.words.items()
            for number in re.findall(rf"\b(\d)-[^<>]*: {re.escape(words)}", page)
        }
        self.refused.update(refused.values())
        waiting = sum(map(int, self.WAITING.findall(page)))
        self.counts["refused"] += len(refused)
        self.counts["accepted"] += waiting
        if len(refused) + waiting != len(files):
            self.bad.append(
                f"{files[0][0]}: {len(refused)} refused, {waiting} held of {len(files)}"
            )
        for version in here.exclude(pk__in=known):
            self._kept(version.name, version)


def weighed(run):
    """Return it so that it keeps the most that a parser took: ``largest`` MiB, ``longest`` s."""

    def weighing(*words, **more):
        start = time.monotonic()
        done = run(*words, **more)
        weighing.longest = max(weighing.longest, round(time.monotonic() - start, 2))
        weighing.largest = max(weighing.largest, done.megabytes)
        return done

    weighing.largest = weighing.longest = 0
    return weighing


def switch_off(control):
    """Take one guard out of the door."""
    if control == "copy":  # the sender's own bytes are kept
        real = acceptance._rewrite

        def keep(source, target, mime):
            pages = 1
            try:
                pages = real(source, target, mime)
            except refusals.UploadRefused:
                pass
            target.write_bytes(source.read_bytes())
            return pages

        acceptance._rewrite = keep


def main(kind, start, count, seed, control=""):
    setup_test_environment()
    parsers.run = weighed(parsers.run)
    switch_off(control)
    with clamd(kind):
        return figures(kind, start, count, seed)


@contextmanager
def clamd(kind):
    """Let a real scanner stand behind the door for the files that it is to find."""
    if kind != "hostile" or not real_clamd.installed():
        yield
        return
    with tempfile.TemporaryDirectory(prefix="clamd-") as folder:
        daemon = real_clamd.Clamd(Path(folder)).start()
        settings.CLAMD, scanner.WHILE_WAITING = daemon.setting, real_clamd.UNHURRIED
        try:
            yield
        finally:
            daemon.kill()


def figures(kind, start, count, seed):
    door, begin = (DoorForMany if kind == "together" else Door)(kind), time.monotonic()
    with written_once() if int(count) > 1000 else nullcontext():
        door.send_all(files(kind, int(start), int(count), int(seed)))
    left = [path.name for path in settings.FILE_UPLOAD_TEMP_DIR.iterdir()]
    return {
        "kind": kind, "count": door.sent, **door.counts, "codes": door.refused,
        "seconds": round(time.monotonic() - begin), "slowest": door.slowest,
        "child_mb": parsers.run.largest, "parser_seconds": parsers.run.longest,
        "left": left, "bad": door.bad[:200], "bad_count": len(door.bad),
    }  # fmt: skip


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:]), ensure_ascii=False) + "\n")
