"""Random people do random things with a few cases; after each step all must hold that must hold."""

import datetime
import random
from collections import Counter

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from machine_cast import NIKS
from machine_hand import Hand
from machine_watch import look, refusal, stands, tally

from accounts.identity_forms import FORMS
from accounts.models import Identity, Mandate, Posting
from applications import casework, claims, filing, reminders, services, takeover
from applications.dossiers import Paper
from applications.workflow import BY_NAME, MOVES
from imbportal.daerah.vocabulary import RECORDS
from imbportal.demo import buildings, drawings, records
from notifications import jobs
from retribusi import services as money

DICE = st.binary(min_size=8, max_size=8).map(random.Random)
"""One throw decides a whole step; bytes, as Hypothesis prefers small numbers."""
STEPS = 50
"""Things tried in one run; what Hypothesis draws after them does nothing."""
EVERY = 25
"""Steps between two looks at everything; there is one at the end of each run as well."""
MOST = 8
"""Cases of a run, those on the shelf included."""


class PortalMachine(RuleBasedStateMachine):
    """One run: a transaction over the shelf that is rolled back at its end."""

    shelf = coverage = None
    looked_at = 1
    """One run in so many is looked at on its way, too."""

    def __init__(self):
        super().__init__()
        self.begin()

    def begin(self):
        """Open the transaction of this run, on the first day, with the cases of the shelf."""
        self.cast = self.shelf.cast
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.shelf.clock.reset()
        self.hands = [Hand(self.cast, case, *more) for case, *more in self.shelf.cases]
        self.focus, self.count, self.states, self.moves = 0, 0, set(), Counter()
        self.seen = {hand.case.pk: hand.case.events.count() for hand in self.hands}

    def teardown(self):
        try:
            if self.count:
                self.finish()
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)
            self.shelf.sweep()

    def finish(self):
        """Let the worker do all, wait until nothing is young, and look at everything."""
        self.work_off()
        self.shelf.clock.pass_by(minutes=11)
        self.look()
        for hand in self.hands:
            told = hand.case.events.order_by("seq")[self.seen.get(hand.case.pk, 0) :]
            for event in told:
                self.moves[event.move] += 1
                self.states |= {event.source, event.target}
        self.coverage.merge(self.states, self.moves)

    @property
    def over(self):
        return self.count == STEPS

    def look(self):
        self.coverage.looks += 1
        look()

    # -- Steps ------------------------------------------------------------------------------
    def hand(self, dice):
        place = self.focus if dice.random() < 0.75 else dice.randrange(len(self.hands))
        hand = self.hands[place]
        hand.dice = dice
        hand.fresh()
        return hand

    def anyone(self, hand, dice):
        """Return a user: often the one whose turn it is, else whoever there is."""
        chance = dice.random()
        if chance < 0.15 and hand.case.filed_by_id:
            return self.cast.counter()
        if chance < 0.3:
            return hand.applicant
        if chance < 0.6 and hand.case.turn_role:
            return hand.actor()
        return self.cast.user(dice.choice(list(self.cast.names)))

    def attempt(self, hand, does):
        """Do one thing; a refusal is proper and, where it was one thing, has changed nothing."""
        if self.over:
            return
        self.coverage.steps += 1
        self.count += 1
        before = tally()
        try:
            with transaction.atomic():
                does()
        except Exception as error:
            kind = refusal(error)
            self.coverage.refused += 1
            self.coverage.kinds[kind] += 1
            if tally() != before:
                raise AssertionError(f"refused ({error}), but something changed") from error
        hand.case = stands(hand.case.pk)
        if self.count % EVERY == 0 and self.coverage.runs % self.looked_at == 0:
            self.look()

    # -- Rules ------------------------------------------------------------------------------
    @initialize(dice=DICE)
    def choose(self, dice):
        self.focus = dice.randrange(len(self.hands))

    @rule(dice=DICE)
    def go_on(self, dice):
        """Make one to four steps towards the end."""
        for _ in range(dice.randint(1, 4)):
            hand = self.hand(dice)
            self.attempt(hand, hand.go_on)

    @rule(dice=DICE)
    def go_on_too(self, dice):
        self.go_on(dice)

    @rule(dice=DICE)
    def applicant_works(self, dice):
        works = (self.answer, self.build_more, self.agree, self.upload, self.pay, self.point)
        dice.choice(works)(dice)

    @rule(dice=DICE)
    def office_works(self, dice):
        works = (self.judge, self.point, self.record, self.assess, self.claim_or_note)
        dice.choice(works)(dice)

    @rule(dice=DICE)
    def world_turns(self, dice):
        works = (self.let_days_pass, self.let_days_pass, self.bank, self.change_nik)
        dice.choice((*works, self.open_case, self.take_over, self.move_officers))(dice)

    @rule(dice=DICE)
    def step_aside(self, dice):
        hand = self.hand(dice)
        if sides := hand.sides():
            if dice.random() < 0.8:
                sides = [move for move in sides if move != "withdraw"] or sides
            move = dice.choice(sides)
            self.attempt(hand, lambda: hand.aside(move))

    @rule(dice=DICE)
    def press(self, dice):
        """Press any button, as who tries addresses or has an old page open."""
        hand = self.hand(dice)
        here = [move.name for move in MOVES if hand.case.state in move.source]
        move = dice.choice(here if here and dice.random() < 0.7 else list(BY_NAME))
        if move == "withdraw" and dice.random() < 0.8:
            move = "endorse"
        version = dice.choice([None, hand.case.version, max(0, hand.case.version - 1)])
        note = dice.choice(["", "Perlu diperiksa."])
        by = (hand.fit(move) if dice.random() < 0.5 else None) or self.anyone(hand, dice)
        self.attempt(
            hand, lambda: services.perform(move, hand.case, by=by, version=version, note=note)
        )

    def answer(self, dice):
        """Change an answer, often to one of another building."""
        hand, by = self.hand(dice), self.hands[self.focus].applicant
        by = by if dice.random() < 0.7 else self.anyone(hand, dice)
        rules, other = hand.case.rules, dice.choice(buildings.EVERY)
        given = buildings.answers(rules, other, dice.randrange(50))
        section = dice.choice(rules.section)
        codes = [fact.code for fact in rules.fact if fact.section == section.code]
        chosen = dice.sample(codes, dice.randint(1, len(codes)))
        values = {code: given[code] if dice.random() < 0.9 else None for code in chosen}
        self.attempt(hand, lambda: casework.save_answers(hand.case, section.form, values, by=by))

    def build_more(self, dice):
        hand = self.hand(dice)
        part = {"name": "Garasi", "function": "hunian", "floor_area": 36, "floors": 1}
        parts, by = [part] * dice.randrange(3), self.anyone(hand, dice)
        self.attempt(hand, lambda: casework.save_parts(hand.case, parts, by=by))

    def agree(self, dice):
        hand = self.hand(dice)
        codes = [statement.code for statement in hand.case.rules.statement] or ["lain"]
        code, by = dice.choice(codes), self.anyone(hand, dice)
        self.attempt(hand, lambda: casework.accept_statement(hand.case, code, by=by))

    def upload(self, dice):
        hand = self.hand(dice)
        codes = [item.code for item in hand.case.rules.requirement]
        code, by = dice.choice(codes), self.anyone(hand, dice)
        file = drawings.pdf("gambar") if dice.random() < 0.9 else ContentFile(b"x", "x.pdf")
        self.attempt(hand, lambda: casework.upload(hand.case, code, file, by=by))

    def judge(self, dice):
        hand = self.hand(dice)
        slots = [slot for slot in hand.slots() if slot.version]
        if slots:
            slot, good, by = dice.choice(slots), dice.random() < 0.6, self.anyone(hand, dice)
            self.attempt(
                hand, lambda: casework.judge(hand.case, slot.version, good, "Buram.", by=by)
            )

    def point(self, dice):
        """Raise a point, take one back, or answer one."""
        hand = self.hand(dice)
        by, points = self.anyone(hand, dice), list(hand.case.points.order_by("pk"))
        does = [lambda: casework.add_point(hand.case, "Tulis RT dan RW.", by=by)]
        if points:
            one = dice.choice(points)
            does += [
                lambda: casework.drop_point(hand.case, one, by=by),
                lambda: casework.answer_point(hand.case, one, "Sudah.", by=by),
            ]
        self.attempt(hand, dice.choice(does))

    def record(self, dice):
        """Write a record, sometimes of a building that is larger or smaller by now."""
        hand = self.hand(dice)
        needs = hand.case.link.needs if hand.case.link else ()
        kind = dice.choice(needs or RECORDS)
        data = records.write(hand.case, kind) if hand.case.number else records.TEXT
        if kind == "pendataan" and "bangunan" in data and data["bangunan"]:
            data["bangunan"][0]["luas"] = str(dice.choice([54, 120, 300]))
        by = self.anyone(hand, dice)
        self.attempt(hand, lambda: casework.record(hand.case, kind, data, by=by))

    def assess(self, dice):
        hand = self.hand(dice)
        by = self.anyone(hand, dice)
        self.attempt(hand, lambda: casework.assess(hand.case, by=by))

    def claim_or_note(self, dice):
        """Take a case, give it back or to somebody, or write a note that stays inside."""
        hand = self.hand(dice)
        by, release = self.anyone(hand, dice), dice.random() < 0.5
        near = self.cast.holders.get(hand.case.turn_role) or list(self.cast.names.values())
        other = dice.choice(near if dice.random() < 0.7 else list(self.cast.names.values()))
        does = [
            lambda: claims.claim(hand.case, by=by, release=release),
            lambda: claims.hand_over(hand.case, other.pk, "Cuti.", by=by),
            lambda: casework.add_note(hand.case, "Pemohon menelepon.", by=by),
        ]
        self.attempt(hand, dice.choice(does))

    def pay(self, dice):
        """File a slip: right, short, or of a wrong day."""
        hand = self.hand(dice)
        by, less = self.anyone(hand, dice), dice.choice([0, 0, 0, 10_000, -1])
        late = dice.choice([0, 0, 0, -400, 3])
        self.attempt(hand, lambda: hand.file_slip(by, min(less, 0) or less, late))

    def bank(self, dice):
        """Let the bank tell of the money: *sistem* reports and confirms."""
        hand, sistem = self.hand(dice), self.cast.names["sistem"]
        move = dice.choice(["report_payment", "confirm_payment", "confirm_payment"])
        if money.live_bill(hand.case) and dice.random() < 0.7:
            self.attempt(hand, lambda: hand.file_slip(hand.applicant))
        self.attempt(hand, lambda: services.perform(move, hand.fresh(), by=sistem))

    def open_case(self, dice):
        """Open a draft, sometimes for somebody by a mandate that is another's or has ended."""
        by = self.cast.applicants[dice.choice(["budi", "siti", "dewi", "usaha", "konsultan"])]
        mandate = Mandate.objects.first() if dice.random() < 0.4 else None
        hand, opened = self.hands[self.focus], []
        if dice.random() < 0.4:
            by = self.cast.walk_in if dice.random() < 0.5 else by
            does = self._at_counter(by, dice)
        else:
            does = lambda: casework.create(by, self.cast.slug, mandate=mandate)  # noqa: E731
        self.attempt(hand, lambda: opened.append(does()))
        if opened and len(self.hands) < MOST:
            if self.shelf.version:
                opened[0].version_used = self.shelf.version
                opened[0].save()
            building = dice.choice(buildings.EVERY)
            self.hands.append(Hand(self.cast, opened[0], building, dice.randrange(90)))
            self.focus = len(self.hands) - 1

    def _at_counter(self, person, dice):
        """Let an officer open it for a person, sometimes a dossier that was taken on paper."""
        day = self.shelf.clock().date() - datetime.timedelta(days=dice.choice([-1, 2, 9]))
        paper = Paper(day, "TT-1", "Portal mati.") if dice.random() < 0.5 else None
        by = self.cast.counter() if dice.random() < 0.8 else self.cast.user("budi")
        return lambda: filing.begin(person, self.cast.slug, by=by, paper=paper)

    def take_over(self, dice):
        """Let somebody end what the counter does for him."""
        hand, by = self.hand(dice), self.hands[self.focus].applicant
        self.attempt(hand, lambda: takeover.take_over(hand.case, by=by))

    def let_days_pass(self, dice):
        """The worker does all, days go by, and the calendar does what it must."""
        if self.over:
            return
        self.work_off()
        self.shelf.clock.pass_by(days=dice.choice([1, 1, 5, 14, 31, 95]))
        hand = self.hand(dice)
        self.attempt(hand, reminders.run)

    def change_nik(self, dice):
        """Let somebody give himself another NIK through the form of his identity."""
        hand = self.hand(dice)
        names = ["budi", "siti", "dewi", "rangkap", "rangkap_kedua", "saudara"]
        user = self.cast.user(dice.choice([*names, *self.cast.names]))
        nik = dice.choice([*NIKS, self.cast.applicants["budi"].identity.nik])
        met = Identity.objects.filter(user__caseduty__application=hand.case).order_by("pk").first()
        if met is not None and dice.random() < 0.5:  # the applicant, that of who holds a duty
            user, nik = type(user).objects.get(pk=hand.applicant.pk), met.nik
        own = getattr(user, "identity", None)
        if own is not None:
            self.attempt(hand, lambda: self._identify(user, own, nik))

    def _identify(self, user, own, nik):
        data = {
            "name": own.name, "address": own.address, "nik": nik, "nib": own.nib,
            "npwp": own.npwp, "in_charge": own.in_charge, "position": own.position,
        }  # fmt: skip
        form = FORMS[own.kind](data, {}, user=user, instance=own)
        form.fields["ktp"].required = False
        if form.is_valid():
            form.store()
        else:
            raise ValidationError(" ".join(form.errors["nik"]))

    def move_officers(self, dice):
        """End a posting of a second officer, or the mandate."""
        hand = self.hand(dice)
        self.attempt(hand, lambda: self._end_something(dice))

    def _end_something(self, dice):
        if dice.random() < 0.3:
            Mandate.objects.update(ended_at=self.shelf.clock())
            return
        mine = [user.pk for name, user in self.cast.names.items() if name.endswith("2")]
        yesterday = self.shelf.clock().date() - datetime.timedelta(days=1)
        found = Posting.objects.filter(user__in=mine, valid_until=None).order_by("pk")
        if found:
            Posting.objects.filter(pk=dice.choice(list(found)).pk).update(valid_until=yesterday)

    def work_off(self):
        while jobs.run_one():
            pass

    @invariant()
    def counts(self):
        """Every case has its place: none was lost or doubled."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM applications_application")
            assert cursor.fetchone()[0] >= len(self.shelf.cases)
