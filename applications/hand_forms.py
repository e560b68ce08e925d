"""Forms that an applicant signs by hand: blank for everybody, filled in from his case for him."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from accounts import identity
from applications import clock, facts, parents, slot_codes
from applications.models import Application
from applications.paper_parts import label_of, letterhead, location
from documents.hand_forms import Grid, HandForm, Line, Part, Signer
from imbportal.daerah import conditions
from imbportal.daerah.blanks import PLACE, Blank, BlankPart, BlankTable
from imbportal.daerah.schema import Daerah, Fact, Requirement
from imbportal.daerah.vocabulary import AREA_FACTS
from imbportal.indonesia import tanggal

GAP = "\0"
"""Stands for a line to write on."""
YES_NO = (("Ya", True), ("Tidak", False))
SAMPLE = "Contoh: susunan kata ini belum dikonfirmasi daerah."


def blank(rules: Daerah, form: Blank) -> HandForm:
    """Return a form with nothing filled in."""
    return _made(rules, form, {}, _of_office(rules))


def filled(application: Application, requirement: Requirement, form: Blank, by: Any) -> HandForm:
    """Return a form of a case for whoever acts for its applicant, with the QR code of its slot.

    An officer's look at a NIK is recorded; where ``by`` may not see one, a line stands there.
    """
    rules, values, today = application.rules, facts.of(application), clock.today(application)
    words = _of_office(rules) | _of_answers(rules, values) | _of_case(application)
    words |= _of_people(application, by)
    made = _made(rules, form, values, {key: text for key, text in words.items() if text})
    number = f"nomor {application.number}" if application.number else "belum bernomor"
    until = tanggal(slot_codes.last_day(today))
    purpose = f"Dokumen: {requirement.label}. Permohonan {number}. Kode QR berlaku sampai {until}."
    return replace(
        made,
        code=slot_codes.write(application.pk, requirement.code, today),
        purpose=purpose,
    )


def _made(
    rules: Daerah, form: Blank, values: Mapping[str, Any], words: Mapping[str, str]
) -> HandForm:
    parts = [_part(part, values, words) for part in form.parts]
    answers = [_answers(rules, code, values) for code in form.sections]
    if answers:
        answers += _statements(rules)
    return HandForm(
        letterhead=letterhead(rules),
        title=form.title,
        parts=(*parts[:1], *answers, *parts[1:]) if answers else tuple(parts),
        signers=tuple(
            Signer(title=s.title, name=_plain(s.name, words), stamp=s.stamp) for s in form.hands
        ),
        witnesses=form.witnesses,
        acknowledged=form.acknowledged,
        basis=form.basis,
        sample_note=(form.note or SAMPLE) if form.contoh else "",
    )


# -- What the portal knows ------------------------------------------------------------------
def _of_office(rules: Daerah) -> dict[str, str]:
    service = rules.service
    return {
        "permit": service.permit,
        "permit_long": service.permit_long,
        "office": rules.office.name,
        "place": rules.office.place,
    }


def _of_answers(rules: Daerah, values: Mapping[str, Any]) -> dict[str, str]:
    return {fact.code: label_of(rules, fact.code, values.get(fact.code)) for fact in rules.fact}


def _of_case(application: Application) -> dict[str, str]:
    parent = parents.of(application)
    return {
        "location": location(application),
        "number": application.number or "",
        "older_permit": str(parent) if parent else "",
    }


def _of_people(application: Application, by: Any) -> dict[str, str]:
    mine = getattr(application.applicant, "identity", None)
    owner, agent = application.holder or mine, mine if application.mandate_id else None
    return {
        **_person("owner", owner, application, by),
        **_person("agent", agent, application, by),
        "owner_entity": owner.name if owner and owner.in_charge else "",
        "owner_position": owner.position if owner else "",
    }


def _person(role: str, person: Any, application: Application, by: Any) -> dict[str, str]:
    if person is None:
        return {}
    return {
        f"{role}_name": person.in_charge or person.name,
        f"{role}_nik": _nik(person, application, by),
        f"{role}_address": person.address,
    }


def _nik(person: Any, application: Application, by: Any) -> str:
    if identity.owned(by, person):
        return person.nik or ""
    if person.nik and identity.may_see(by, person, application.pk):
        return identity.full_nik(by, person, application.pk)
    return ""


# -- Words and boxes ------------------------------------------------------------------------
def _pieces(text: str, words: Mapping[str, str]) -> tuple[str, ...]:
    """Return a text in pieces; between two of them is a line to write on."""
    return tuple(PLACE.sub(lambda found: words.get(found[1]) or GAP, text).split(GAP))


def _plain(text: str, words: Mapping[str, str]) -> str:
    """Return a text of which all is known, else nothing: one writes it by hand."""
    pieces = _pieces(text, words)
    return pieces[0] if len(pieces) == 1 else ""


def _part(part: BlankPart, values: Mapping[str, Any], words: Mapping[str, str]) -> Part:
    return Part(
        text=_pieces(part.text, words),
        lines=tuple(
            Line(label=line.label, value=_plain(line.value, words), lines=line.lines)
            for line in part.lines
        ),
        ticks=tuple(
            (_pieces(tick.text, words), bool(tick.when) and _holds(tick.when, values))
            for tick in part.ticks
        ),
        items=tuple(_pieces(item, words) for item in part.items),
        grid=_grid(part.table) if part.table else None,
    )


def _holds(when: Any, values: Mapping[str, Any]) -> bool:
    return conditions.holds(when, values) is True


def _grid(table: BlankTable) -> Grid:
    widths = table.widths or (0,) * len(table.head)
    rest = ("",) * (len(table.head) - 1)
    first = (*table.first, *("",) * (table.rows - len(table.first)))
    return Grid(
        head=tuple(zip(table.head, widths, strict=True)),
        rows=tuple((cell, *rest) for cell in first),
    )


def _answers(rules: Daerah, code: str, values: Mapping[str, Any]) -> Part:
    """Return the questions of one section, with their answers where a case is given."""
    section = next((item for item in rules.section if item.code == code), None)
    asked = [fact for fact in rules.fact if fact.section == code]
    if values:
        asked = [f for f in asked if conditions.holds(f.when or {}, values) is not False]
    return Part(
        title=section.title if section else "",
        lines=tuple(_question(rules, fact, values.get(fact.code)) for fact in asked),
    )


def _statements(rules: Daerah) -> list[Part]:
    """Return what an applicant for a new permit declares, where he declares anything."""
    said = [s.text for s in rules.statement if s.move == "submit" and not s.after_permit]
    items = tuple((text,) for text in said)
    return [Part(title="Pernyataan pemohon", items=items)] if items else []


def _question(rules: Daerah, fact: Fact, value: Any) -> Line:
    unit = f" ({fact.unit})" if fact.unit and fact.unit not in fact.label.lower().split() else ""
    label = f"{fact.label}{unit}"
    if offered := tuple(_offered(fact)):
        choices = tuple((text, value is not None and value == own) for text, own in offered)
        return Line(label=label, choices=choices)
    return Line(label=label, value=re.sub(r"\s+", " ", label_of(rules, fact.code, value)))


def _offered(fact: Fact) -> Iterator[tuple[str, Any]]:
    """Yield what may be ticked: the words and the answer; nothing where one writes."""
    if fact.type == "boolean":
        yield from YES_NO
    elif fact.type == "choice" and fact.code not in AREA_FACTS:
        yield from ((choice.label, choice.value) for choice in fact.choices)
