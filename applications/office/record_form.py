"""The base of all forms with which a link writes something down."""

from django import forms


class RecordForm(forms.Form):
    """Base of the records; knows the case that it is about."""

    def __init__(self, *args, case, **kwargs):
        self.case = case
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def as_json(self):
        """Return the cleaned answers as plain JSON, empty ones left out."""
        answers = {
            key: value for key, value in self.cleaned_data.items() if value not in (None, "")
        }
        return {
            key: value if isinstance(value, (bool, int, str)) else str(value)
            for key, value in answers.items()
        }


def figure(label, help_text="", most=100_000, required=True):
    """Return a field for a figure with two decimals at most; a comma is taken too."""
    return forms.DecimalField(
        label=label, help_text=help_text, min_value=0, max_value=most, decimal_places=2,
        required=required, localize=True,
    )  # fmt: skip
