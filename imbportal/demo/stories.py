"""What happens to the cases of the demo: one for every state, and what is seldom seen."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from feedback import quarters
from feedback.survey import index
from imbportal.daerah import conditions, tables
from imbportal.daerah.reliefs import Relief
from imbportal.daerah.schema import Daerah
from imbportal.daerah.ways import Deadline, Lapse, Link
from imbportal.demo import buildings
from imbportal.demo.buildings import Building
from imbportal.demo.driver import SIDEWAYS
from imbportal.demo.way import ORDER, Way

FIRST, SECOND = "budi", "andi"
"""The first has a case for each thing that an applicant does."""
KEPT = frozenset({"AWAITING_PAYMENT", "READY"})
"""Where the cases of the first applicant end in a daerah that is only a model."""
AFTER_PERMIT = frozenset({"ISSUED", "READY"})
JUDGES, SPACE = ("andi", "siti", "dewi", "usaha"), 9
"""Who judged the service in the last quarter, and the days between two answers."""
Word = tuple[str, ...]
"""A method of Way with its arguments; a turn is written in digits."""


@dataclass(frozen=True)
class Story:
    """One case: for whom, what is built, what happens, and how long ago the last step was."""

    who: str
    words: tuple[Word, ...]
    days: float = 0.1
    """Since the last step."""
    building: Building | None = None
    """None takes the next of the plain ones."""
    deputy: bool = False
    """Whether the head's deputy acts in his place."""
    mandate: bool = False
    late: bool = False
    """Whether its office let a limit pass: ``days`` grow to the shortest one of the daerah."""
    service: str = ""
    """Track of a service, asked for on the first permit that the same applicant collected."""
    wait: dict[str, int] = field(default_factory=dict)
    """Days that a hand lets itself be waited for, where it is not the usual time."""


def to(state: str, *, turn: int = 0) -> Word:
    return ("to", state, str(turn))


def move(name: str) -> Word:
    return ("move", name)


REVISED = (to("ASSESSMENT"), move("request_revision"), move("revise"))
COMPLETED = (to("SUBMITTED"), move("return_incomplete"), move("resubmit"))
SHORT = (to("AWAITING_PAYMENT"), ("pay_short",))
EVERYWHERE = (
    Story("budi", (("half",),), 1),
    Story("budi", (to("KRK_ISSUED"),), 2),
    Story("budi", (to("SUBMITTED"), move("return_incomplete")), 1, buildings.STOREYS),
    Story("budi", (to("ASSESSMENT"), move("request_revision")), 2, buildings.LODGING),
    Story("budi", (to("AWAITING_PAYMENT"),), 1, buildings.SHOPHOUSE),
    Story("budi", (*REVISED, to("READY")), 1, buildings.HOUSE),
    Story("budi", (*COMPLETED, *REVISED, to("COLLECTED")), 24, buildings.SHOP),
    Story("budi", (to("KRK_REQUESTED"), move("return_krk")), 3, buildings.WAREHOUSE),
    Story("siti", (to("KRK_REQUESTED"),), 0.2),
    Story("dewi", (to("SUBMITTED"),), 0.1, buildings.SCHOOL),
    Story("andi", (to("RECORDING"), move("undo_accept")), 0.3),
    Story("siti", (to("RECORDING"), ("note",)), 9, buildings.STOREYS, late=True),
    Story("dewi", (*COMPLETED, to("ASSESSMENT")), 0.2),
    Story("andi", (to("FEE"),), 0.1, buildings.COMPOUND),
    Story("siti", (to("SKRD_SIGNING"),), 0.1, buildings.LODGING),
    Story("siti", SHORT, 0.5, buildings.SHOP),
    Story("usaha", (to("PAYMENT_REVIEW"),), 0.1, buildings.WAREHOUSE),
    Story("dewi", (*SHORT, to("PERMIT_SIGNING")), 0.2, buildings.STOREYS),
    Story("andi", (to("ASSESSMENT"), move("propose_rejection")), 0.3),
    Story("konsultan", (to("READY"),), 2, buildings.HOUSE, mandate=True),
    Story("usaha", (*REVISED, to("COLLECTED"), ("judge",)), 12, buildings.SHOPHOUSE, deputy=True),
    Story("siti", (to("KRK_REQUESTED"), move("refuse_krk")), 18, buildings.WAREHOUSE),
    Story("dewi", (to("ASSESSMENT"), move("propose_rejection"), to("REJECTED")), 8),
    Story("dewi", (to("SUBMITTED"), move("withdraw")), 15),
)
"""For every daerah that has these stages."""


