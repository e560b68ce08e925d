"""Random answers to a daerah's questions, made from its file, and an applicant who types them."""

import datetime
from decimal import Decimal

from django.http import QueryDict
from hypothesis import strategies as st

from accounts.models import Identity
from applications import facts
from applications.forms import DIGITS, MOST, TEXT_LENGTH, SectionForm
from applications.models import Application
from imbportal import areas
from imbportal.daerah import conditions
from imbportal.daerah.vocabulary import AREA_FACTS, COLUMN_MOST
from imbportal.demo import people
from imbportal.indonesia import angka

LETTERS = st.characters(categories=("L", "N", "P", "Zs"), max_codepoint=0x24F)
ROUNDS = 6
"""Times that an applicant goes through his form at most, the patchy first one included."""


# -- What may be answered --------------------------------------------------------------------
def answers(rules):
    """Return a strategy of what is typed, what is left for later at first, and who applies."""
    typed = {fact.code: _typed(fact, rules, _compared(rules, fact.code)) for fact in rules.fact}
    whose = st.sampled_from([kind.value for kind in Identity.Kind])
    later = st.sets(st.sampled_from(sorted(typed)))
    return st.tuples(st.fixed_dictionaries(typed), later, st.booleans(), whose)


def _compared(rules, code):
    """Return the values with which any condition of the file compares the fact."""
    tables = [*rules.fact, *rules.requirement, *rules.check, *rules.track.values()]
    found = []
    for item in tables:
        for name, _, wanted in conditions.names(item.when):
            if name == code:
                found += wanted if isinstance(wanted, list) else [wanted]
    return found


def _typed(fact, rules, compared):
    made = KINDS[fact.type](fact, rules, compared)
    return made if fact.required else st.one_of(st.just(""), made)


def _bounds(fact):
    """Return the least and the most that the form takes, by file and column."""
    column = Application._meta.get_field(fact.code) if fact.code in facts.COLUMNS else None
    digits = getattr(column, "max_digits", None) or DIGITS
    most = [MOST if fact.type == "integer" else Decimal(10) ** (digits - 2) - Decimal("0.01")]
    most += [limit for limit in (COLUMN_MOST.get(fact.code), fact.max) if limit is not None]
    return fact.min or 0, min(most)


def _decimal(fact, rules, compared):
    least, most = map(Decimal, _bounds(fact))
    near = {v + d for v in compared for d in (Decimal("-0.01"), 0, Decimal("0.01"))}
    near = sorted(value for value in near | {least, most} if least <= value <= most)
    free = st.decimals(least, most, places=2)
    return st.one_of(st.sampled_from(near), free).map(lambda value: angka(Decimal(value)))


def _integer(fact, rules, compared):
    least, most = map(int, _bounds(fact))
    near = sorted({v + d for v in compared for d in (-1, 0, 1) if least <= v + d <= most})
    free = st.integers(least, most)
    return (st.one_of(st.sampled_from(near), free) if near else free).map(angka)


def _choice(fact, rules, compared):
    if fact.code in AREA_FACTS:
        return st.sampled_from([code for code, _ in areas.kecamatan(rules.region_code)])
    return st.sampled_from([choice.value for choice in fact.choices])


def _text(fact, rules, compared):
    if fact.code == "village":  # which of the kecamatan's villages, as it is known only then
        return st.integers(0, 400)
    column = fact.code in facts.COLUMNS and Application._meta.get_field(fact.code).max_length
    words = st.text(LETTERS, min_size=1, max_size=column or TEXT_LENGTH)
    words = words.map(str.strip).filter(bool)
    return st.one_of(st.sampled_from(compared), words) if compared else words


def _date(fact, rules, compared):
    day = datetime.timedelta(days=1)
    near = [value + n * day for value in compared for n in (-1, 0, 1)]
    free = st.dates(datetime.date(1950, 1, 1), datetime.date(2100, 1, 1))
    made = st.one_of(st.sampled_from(near), free) if near else free
    return made.map(datetime.date.isoformat)


KINDS = {
    "decimal": _decimal,
    "integer": _integer,
    "choice": _choice,
    "text": _text,
    "date": _date,
    "boolean": lambda fact, rules, compared: st.sampled_from(["ya", "tidak"]),
}


# -- Who answers ------------------------------------------------------------------------------
class Typist:
    """One draft of a daerah, answered anew with each set through the applicant's own forms."""

    def __init__(self, slug, version=None, parent=None):
        """With ``parent`` (a paper) the draft is for a service on that permit."""
        older = {"parent_number": "1/IMB/1999", "parent_date": datetime.date(1999, 1, 2)}
        self.case = Application.objects.create(
            daerah=slug, applicant=people.applicant("budi"), version_used=version,
            **(older if parent else {}),
        )  # fmt: skip
        self.parent = parent
        self.rules = self.case.rules
        self.mandate = people.mandate()
        self.holders = {
            kind.value: Identity.objects.create(kind=kind, name=kind.label, address="Jl. Uji 1")
            for kind in Identity.Kind
        }

    def begin(self, by_proxy, kind, in_portal=False):
        self.case.parent_permit = self.parent if in_portal else None
        for code in facts.COLUMNS:
            facts.store(self.case, code, None)
        self.case.facts = {}
        self.case.mandate = self.mandate if by_proxy else None
        self.case.holder = self.holders[kind]

    def go_through(self, typed, later, form, watch):
        """Answer section by section until nothing is asked any more; return the rounds."""
        for number in range(ROUNDS):
            if not self.open(form):
                return number
            given = typed | dict.fromkeys(later if number == 0 else (), "")
            for section in self.rules.section:
                if section.form == form:
                    self._answer(section, given)
                    watch()
        raise AssertionError(f"still asked: {self.open(form)}")

    def open(self, form):
        return [fact.code for fact in facts.unanswered(self.rules, form, facts.of(self.case))]

    def _answer(self, section, given):
        asked = SectionForm(application=self.case, section=section).fields
        data = QueryDict(mutable=True)
        data.update({code: given[code] for code in asked if code != "village"})
        if "village" in asked and given["village"] != "":
            place = data.get("kecamatan") or self.case.kecamatan
            names = [name for _, name in areas.villages(place)]
            data["village"] = names[given["village"] % len(names)] if names else ""
        form = SectionForm(data, application=self.case, section=section)
        assert form.is_valid(), (section.code, data.dict(), form.errors)
        for code, value in form.answers().items():
            facts.store(self.case, code, value)

    def stored(self):
        """Save the case and return it as the database gives it back."""
        self.case.save()
        return Application.objects.get(pk=self.case.pk)
