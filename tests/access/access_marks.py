"""Strings that stand for one thing each, written into all that somebody may not meet."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass, field

from django.core.files.base import ContentFile

from accounts.models import Mandate
from applications import casework, draft_pages
from applications.models import (
    Application,
    DocumentVersion,
    DraftPicture,
    PagePicture,
    Point,
    Record,
)
from documents.models import Paper
from notifications.models import Message
from retribusi.models import PaymentProof, Skrd


@dataclass
class Canary:
    """A string that stands for one thing, and who may meet it."""

    text: str
    what: str
    users: set[int] = field(default_factory=set)
    daerah: set[str] = field(default_factory=set)
    """The daerah whose officers may read it."""


class Marked:
    """Keeps the canaries of a world, and marks what lies in its cases."""

    canaries: list[Canary]
    cases: list[Application]
    ended: Mandate

    def mark(self, what, users=(), daerah=()) -> str:
        """Return a new canary in words that forms, masks and file names leave as they are."""
        text = "Zq" + "".join(secrets.choice("bcdfghjkmnpqrstvwxz") for _ in range(12))
        self.canaries.append(Canary(text, what, {u.pk for u in users}, set(daerah)))
        return text

    def known(self, text, what, users=(), daerah=()) -> None:
        """Take a string that the portal itself made for a canary."""
        self.canaries.append(Canary(str(text), what, {u.pk for u in users}, set(daerah)))

    @staticmethod
    def _stamp(file, mark):
        """Write a mark behind the stored bytes, where a reader of the file does not look."""
        with file.storage.open(file.name, "rb") as stored:
            data = stored.read()
        file.storage.delete(file.name)
        file.storage.save(file.name, ContentFile(data + b"\n%" + mark.encode()))

    def _mark_case(self, driver, case, user, office):
        """Mark what lies in a case; an agent without letter meets what he was told, no more."""
        mine = [] if case.mandate == self.ended else [user]
        if case.number:
            self.known(case.number, "number", [user], office)
        if case.pickup_code:  # six digits may stand anywhere by chance
            case.pickup_code = "".join(secrets.choice("123456789") for _ in range(12))
            Application.objects.filter(pk=case.pk).update(pickup_code=case.pickup_code)
            self.known(case.pickup_code, "pick-up code", mine)
        self.known(case.secret, "tracking secret", mine)
        for version in DocumentVersion.objects.filter(document__application=case):
            version.name = f"{self.mark('file name', mine, office)}.pdf"
            version.save()
            self._stamp(version.file, self.mark("file", mine, office))
            picture = PagePicture(version=version, page=1, width=1, height=1)
            drawn = b"\x89PNG" + self.mark("page picture", mine, office).encode()
            picture.file.save("x.png", ContentFile(drawn))
        for point in case.points.all():
            readers = mine if point.sent_at else []
            Point.objects.filter(pk=point.pk).update(text=self.mark("point", readers, office))
        for record in case.records.all():
            record.data = record.data | {"notes": self.mark("record", mine, office)}
            Record.objects.filter(pk=record.pk).update(data=record.data)
        for proof in PaymentProof.objects.filter(skrd__application=case):
            # What a slip says never changes: a newer one of the same file bears the mark.
            proof.pk, proof.bank = uuid.uuid4(), self.mark("bank", mine, office)
            proof.save(force_insert=True)
            self._stamp(proof.file, self.mark("slip", mine, office))
        for bill in Skrd.objects.filter(application=case):
            self.known(bill.payment_code, "payment code", mine, office)
            for drawn in bill.strds.all():
                self.known(drawn.payment_code, "payment code of interest", mine, office)
        for message in Message.objects.filter(case=case.pk):
            body = f"{message.body} {self.mark('message', [message.user])}"
            subject = self.mark("subject", [message.user])
            Message.objects.filter(pk=message.pk).update(body=body, subject=subject)
        if case.turn_role:
            self._office_marks(driver, case)

    def _office_marks(self, driver, case):
        """Write a note and a point that has not gone out, as the officer on turn."""
        by = driver.actor()
        casework.add_note(case, self.mark("note", (), [case.daerah]), by=by)
        casework.add_point(case, self.mark("unsent point", (), [case.daerah]), by=by)
        for kind in draft_pages.kinds(case):
            picture = DraftPicture(
                application=case, kind=kind, mark="abc", page=1, width=1, height=1
            )
            drawn = b"\x89PNG" + self.mark("draft page", [by]).encode()
            picture.file.save("x.png", ContentFile(drawn))

    def _mark_papers(self):
        """Give every issued paper a printed file; its token is for its holder and its office."""
        for paper in Paper.objects.exclude(issued_at=None):
            case = next(case for case in self.cases if case.pk == paper.case)
            holder = [] if case.mandate == self.ended else [case.applicant]
            mark = self.mark("paper", holder, [case.daerah])
            paper.file.save("x.pdf", ContentFile(b"%PDF-1.7\n%" + mark.encode()), save=False)
            Paper.objects.filter(pk=paper.pk).update(file=paper.file.name, file_sha256="0" * 64)
            self.known(paper.token, "token", holder, [case.daerah])
