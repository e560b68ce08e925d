"""The lines on which an officer writes down whom he invites to an appointment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from applications.guests import Guest
from imbportal.indonesia import normalise_phone, telepon

FEWEST, SPARE, MOST = 3, 2, 20
"""Lines that stand there at least, that stay empty behind those in use, and at most."""
NEITHER = "Tulis surel seperti nama@contoh.id, atau nomor HP seperti 0812 3456 7890."


class GuestRow(forms.Form):
    """One person: name, capacity, how to reach him, or that he was told."""

    name = forms.CharField(label="Nama", max_length=150, required=False)
    capacity = forms.CharField(label="Kedudukan", max_length=150, required=False)
    contact = forms.CharField(label="Surel atau nomor HP", max_length=254, required=False)
    told = forms.BooleanField(label="Disampaikan langsung", required=False)

    def __init__(self, data: Any, number: int, guest: Guest | None):
        initial = vars(guest) | {"contact": telepon(guest.contact)} if guest else {}
        super().__init__(data, prefix=f"guest{number}", initial=initial, label_suffix="")
        self.number = number
        for field in self.fields.values():
            field.label = f"{field.label} undangan {number}"

    @property
    def named(self) -> bool:
        return bool(self.cleaned_data.get("name"))

    def clean_contact(self) -> str:
        text: str = self.cleaned_data["contact"]
        if not text:
            return ""
        try:
            if "@" not in text:
                return normalise_phone(text)
            validate_email(text)
        except ValidationError:
            raise ValidationError("Tulis alamat surel yang lengkap.") from None
        except ValueError:
            raise ValidationError(NEITHER) from None
        return text

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not given.get("name") and any(given.values()):
            self.add_error("name", "Tulis siapa yang diundang.")
        if given.get("name") and not (
            given.get("contact") or given.get("told") or "contact" in self.errors
        ):
            self.add_error(
                "contact", "Isi surel atau nomor HP, atau centang bila sudah disampaikan langsung."
            )
        return given

    def as_json(self) -> dict[str, Any]:
        return {key: self.cleaned_data[key] for key in ("name", "capacity", "contact", "told")}


def rows(data: Any, guests: list[Guest]) -> list[GuestRow]:
    """Return the lines of a form: one for each guest and some empty ones; as many as were sent."""
    count = max(FEWEST, len(guests) + SPARE)
    if data is not None:
        count = sum(1 for number in range(1, MOST + 1) if f"guest{number}-name" in data)
    found: list[Guest | None] = [*guests, *[None] * count]
    return [GuestRow(data, number, found[number - 1]) for number in range(1, min(count, MOST) + 1)]
