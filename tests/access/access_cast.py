"""The cast of the access tests: who looks, and what there is to be looked at."""

from __future__ import annotations

import datetime
import secrets
import uuid
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from accounts import contacts
from accounts.models import Identity, IdentityView, Mandate, User
from applications import casework, draft_pages, phrases
from applications.models import (
    Application,
    DocumentVersion,
    DraftPicture,
    PagePicture,
    Point,
    Record,
)
from applications.models.register import RegisterExport
from documents.models import Paper
from feedback.complaints import door as complaints
from feedback.models import SurveyInvitation
from imbportal import uploads
from imbportal.daerah import calendar, registry
from imbportal.demo import drawings, people
from imbportal.demo.driver import Driver
from imbportal.demo.once import accepted_once
from imbportal.demo.past import past
from notifications import delivery
from notifications.models import Job, Message
from retribusi import relief
from retribusi.arrears import strd
from retribusi.cash import closing
from retribusi.corrections import objecting, opening, paying_back
from retribusi.models import BankFormat, PaymentProof, Skrd
from retribusi.statements import importing
from retribusi.statements.mapping import Mapping
from retribusi.trial import drafts, periods, runs

COLUMNS = ("anonymous", "owner", "other", "turn", "role", "away", "admin", "auditor", "super")
"""In the order of the columns of the matrix; ``turn`` is on turn in the case of the matrix."""
ACTORS = (*COLUMNS, "former")
"""``former`` is an agent whose letter of attorney has ended."""
PLAN = (
    ("contoh", "budi", "DRAFT"), ("contoh", "budi", "ASSESSMENT"), ("contoh", "budi", "REVISION"),
    ("contoh", "budi", "AWAITING_PAYMENT"), ("contoh", "budi", "READY"),
    ("contoh", "budi", "PAYMENT_REVIEW"),
    ("contoh", "budi", "FEE"),
    ("contoh", "siti", "DRAFT"), ("contoh", "siti", "FEE"),
    ("contoh", "konsultan", "SUBMITTED"),
    ("pamekasan", "siti", "KRK_REQUESTED"), ("pamekasan", "siti", "PAYMENT_REVIEW"),
    ("pamekasan", "konsultan", "SUBMITTED"), ("pamekasan", "budi", "DRAFT"),
    ("contoh", "andi", "READY"),
)  # fmt: skip
"""Daerah, applicant and state of each case; the first of a daerah and state is the matrix's own."""
COUNTER = ("pamekasan", "budi", "DRAFT")
"""The draft that the counter of the other daerah fills for its applicant."""
RELIEF = ("contoh", "budi", "FEE")
"""The case in which relief is asked for, with a document of its own."""
LATE = ("contoh", "budi", "AWAITING_PAYMENT")
"""The case whose bill will be overdue, with a bill of interest that nobody signed yet."""
OBJECTION = ("contoh", "budi", "AWAITING_PAYMENT")
"""The case with an objection to its bill, and a document that shows why."""
FORMER = "andi"
PEOPLE = ("budi", "siti", "konsultan", FORMER)
LONG = PLAN + tuple(
    (slug, who, state)
    for slug, state in (
        *(("contoh", state) for state in ("KRK_REQUESTED", "KRK_INCOMPLETE", "KRK_ISSUED",
          "INCOMPLETE", "RECORDING", "SKRD_SIGNING", "PERMIT_SIGNING", "COLLECTED", "WITHDRAWN")),
        *(("pamekasan", state) for state in ("INCOMPLETE", "ASSESSMENT", "REVISION",
          "AWAITING_PAYMENT", "PERMIT_SIGNING", "READY", "REJECTED")),
    )
    for who in ("siti", "budi", "konsultan")
)[:35]  # fmt: skip
"""Fifty cases, most states in both daerah."""


@dataclass
class Canary:
    """A string that stands for one thing, and who may meet it."""

    text: str
    what: str
    users: set[int] = field(default_factory=set)
    daerah: set[str] = field(default_factory=set)
    """The daerah whose officers may read it."""


class Visitor(Client):
    """A client that sends a form with POST and nothing with the other methods."""

    def generic_or_form(self, method, url, data=None, **more):
        if method == "POST":
            return self.post(url, data or {}, **more)
        return self.generic(method, url, **more)


