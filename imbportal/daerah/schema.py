"""What a daerah's file may say, and the frozen objects that code reads.

Key names in the TOML equal the field names here. Unknown keys are refused. Cross-references
(roles, facts, papers, gates of a track) are checked by ``loader``. Tracks and chains stand in
``ways``, money and papers in ``tariffs`` and ``paper_kinds``, the base of all in ``rule``.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from imbportal import areas
from imbportal.daerah.blanks import Blank
from imbportal.daerah.complaints import COMPLAINT, Complaint
from imbportal.daerah.corrections import POLICY, Objection, Refund
from imbportal.daerah.interest import Interest
from imbportal.daerah.mbr import Mbr
from imbportal.daerah.paper_kinds import Original, PaperKind
from imbportal.daerah.reliefs import Relief
from imbportal.daerah.rule import Cited, Code, Rule, Text, When
from imbportal.daerah.sanctions import Sanction
from imbportal.daerah.tariffs import FeeDay, Tariff
from imbportal.daerah.vocabulary import Gate
from imbportal.daerah.ways import OUTSIDE, Deadline, Lapse, Link, On, Track


class Office(Cited):
    name: Text
    address: str = ""
    postcode: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    place: str = ""
    """Town printed before the date on letters."""
    page_size: Literal["A4", "F4"] = "A4"
    """Sheet that its papers are printed on; F4 is 215 by 330 mm. Forms for applicants are A4."""


class Component(Cited):
    """One of the fourteen components of a service standard; no text means "belum ditetapkan"."""

    code: Code
    title: Text
    text: str = ""
    items: tuple[str, ...] = ()


class Policy(Cited):
    """A choice of the portal where the source is silent or contradicts itself."""

    code: Code
    text: Text


class Late(Policy):
    """What the daerah promises where it took longer than it said."""

    deliver: bool = False
    """Whether officers bring the permit to the applicant's address."""
    paper: Code | None = None
    """Receipt of that way, in place of the one of the counter."""


class LegalBasis(Cited):
    text: Text


class Definition(Cited):
    """What the source means by a word."""

    term: Text
    text: Text


class Service(Cited):
    """What the daerah issues and how it calls it."""

    name: Text
    permit: Text
    """Short name of the permit, "IMB" or "PBG"."""
    permit_long: Text
    product: tuple[str, ...]
    decree: str = ""
    cost: str = ""
    time: str = ""


class Unit(Rule):
    title: Text
    kecamatan: str = ""
    """Six-digit code where the unit serves one kecamatan only; empty serves the whole daerah."""
    letterhead: bool = False
    """Whether it writes under its own name: papers that its officers sign or issue bear it."""


class Role(Rule):
    title: Text
    unit: Code | tuple[Code, ...]
    """Where the post is; several where each of these units has one, for its own kecamatan."""
    sign_title: str = ""
    """Title above a signature, where it differs; takes {kecamatan} of the holder's unit."""

    @property
    def units(self) -> tuple[Code, ...]:
        return (self.unit,) if isinstance(self.unit, str) else self.unit

    def signed(self, kecamatan: str = "") -> str:
        """Return the title above a signature; ``kecamatan`` is the name of the unit's own."""
        if not kecamatan and "{" in self.sign_title:
            return self.title
        return self.sign_title.replace("{kecamatan}", kecamatan) or self.title


class Section(Rule):
    code: Code
    title: Text
    help: str = ""
    form: Literal["krk", "izin"] = "izin"
    after_permit: bool = False
    """Whether it is asked for services on an existing permit, and for nothing else."""


class Choice(Rule):
    value: Text
    label: Text
    help: str = ""


class Fact(Rule):
    """A question to the applicant; common facts are columns, the others validated JSON."""

    code: Code
    type: Literal["decimal", "integer", "boolean", "choice", "text", "date"]
    label: Text
    section: Code
    unit: str = ""
    help: str = ""
    choices: tuple[Choice, ...] = ()
    min: Decimal | None = None
    max: Decimal | None = None
    required: bool = True
    when: When | None = None
    contoh: bool = False
    cite: str = ""
    note: str = ""


class Statement(Cited):
    """Words that the applicant accepts before a move."""

    code: Code
    text: Text
    move: Literal["request_krk", "submit"]
    after_permit: bool = False


class Handover(Cited):
    """What is shown at the counter before the permit is handed over."""

    shows: tuple[Literal["kode", "tanda_terima", "bukti_bayar"], ...] = ("kode",)


