"""Two browsers send the same questionnaire at the same moment, by two connections."""

import datetime
import time
from contextlib import ExitStack
from unittest import mock

from abreast import side_by_side, together
from django.db import transaction
from django.test import Client

from applications.models import Application
from feedback.models import SurveyAnswer, SurveyInvitation
from feedback.survey import answers
from feedback.survey.questions import QUESTIONS
from imbportal.daerah import calendar
from imbportal.demo import people

PAUSE = 0.1
DAY = datetime.timedelta(days=1)
FORM = {question.field: 3 for question in QUESTIONS}


def figures(count, control):
    with transaction.atomic():
        first, second = ([_asked() for _ in range(number)] for number in (count, control))
    begin = time.monotonic()
    held = _race(first, guarded=True)
    seconds = round(time.monotonic() - begin, 2)
    return {
        "count": count, "seconds": seconds, **held, "locked": 0,
        "control": {"count": control, **_race(second, guarded=False)},
    }  # fmt: skip


def _asked():
    day = calendar.today("contoh")
    case = Application.objects.create(daerah="contoh", applicant=people.applicant("budi"))
    row = SurveyInvitation.objects.create(application=case, invited_on=day, open_until=day + DAY)
    return f"/survei/{row.token}/"


def _race(urls, guarded):
    """Count the answers that are more, or fewer, than the questionnaires, and odd replies."""
    before = SurveyAnswer.objects.count()
    statuses = side_by_side(_hand, [(urls, guarded, together())] * 2)
    written = SurveyAnswer.objects.count() - before
    odd = sum(status not in (200, 302) for status in sum(statuses, []))
    return {"violations": abs(written - len(urls)) + odd, "doubles": max(0, written - len(urls)),
            "winners": min(written, len(urls))}  # fmt: skip


def _hand(urls, guarded, barrier):
    client, statuses = Client(), []
    with ExitStack() as stack:
        if not guarded:
            stack.enter_context(mock.patch.object(answers, "_spend", _spend_nothing))
        for url in urls:
            barrier.wait()
            statuses.append(client.post(url, FORM).status_code)
    return statuses


def _spend_nothing(invitation):
    time.sleep(PAUSE)  # the other has looked at the invitation meanwhile
    return True