class World:
    def __init__(self, plan=PLAN):
        self.plan = plan
        self.canaries: list[Canary] = []
        self.cases: list[Application] = []
        with accepted_once():
            self.applicants = {key: people.applicant(key) for key in PEOPLE}
            self.mandate = people.mandate()
            self.ended = Mandate.objects.create(
                agent=self.applicants[FORMER], owner=self.mandate.owner,
                letter=self.mandate.letter.name, valid_from=self.mandate.valid_from,
            )  # fmt: skip
            self._mark_people()
            for number, (slug, who, state) in enumerate(plan):
                self._case(number, slug, who, state)
        Job.objects.filter(kind=delivery.KIND).update(status=Job.Status.FAILED)
        self._mark_papers()
        Mandate.objects.filter(pk=self.ended.pk).update(ended_at=timezone.now())
        self._users()
        self.export = self._export(self.users["admin"])
        IdentityView.objects.create(
            identity=self.applicants["budi"].identity, user=self.users["turn"], what="ktp"
        )
        self._phrases()
        self.closing = self._closing(self.users["role"])
        self.invitation = self._invitation()
        self._complaints()
        self.statement = self._statement()
        self.refund = self._refunds()
        self.trial = self._trials()
        self.clients = {actor: self._client(actor) for actor in ACTORS}

    # -- Marks ------------------------------------------------------------------------------
    def mark(self, what, users=(), daerah=()) -> str:
        """Return a new canary in words that forms, masks and file names leave as they are."""
        text = "Zq" + "".join(secrets.choice("bcdfghjkmnpqrstvwxz") for _ in range(12))
        self.canaries.append(Canary(text, what, {u.pk for u in users}, set(daerah)))
        return text

    def known(self, text, what, users=(), daerah=()) -> None:
        """Take a string that the portal itself made for a canary."""
        self.canaries.append(Canary(str(text), what, {u.pk for u in users}, set(daerah)))

    def _mark_people(self):
        """Mark names, addresses and photos; who acts for an owner knows the owner."""
        persons = [(user.identity, user) for user in self.applicants.values()]
        for person, user in [*persons, (self.mandate.owner, self.applicants["konsultan"])]:
            where = {
                slug
                for slug, who, state in self.plan
                if self._known_there(slug, who, state) and self.applicants[who] == user
            }
            owner = person == self.mandate.owner
            agents = [user, self.applicants[FORMER]] if owner else [user]  # whose letters name him
            person.name = self.mark("name", agents, where)
            person.address = "Jl. " + self.mark("home", [user], where)
            person.save()
            self.known(person.nik, "NIK", [user])
            self._stamp(person.ktp, self.mark("KTP photo", [user], where))
            if person.user_id:
                user.name = person.name
                user.save()
        self._stamp(self.mandate.letter, self.mark("letter", agents, where))

    @staticmethod
    def _known_there(slug, who, state):
        """Tell whether the office knows the case: it was sent, or its counter fills it."""
        return state != "DRAFT" or (slug, who, state) == COUNTER

    @staticmethod
    def _stamp(file, mark):
        """Write a mark behind the stored bytes, where a reader of the file does not look."""
        with file.storage.open(file.name, "rb") as stored:
            data = stored.read()
        file.storage.delete(file.name)
        file.storage.save(file.name, ContentFile(data + b"\n%" + mark.encode()))

    def _case(self, number, slug, who, state):
        user = self.applicants[who]
        mandate = {"konsultan": self.mandate, FORMER: self.ended}.get(who)
        driver = Driver(slug, user, number=number, mandate=mandate)
        office = [slug] if self._known_there(slug, who, state) else []
        driver.answers["address"] = "Jl. " + self.mark("address", [user], office)
        driver.answers["building_name"] = "Rumah " + self.mark("building", [user], office)
        asks, objects = ((slug, who, state) == plan for plan in (RELIEF, OBJECTION))
        driver.answers |= {"function": "sosial_budaya"} if asks else {}
        case = driver.to(state)
        if asks:
            self._ask_relief(driver, user, office)
        if (slug, who, state) == LATE:
            self._bill_interest(driver)
        if objects:
            words = self.mark("words of an objection", [user], office)
            objecting.ask(driver.fresh(), words, drawings.slip("ukur", 1), by=user)
        if state == "DRAFT":
            driver.half()
            driver.upload("request_krk")
        if (slug, who, state) == COUNTER:
            self.counter = case
            case.filed_by = people.officer(slug, "petugas")
            Application.objects.filter(pk=case.pk).update(filed_by=case.filed_by)
        self.cases.append(driver.fresh())
        self._mark_case(driver, case, user, office)

    def _ask_relief(self, driver, user, office):
        casework.assess(driver.fresh(), by=driver.actor())
        letter = drawings.pdf("Permohonan", pages=1)
        relief.upload(driver.case, "sosial", "permohonan", letter, by=user)
        words = self.mark("words of a request", [user], office)
        relief.ask(driver.case, "sosial", words, by=user)

    @staticmethod
    def _bill_interest(driver):
        """Draw up a bill of interest as the treasurer will once the principal is overdue."""
        bill = driver.fresh().bills.get()
        with past(timezone.now() + datetime.timedelta(days=40)):
            strd.propose(bill, by=driver.officers["bendahara"])

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
            self.known(paper.token, "token", holder)

    def _phrases(self):
        """Give each office a sentence of its own."""
        for slug, by in (("contoh", self.users["turn"]), ("pamekasan", self.users["away"])):
            phrases.keep(slug, "", self.mark("phrase", (), [slug]), by=by)

    def _invitation(self):
        """Ask an applicant for his judgement: who has the address can give it in his place."""
        case = self.case("READY")
        day = calendar.today(case.daerah)
        row = SurveyInvitation.objects.create(application=case, invited_on=day, open_until=day)
        self.known(row.token, "survey token", [case.applicant])
        return row

    def _complaints(self):
        """Give each daerah a complaint with its words, its file and a note; the first about the
        case of ``turn``, who must not answer it."""
        for slug, officer, case in (
            ("contoh", "turn", self.case("ASSESSMENT")), ("pamekasan", "away", None),
        ):  # fmt: skip
            file = uploads.accept(drawings.slip(slug, 1))
            complaint, code = complaints.receive(complaints.Given(
                daerah=slug, topic="lain", text=self.mark("complaint", (), [slug]), files=[file],
                case_number=case.number if case else "", name=self.mark("complainer", (), [slug]),
                email=f"{self.mark('complainer', (), [slug])}@demo.test",
            ))  # fmt: skip
            self.known(code, "code of a complaint")
            complaints.note(
                complaint.pk, self.mark("complaint note", (), [slug]), by=self.users[officer]
            )
            row = complaint.files.get()
            self._stamp(row.file, self.mark("file", (), [slug]))
            if slug == "contoh":
                self.complaint, self.code = complaint, code

    def _statement(self):
        """Let the treasurer take in one line of the bank, of money that nobody knows."""
        by, text = self.users["role"], self.mark("line of the bank", (), ["contoh"])
        form = BankFormat.objects.create(
            daerah="contoh", name=self.mark("bank", (), ["contoh"]), account="1234", changed_by=by,
            changed_at=timezone.now(), mapping=Mapping(amount=3, header=False).model_dump(),
        )  # fmt: skip
        data = f"{calendar.today('contoh'):%d/%m/%Y};{text};75.000,00\n"
        return importing.take(form, "koran.csv", data.encode(), by)

    @staticmethod
    def _closing(treasurer):
        """Close the day on which the payments of the cases were booked."""
        made = closing.trial("contoh", closing.due("contoh"), None)
        return closing.close("contoh", made.seal, by=treasurer, capacity="Bendahara")

    def _refunds(self):
        """Return money that goes back and waits for its account; of another, that was given."""
        case, budi = self.case("READY"), self.applicants["budi"]
        for n in (1, 2):
            refund = opening.open_by_hand(
                case, cause="lebih", amount=n * 1000, received_on=calendar.today(case.daerah),
                reference=f"R{n}", note=self.mark("note on a refund", [budi], [case.daerah]),
                key=str(n), by=self.users["role"],
            )  # fmt: skip
            if n == 1:
                account = "".join(secrets.choice("123456789") for _ in range(16))
                self.known(account, "account number")
                holder = self.mark("account holder", [budi], [case.daerah])
                paying_back.file_account(
                    refund, bank="Bank", account=account, holder=holder, by=budi
                )
        return refund

    def _trials(self):
        """Give each daerah a draft of a tariff, which its overseers alone may meet."""
        for slug in ("pamekasan", "contoh"):
            here = people.officers(slug)
            head = here[registry.current(slug).head]
            name = self.mark("draft of a tariff", [here["admin"], here["auditor"], head])
            trial = drafts.begin(slug, name, by=here["admin"])
            runs.order(trial, periods.offered(slug)[1], by=here["admin"])
        return trial

    def _export(self, user):
        """Give an officer a register that he took along."""
        export = RegisterExport.objects.create(
            daerah="contoh", by=user, filters={}, ready_at=timezone.now()
        )
        mark = self.mark("export", [user])
        export.file.save("x.xlsx", ContentFile(b"PK" + mark.encode()), save=True)
        return export

    # -- Who --------------------------------------------------------------------------------
    def _users(self):
        chief = User.objects.create_user("chief@demo.test", None, "x", name="Chief")
        User.objects.filter(pk=chief.pk).update(is_superuser=True, is_staff=True)
        contacts.confirm(chief)
        here, there = people.officers("contoh"), people.officers("pamekasan")
        self.users = {
            "anonymous": AnonymousUser(), "owner": self.applicants["budi"],
            "other": self.applicants["siti"], "turn": here["tim_teknis"],
            "role": here["bendahara"], "away": there["petugas"], "admin": here["admin"],
            "auditor": here["auditor"], "super": User.objects.get(pk=chief.pk),
            "former": self.applicants[FORMER],
        }  # fmt: skip
        self.posted = {"turn": "contoh", "role": "contoh", "away": "pamekasan",
                       "admin": "contoh", "auditor": "contoh"}  # fmt: skip
        for officers in (here, there):
            for officer in officers.values():
                self.known(officer.email, "officer's address", [officer, officers["admin"]])

    def _client(self, actor) -> Visitor:
        client = Visitor(raise_request_exception=False)
        if actor != "anonymous":
            client.force_login(self.users[actor], BACKEND)
        return client

    def case(self, state, slug="contoh") -> Application:
        return next(c for c in self.cases if (c.state, c.daerah) == (state, slug))

    def may_meet(self, actor, canary) -> bool:
        user = self.users[actor]
        return user.pk in canary.users or self.posted.get(actor) in canary.daerah

    def identities(self):
        return Identity.objects.all()


BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
