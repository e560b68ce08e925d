"""The questionnaire: nine questions that all want an answer, and room for a remark."""

from django import forms

from feedback.survey.questions import QUESTIONS

REMARK = 1000
"""Characters of a remark."""


class SurveyForm(forms.Form):
    remark = forms.CharField(
        label="Saran untuk kami (boleh kosong)",
        required=False,
        max_length=REMARK,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Jangan menulis nama, nomor permohonan, atau nomor HP: saran dibaca tanpa nama.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        questions = {
            question.field: forms.TypedChoiceField(
                label=question.text,
                help_text=question.hint,
                choices=list(enumerate(question.answers, start=1)),
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": "Pilih satu jawaban."},
            )
            for question in QUESTIONS
        }
        self.fields = questions | self.fields

    @property
    def questions(self):
        """Return the fields of the nine questions."""
        return [self[question.field] for question in QUESTIONS]

    @property
    def scores(self) -> dict[str, int]:
        return {question.field: self.cleaned_data[question.field] for question in QUESTIONS}
