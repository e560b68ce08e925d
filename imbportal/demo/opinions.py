"""What the applicants of the quarter before this one thought of the service."""

from __future__ import annotations

from feedback.models import SurveyAnswer
from feedback.survey import answers, results
from feedback.survey.questions import QUESTIONS
from imbportal.daerah import registry

OPINIONS = (
    ((4, 3, 3, 3, 4, 3, 4, 3, 3), "Petugasnya ramah dan mau menjelaskan satu per satu."),
    ((3, 3, 2, 4, 3, 3, 3, 3, 3), "Penilaian teknis sebaiknya lebih cepat."),
    ((4, 4, 3, 4, 4, 4, 4, 3, 4), ""),
    ((3, 2, 3, 3, 3, 3, 4, 2, 3), "Ukuran berkas yang boleh diunggah mohon ditulis lebih besar."),
    ((4, 3, 4, 4, 4, 3, 4, 4, 3), "Bisa diurus dari rumah, sangat membantu."),
    ((3, 3, 2, 3, 3, 2, 3, 2, 2), ""),
    ((2, 3, 3, 2, 3, 3, 3, 3, 3), "Perhitungan retribusi mohon dijelaskan di loket juga."),
)


def give(case) -> None:
    """Answer the survey of a case with the next opinion of its daerah."""
    place = SurveyAnswer.objects.filter(daerah=case.daerah).count()
    place += registry.slugs().index(case.daerah)
    scores, remark = OPINIONS[place % len(OPINIONS)]
    named = {question.field: value for question, value in zip(QUESTIONS, scores, strict=True)}
    answers.give(case.survey_invitation, named, remark)


def close(slug: str) -> None:
    """Close the quarters that are over."""
    for quarter in results.unclosed(slug):
        results.close(slug, quarter)