def of(rules: Daerah) -> list[Story]:
    """Return the stories of a daerah: those for all that it has the stages for, and its own."""
    chains = rules.chains(plain_track(rules))
    everywhere = _elsewhere() if rules.demo_only else EVERYWHERE
    found = [_overdue(rules, story) if story.late else story for story in everywhere]
    found += _sent_back(chains)
    if "ISSUED" in chains:
        found.append(Story("andi", (to("ISSUED"),), 0.2, buildings.HOUSE))
    found += _other_tracks(rules)
    found += _paid_elsewhere(rules)
    found += _reliefs(rules)
    found += _begun(rules)
    found += _late(rules)
    found += _corrections(rules)
    if rules.lapse:
        found.append(_lapsed(min(rules.lapse, key=lambda limit: limit.amount)))
    found = [story for number, story in enumerate(found) if _happens(rules, story, number)]
    found += _idle(rules, found)
    return [*found, *_services(rules, found)]


def judged(rules: Daerah, today: datetime.date) -> Iterator[Story]:
    """Yield cases that were handed over in the last quarter and judged by their applicants.

    Enough of them for a result where the daerah's own standard speaks of the survey, and one
    elsewhere, where the page then says that there were too few.
    """
    evaluated = rules.demo_only or any("kepuasan" in c.text.lower() for c in rules.component)
    since = (today - quarters.of(today).first).days + 2
    for number in range(index.MINIMUM if evaluated else 1):
        words = (to("COLLECTED"), ("judge",))
        yield Story(JUDGES[number % len(JUDGES)], words, since + SPACE * number)


def _services(rules: Daerah, told: list[Story]) -> Iterator[Story]:
    """Yield the services on a permit: one that was collected, others under way, and one of those
    that would replace it."""
    tracks = {code: track for code, track in rules.track.items() if track.after_permit}
    if not tracks or permit_of(told, FIRST) is None:
        return
    kept = [code for code, track in tracks.items() if not track.replaces]
    replacing = [code for code, track in tracks.items() if track.replaces]
    for code in kept[:1]:
        yield Story(FIRST, (to("COLLECTED"),), 2, service=code)
    for code in (*kept[1:], *replacing[:1]):
        yield Story(FIRST, (to("ASSESSMENT"),), 0.2, service=code)


def permit_of(told: list[Story], who: str) -> int | None:
    """Return the place of the story in which somebody collects a permit; None where he does not."""
    return next(
        (
            number
            for number, story in enumerate(told)
            if story.who == who and not story.service and story.words[-1] == to("COLLECTED")
        ),
        None,
    )


def _happens(rules: Daerah, story: Story, number: int) -> bool:
    try:
        way(rules, story, number)
    except ValueError:
        return False
    return True


def building_of(story: Story, number: int) -> Building:
    """Return what is built in the story that stands at this place of the list."""
    return story.building or buildings.PLAIN[number % len(buildings.PLAIN)]


def way(rules: Daerah, story: Story, number: int) -> Way:
    """Return how a story goes in a daerah. ValueError where it cannot."""
    track = story.service
    if not track:
        answers = buildings.answers(rules, building_of(story, number), number)
        track = buildings.track(rules, answers)
    found = Way(rules, track)
    for word, *args in story.words:
        getattr(found, word)(*(int(arg) if arg.isdigit() else arg for arg in args))
    return found


def _overdue(rules: Daerah, story: Story) -> Story:
    """Return a story whose last step is so long ago that the limit on it has passed.

    Where the daerah lacks its gate, it stands at the next.
    """
    chains, wanted = rules.chains(plain_track(rules)), story.words[0][1]
    gate = next(gate for gate in ORDER[ORDER.index(wanted) :] if gate in chains)
    limits = [*(link.deadline for link in chains[gate] if link.deadline), *rules.total]
    words = (to(gate), *story.words[1:])
    return replace(story, words=words, days=max([story.days, *(sorted(map(_in_days, limits))[:1])]))


def _in_days(limit: Deadline | Lapse) -> int:
    """Return calendar days after which a limit has passed, whatever holidays it meets."""
    return limit.amount * 7 // 5 + 14 if limit.unit == "hari_kerja" else limit.amount + 1


def _elsewhere() -> list[Story]:
    """Return the stories of a model daerah: the first applicant has but few of them there."""

    def teller(story: Story) -> str:
        kept = story.who != FIRST or KEPT.intersection(story.words[-1])
        return story.who if kept else SECOND

    return [replace(story, who=teller(story)) for story in EVERYWHERE]


def _idle(rules: Daerah, told: list[Story]) -> Iterator[Story]:
    """Yield a case for every role that would have nothing to do, and for every kind of record that
    nobody would have to write: of a plain house where its track has them."""
    ends = [way(rules, story, number).link for number, story in enumerate(told)]
    busy = {link.role for link in ends if link}
    written = {kind for link in ends if link for kind in link.needs}
    for building, track in _ways(rules):
        for gate, chain in rules.chains(track).items():
            for turn, link in enumerate(chain):
                if gate in ORDER and (link.role not in busy or set(link.needs) - written):
                    busy.add(link.role)
                    written |= set(link.needs)
                    yield Story("siti", (to(gate, turn=turn),), 0.1, building)


