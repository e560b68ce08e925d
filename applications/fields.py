"""Form fields that take numbers and answers as Indonesians write them."""

import re

from django import forms

from imbportal.indonesia import angka

GROUPED = re.compile(r"^-?\d{1,3}(\.\d{3})+$")


def plain_number(text):
    """Return ``1.234,5`` as ``1234.5``; a single point that groups no thousands is a decimal."""
    text = str(text).strip().replace(" ", "")
    if "," in text or GROUPED.match(text):
        return text.replace(".", "").replace(",", ".")
    return text


class Written:
    """A number that is read and shown with points for thousands and a decimal comma."""

    def to_python(self, value):
        return super().to_python(value if value in self.empty_values else plain_number(value))

    def prepare_value(self, value):
        return value if value in self.empty_values or isinstance(value, str) else angka(value)


class NumberField(Written, forms.DecimalField):
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    default_error_messages = {"invalid": "Tulis dengan angka, misalnya 120,5."}

    def widget_attrs(self, widget):
        return {}


class WholeField(Written, forms.IntegerField):
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    default_error_messages = {"invalid": "Tulis dengan angka bulat, misalnya 2."}

    def widget_attrs(self, widget):
        return {}


class YesNoField(forms.TypedChoiceField):
    """Ya or tidak; None while neither is chosen."""

    widget = forms.RadioSelect

    def __init__(self, **options):
        choices = [("ya", "Ya"), ("tidak", "Tidak")]
        super().__init__(
            choices=choices, coerce=lambda value: value == "ya", empty_value=None, **options
        )

    def prepare_value(self, value):
        return {True: "ya", False: "tidak"}.get(value, value)


def day(label=None, **options):
    """Return a field for a date, with the browser's calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)