class Requirement(Cited):
    """A document that the applicant uploads; due where ``when`` holds."""

    code: Code
    label: Text
    group: Literal["administrasi", "teknis"]
    help: str = ""
    when: When | None = None
    after_permit: bool = False
    due: Literal["request_krk", "submit"] = "submit"
    optional: bool = False
    images: bool = True
    """Whether JPEG and PNG are taken beside PDF."""
    checked_at: Gate = "SUBMITTED"
    sets: Annotated[int, Field(gt=0)] = 1
    """Copies that the source asks for on paper; a file is uploaded once."""
    authority: str = ""
    """Who writes it, where the applicant asks another agency for it: it has a tracker."""
    phrases: tuple[Text, ...] = ()
    """Sentences with which the office begins its own list for this document."""
    blanks: tuple[Code, ...] = ()
    """Forms that the daerah gives for it."""


class Card(Cited):
    """An identity card of an account that the office judges as it does an uploaded document."""

    of: Literal["pemohon", "kuasa"]
    """Whose: of whom the permit goes to, or of whoever applies for him by a power of attorney."""
    label: Text


class Check(Cited):
    """A numeric check. ``value``, ``of`` and ``limit`` name facts or ``krk.<key>``, or numbers.

    max_ratio/min_ratio: value / of against limit percent. max/min: value against limit.
    per_step: for every ``step`` of ``of``, begun or full by rounding up, give ``amount``.
    provided: ``value`` is true.
    """

    code: Code
    label: Text
    kind: Literal["max_ratio", "min_ratio", "max", "min", "per_step", "provided"]
    value: str
    of: str = ""
    limit: Decimal | str | None = None
    step: Decimal | None = None
    amount: Decimal | None = None
    unit: str = ""
    when: When | None = None
    advice: str = ""
    """What the applicant can do where the check fails."""


