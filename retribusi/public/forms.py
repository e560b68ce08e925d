"""What the check of a bill asks for: daerah, number, amount."""

from django import forms

from imbportal.daerah import registry
from imbportal.indonesia import TERBILANG_LIMIT
from retribusi.fields import RupiahField

NUMBER_LENGTH = 120


class BillForm(forms.Form):
    """Number and amount as they stand on the bill."""

    daerah = forms.ChoiceField(label="Daerah")
    number = forms.CharField(
        label="Nomor SKRD",
        max_length=NUMBER_LENGTH,
        help_text="Seperti tertulis di bawah judul. Spasi dan huruf besar tidak berpengaruh.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Tulis nomor SKRD."},
    )
    amount = RupiahField(
        label="Jumlah (Rp)",
        min_value=0,
        max_value=TERBILANG_LIMIT - 1,
        help_text="Jumlah yang harus dibayar, misalnya 1.392.000; pada SKRD nihil tulis 0.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"label_suffix": ""} | kwargs)
        listed = registry.listed()
        self.fields["daerah"].choices = [(rules.slug, rules.name) for rules in listed]
        self.fields["amount"].error_messages["required"] = "Tulis jumlahnya."
        if len(listed) < 2:
            self.only = next((rules.slug for rules in listed), "")
            del self.fields["daerah"]

    @property
    def where(self) -> str:
        """Return the daerah that was chosen, or the only one that there is."""
        return self.cleaned_data.get("daerah") or self.only