def _ways(rules: Daerah) -> Iterator[tuple[Building, str]]:
    """Yield each track that one of the buildings leads to, with the first such; a house's first."""
    seen: set[str] = set()
    for building in (buildings.HOUSE, *buildings.EVERY):
        track = buildings.track(rules, buildings.answers(rules, building, 0))
        if track not in seen and track in rules.track and not rules.track[track].refuse:
            seen.add(track)
            yield building, track


def plain_track(rules: Daerah) -> str:
    """Return the track of a plain house, which most cases take."""
    return buildings.track(rules, buildings.answers(rules, buildings.HOUSE, 0))


def _sent_back(chains: dict[str, tuple[Link, ...]]) -> Iterator[Story]:
    """Yield a case that the second pair of hands gave back, in the last chain that has one."""
    gates = [gate for gate in ORDER if len(chains.get(gate, ())) > 1 and gate not in AFTER_PERMIT]
    for gate in gates[-1:]:
        words = (to(gate, turn=1), move("send_back"))
        yield Story("andi", words, 0.2, buildings.HOUSE)


def _other_tracks(rules: Daerah) -> Iterator[Story]:
    """Yield two cases for each further track that one of the buildings leads to."""
    seen = {plain_track(rules)}
    for building in buildings.EVERY:
        code = buildings.track(rules, buildings.answers(rules, building, 0))
        if code not in seen:
            seen.add(code)
            yield Story("dewi", (to("ASSESSMENT"),), 0.2, building)
            yield Story("siti", (to("COLLECTED"),), 5, building)


def _paid_elsewhere(rules: Daerah) -> Iterator[Story]:
    """Yield a case that waits for its payment in each track that is paid through another office."""
    for building, track in _ways(rules):
        if rules.on_move(track, "submit_payment").role:
            yield Story("siti", (to("AWAITING_PAYMENT"),), 0.4, building)


def _reliefs(rules: Daerah) -> Iterator[Story]:
    """Yield a case in which relief waits, one in which it was granted, and an exemption."""
    asked = [relief for relief in rules.relief if not relief.automatic]
    exemptions = [relief for relief in asked[1:] if relief.kind == "pembebasan"]
    for relief in (*asked[:1], *exemptions[:1]):
        wish = (to("FEE"), ("ask_relief", relief.code))
        given = (*wish, ("grant_relief",), to("AWAITING_PAYMENT"))
        building = building_for(rules, relief)
        if building is not None and relief.kind == "keringanan":
            yield Story("siti", wish, 3, building)
        if building is not None:
            yield Story("andi", given, 1, building)


def _begun(rules: Daerah) -> Iterator[Story]:
    """Yield a house on which work began before its permit, where the tariff charges more for it."""
    if rules.tariff and tables.BEGUN in tables.of(rules.tariff[-1]).figure:
        words = (to("ASSESSMENT"), ("find_begun",), to("AWAITING_PAYMENT"))
        yield Story("andi", words, 1, buildings.HOUSE)


def _late(rules: Daerah) -> Iterator[Story]:
    """Yield, in a model daerah, a bill past due and one whose interest was billed already."""
    due = rules.tariff[-1].due_days if rules.tariff and rules.demo_only else 0
    if not due:
        return
    waits = (to("AWAITING_PAYMENT"),)
    yield Story("dewi", waits, due + 11, buildings.HOUSE)
    yield Story("siti", (*waits, ("bill_interest",)), 2, buildings.SHOP,
                wait={"bendahara": due + 6})  # fmt: skip


def _corrections(rules: Daerah) -> Iterator[Story]:
    """Yield an objection that waits, and a rejection after payment whose money goes back."""
    if rules.objection is None:
        return
    yield Story("siti", (to("AWAITING_PAYMENT"), ("object",)), 2, buildings.LODGING)
    returned = (to("PERMIT_SIGNING"), move("return_permit"), move("propose_rejection"))
    yield Story("andi", (*returned, to("REJECTED"), ("file_account",)), 1, buildings.HOUSE)


def building_for(rules: Daerah, relief: Relief) -> Building | None:
    """Return a building to which a relief fits, None where none of the demo does."""
    rules = rules.sides[False]
    fitting = (
        building
        for building in buildings.EVERY
        if conditions.holds(relief.when, buildings.answers(rules, building, 0))
    )
    return next(fitting, None)


def _lapsed(limit: Lapse) -> Story:
    """Return a case whose applicant let a limit pass."""
    start, back = SIDEWAYS.get(limit.state, (limit.state, ""))
    words = (to(start), *((move(back),) if back else ()), move("lapse"))
    return Story("siti", words, 3, wait={"sistem": _in_days(limit)})
