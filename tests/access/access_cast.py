"""The world of the access tests: people, cases in their states, and what lies in them."""

from __future__ import annotations

import access_chains
import access_money
from access_marks import Canary, Marked
from access_plan import ACTORS, COUNTER, FORMER, LATE, OBJECTION, PEOPLE, PLAN, RELIEF
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from accounts import contacts
from accounts.models import Identity, IdentityView, Mandate, User
from applications import phrases
from applications.models import (
    Application,
)
from applications.models.register import RegisterExport
from feedback.complaints import door as complaints
from feedback.models import SurveyInvitation
from imbportal import uploads
from imbportal.daerah import calendar
from imbportal.demo import drawings, people
from imbportal.demo.driver import Driver
from imbportal.demo.once import accepted_once
from notifications import delivery
from notifications.models import Job
from retribusi.corrections import objecting


class Visitor(Client):
    """A client that sends a form with POST and nothing with the other methods."""

    def generic_or_form(self, method, url, data=None, **more):
        if method == "POST":
            return self.post(url, data or {}, **more)
        return self.generic(method, url, **more)


class World(Marked):
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
        self.closing = access_money.closed(self.users["role"])
        self.invitation = self._invitation()
        self._complaints()
        self.statement = access_money.statement(self)
        self.refund = access_money.refunds(self)
        self.trial = access_money.trials(self)
        self.digest = access_chains.digests_of(self)
        self.case_file = access_chains.case_files(self)
        self.emblem = access_chains.emblems_of(self)
        self.clients = {actor: self._client(actor) for actor in ACTORS}

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
            access_money.ask_relief(self, driver, user, office)
        if (slug, who, state) == LATE:
            access_money.bill_interest(driver)
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

    def _export(self, user):
        """Give an officer a register that he took along."""
        export = RegisterExport.objects.create(
            daerah="contoh", by=user, filters={}, ready_at=timezone.now()
        )
        mark = self.mark("export", [user])
        export.file.save("x.xlsx", ContentFile(b"PK" + mark.encode()), save=True)
        return export

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
