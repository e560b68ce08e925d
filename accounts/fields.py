"""Form fields for what identifies a person."""

import re

from django import forms

from imbportal import nik
from imbportal.indonesia import normalise_phone


class PhoneField(forms.CharField):
    """An Indonesian mobile number in any usual spelling; cleaned to E.164."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"})

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", "Contoh: 0812 3456 7890.")
        super().__init__(**kwargs)

    def clean(self, value):
        value = super().clean(value)
        return _checked(normalise_phone, value) if value else ""


class NikField(forms.CharField):
    """A NIK whose structure is sound; cleaned to sixteen digits."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def clean(self, value):
        value = super().clean(value)
        if value:
            _checked(nik.parse, value)
        return nik.clean(value)


class DigitsField(forms.CharField):
    """A number of one of the given lengths; points, dashes and spaces are let pass."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, *, lengths, message, **kwargs):
        self.lengths, self.message = lengths, message
        super().__init__(**kwargs)

    def clean(self, value):
        digits = re.sub(r"[\s.\-]", "", super().clean(value))
        if digits and not (re.fullmatch(r"[0-9]+", digits) and len(digits) in self.lengths):
            raise forms.ValidationError(self.message)
        return digits


def _checked(function, value):
    """Return what a checking function gives, its ValueError as the form's own."""
    try:
        return function(value)
    except ValueError as error:
        raise forms.ValidationError(str(error)) from error