class Daerah(Rule):
    slug: Code
    name: Text
    government: Text
    region_code: Annotated[str, Field(pattern=r"^\d\d\.\d\d$")]
    timezone: Literal["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]
    demo_only: bool = False
    source: str = ""
    head: Code
    keep: tuple[Code, ...] = ()
    """Papers that a return leaves valid, so that the step is done again without another one."""
    stand: tuple[Code, ...] = ()
    """Papers of what has happened, as the minutes of a hearing: a return leaves them valid, too,
    and one that says something else takes their place."""
    counts_cuti_bersama: bool
    """Whether cuti bersama counts as not working."""
    calendar_cite: Text
    office: Office
    publisher: Office | None = None
    service: Service
    legal_basis: tuple[LegalBasis, ...] = ()
    definition: tuple[Definition, ...] = ()
    component: tuple[Component, ...] = ()
    policy: tuple[Policy, ...] = ()
    unit: dict[Code, Unit]
    role: dict[Code, Role]
    section: tuple[Section, ...]
    fact: tuple[Fact, ...]
    statement: tuple[Statement, ...] = ()
    blank: tuple[Blank, ...] = ()
    requirement: tuple[Requirement, ...]
    card: tuple[Card, ...] = ()
    """Cards that must be found in order at SUBMITTED; none where the file leaves it open."""
    phrases: tuple[Text, ...] = ()
    """Sentences that fit every document."""
    check: tuple[Check, ...] = ()
    total: tuple[Deadline, ...] = ()
    lapse: tuple[Lapse, ...] = ()
    stage: dict[Gate, tuple[Link, ...]]
    on: dict[str, On] = {}
    track: dict[Code, Track]
    paper: dict[Code, PaperKind]
    fee_day: FeeDay = FeeDay(by="penetapan", cite="Kebijakan portal")
    """What versions without the key ran by; the loader asks for it."""
    tariff: tuple[Tariff, ...] = ()
    """By the day from which each is in force, however the file orders them."""
    interest: tuple[Interest, ...] = ()
    """What a late payment costs here; where it says nothing, the national law does."""
    relief: tuple[Relief, ...] = ()
    objection: Objection | None = None
    refund: Refund = POLICY
    sanction: Sanction | None = None
    mbr: Mbr | None = None
    """Switches on the exemption of low-income households, which the loader then spreads out."""
    handover: Handover = Handover(cite="Kebijakan portal")
    original: Original | None = None
    """Of a permit that is signed wet; the record ``kertas_khusus`` asks for it."""
    complaint: Complaint
    late: Late | None = None
    example: tuple[dict[str, Any], ...] = ()
    """Worked examples: {cite, input, total}; each is a test."""

    @field_validator("tariff")
    @classmethod
    def _by_day(cls, tariffs: tuple[Tariff, ...]) -> tuple[Tariff, ...]:
        return tuple(sorted(tariffs, key=lambda tariff: tariff.berlaku))

    @cached_property
    def sides(self) -> dict[bool, Daerah]:
        """Return the rules for new permits (False), and for services on one issued (True).

        Each has its own questions, documents, statements and tracks; ``di_luar_layanan``, papers,
        money and the office are of both, the numeric checks and reliefs of new permits.
        """
        return {after: self._side(after) for after in (False, True)}

    def _side(self, after: bool) -> Daerah:
        sections = {section.code for section in self.section if section.after_permit}
        parts: dict[str, Any] = {
            table: tuple(item for item in getattr(self, table) if item.after_permit == after)
            for table in ("section", "statement", "requirement")
        }
        parts["fact"] = tuple(x for x in self.fact if (x.section in sections) == after)
        parts["check"] = () if after else self.check
        parts["relief"] = () if after else self.relief
        parts["track"] = {
            code: track
            for code, track in self.track.items()
            if track.after_permit == after or code == OUTSIDE
        }
        return self.model_copy(update=parts)

    def chains(self, track: str) -> dict[str, tuple[Link, ...]]:
        """Return the chain of links by gate, the track's own stages over the default ones.

        A gate that the track lacks (its chain is missing or empty) is not among the keys.
        """
        merged = {**self.stage, **self.track[track].stage}
        return {gate: chain for gate, chain in merged.items() if chain}

    def on_move(self, track: str, move: str) -> On:
        """Return what ``move`` brings in ``track``; an empty On where the file says nothing.

        A draft that has no track yet ("") takes what stands for all tracks.
        """
        own = self.track[track].on if track else {}
        return own.get(move) or self.on.get(move) or On()

    @property
    def internal_papers(self) -> tuple[str, ...]:
        """Kinds of paper that stay in the office."""
        return tuple(code for code, paper in self.paper.items() if paper.internal)

    def signer(self, track: str, kind: str) -> str | None:
        """Return the role whose signature a paper bears in a track, None where it bears none.

        The chains tell; ``signed_by`` where they do not.
        """
        for chain in self.chains(track).values() if track else ():
            for link in chain:
                if link.act == "ttd" and kind in link.papers:
                    return link.role
        paper = self.paper.get(kind)
        return paper.signed_by if paper else None

    def writer(self, track: str, kind: str) -> str | None:
        """Return the role in whose office a paper is written: who signs it, else who issues it."""
        chains = self.chains(track).values() if track else ()
        issued = (link.role for chain in chains for link in chain if kind in link.issue)
        return self.signer(track, kind) or next(issued, None)

    def signed(self, role: str, unit: str = "") -> str:
        """Return a role's title above a signature, as somebody bears it in this unit."""
        where = self.unit.get(unit)
        names = dict(areas.kecamatan(self.region_code))
        return self.role[role].signed(names.get(where.kecamatan, "") if where else "")

    def post(self, role: str, unit: str) -> str:
        """Return what a post is called: by its kecamatan where several units have one."""
        known = self.role[role]
        return self.signed(role, unit) if len(known.units) > 1 else known.title

    def unit_of(self, role: str, kecamatan: str = "") -> Unit:
        """Return the unit in which a role acts for a plot in this kecamatan."""
        found = [self.unit[code] for code in self.role[role].units]
        own = (unit for unit in found if unit.kecamatan in ("", kecamatan))
        return next(own, found[0])

    def requirement_by_code(self, code: str) -> Requirement:
        return next(item for item in self.requirement if item.code == code)

    def blanks_of(self, requirement: Requirement) -> list[Blank]:
        """Return the forms that are given for a document."""
        return [item for item in self.blank if item.code in requirement.blanks]

    def numbered(self, kind: str) -> PaperKind:
        """Return by which pattern a kind is numbered; complaints have theirs in their own table."""
        return self.complaint.number if kind == COMPLAINT else self.paper[kind]

    def relief_by_code(self, code: str) -> Relief | None:
        return next((item for item in self.relief if item.code == code), None)

    def fact_by_code(self, code: str) -> Fact:
        return next(item for item in self.fact if item.code == code)
