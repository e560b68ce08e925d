"""Two pages of one case at a time: what each holds, side by side."""

import json

from applications import facts
from imbportal.crypto import lookup

CONFLICT = 409


def stamp(application, section):
    """Return a mark of a section's stored answers: its page carries it, and changes with them."""
    values = facts.of(application)
    asked = [fact.code for fact in application.rules.fact if fact.section == section.code]
    return lookup(json.dumps([str(values.get(code)) for code in asked]))[:16]


def differences(stored, bound):
    """Return (question, stored, typed) of what differs between a fresh and a posted form."""
    return [
        (field.label, _words(stored[field.name]), _words(field))
        for field in bound.visible_fields()
        if field.name in stored.fields and _value(stored[field.name]) != _value(field)
    ]


def _value(field):
    value = field.value()
    return "" if value is None else str(value)


def _words(field):
    """Return an answer as its form shows it."""
    choices = dict(getattr(field.field, "choices", ()))
    value = _value(field)
    return str(choices.get(value, value)) if value else "(kosong)"
