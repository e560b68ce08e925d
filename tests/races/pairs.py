"""Two processes, each with its own connection, press on the same case at the same moment."""

import re
from collections import Counter
from contextlib import ExitStack, contextmanager
from unittest import mock

from abreast import side_by_side, together
from django.contrib.auth import get_user_model
from django.core.signing import Signer
from django.db import connection
from django.db.models import F, QuerySet
from django.test import Client

from accounts import walk_ins
from accounts.models import WalkIn
from applications import casework, drafts, services, takeover
from applications.models import Act, Application, Event
from applications.querysets import ApplicationQuerySet
from applications.refusals import Conflict, NotVisible
from applications.sanctions import deciding
from applications.views import applicant
from documents.models import PaperSignature
from feedback.complaints import door as complaints
from feedback.models import ComplaintEvent
from feedback.models.complaint import ComplaintQuerySet
from retribusi import acts, payments, relief, relief_decision
from retribusi.arrears import strd
from retribusi.arrears.owed import of_bill
from retribusi.models import Relief, Skrd, Strd

LOCKED = tuple((module, "locked") for module in (services, casework, payments, relief))
FASTER = re.compile(r"baru saja diubah oleh (?P<who>[^()]+) \((?P<what>[^()]+)\)")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def race(fights, guarded=True, pairs=1):
    """Return, for each bout, what the two hands were told; ``pairs`` of hands work side by side."""
    told = side_by_side(_hand, [
        (n, fights[pair::pairs], guarded, barrier)
        for pair in range(pairs)
        for barrier in [together()]
        for n in (0, 1)
    ])  # fmt: skip
    heard = [zip(*told[2 * pair : 2 * pair + 2], strict=True) for pair in range(pairs)]
    return [next(heard[n % pairs]) for n in range(len(fights))]


def _hand(number, fights, guarded, barrier):
    client, told = Client(raise_request_exception=False), []
    stale = {bout.case.pk: bout.case for bout in fights if bout.case}
    with ExitStack() as stack:
        if not guarded:
            stack.enter_context(guards_off(stale))
        for bout in fights:
            press = _post if bout.url else _perform
            ready = _ready(bout, client, number)
            barrier.wait()
            told.append(press(bout, number, ready))
    return told


def _ready(bout, client, number):
    """Return what the hand holds when the button is pressed: a user, or a filled-in page."""
    if not bout.url:
        return {user.pk: get_user_model().objects.get(pk=user.pk) for user in bout.hands}
    if client.session.get("_auth_user_id") != str(bout.hands[number].pk):
        client.force_login(bout.hands[number], backend=BACKEND)
    return client, bout.form | ({"file": bout.file()} if bout.file else {})


def _perform(bout, number, users):
    by = users[bout.hands[number].pk]
    try:
        services.perform(bout.move, bout.case, by=by, version=bout.version)
    except Conflict as refusal:
        return f"409 {refusal.text}"
    except Exception as error:
        return f"500 {type(error).__name__}: {error}"[:200]
    return "won"


def _post(bout, number, ready):
    client, form = ready
    answer = client.post(bout.url, form)
    if answer.status_code == 302:
        return "won"
    context = answer.context or {}
    return f"{answer.status_code} {context.get('text', '')}"[:300]


# -- Judging --------------------------------------------------------------------------------
def judge(fights, told):
    """Count what went as it must, and each kind of violation."""
    found, samples, kinds = Counter(winners=0, doubles=0, rude=0, locked=0), Counter(), Counter()
    for bout, answers in zip(fights, told, strict=True):
        made = bout.made()
        losers = [answer for answer in answers if answer != "won"]
        right = made == 1 and len(losers) == (0 if bout.calm else 1)
        rude = any(not _told_politely(bout, answer) for answer in losers)
        found["winners"] += right
        found["doubles"] += made > 1 or (not losers and not bout.calm)
        found["rude"] += rude
        found["locked"] += any("locked" in answer for answer in losers)
        kinds[bout.kind] += rude or not right
        samples.update(re.sub(r"[0-9a-f]{8}-[0-9a-f-]+", "…", answer) for answer in losers)
    told_to_losers = dict(samples.most_common(6))
    return {
        "violations": kinds.total(), **found, "by_kind": dict(kinds), "losers_told": told_to_losers,
    }  # fmt: skip


def _told_politely(bout, answer):
    """Say whether a loser read who did what; an applicant's second click, that it is done."""
    if bout.kind == "claimed":  # as if number, code or NIK were wrong
        return answer.startswith("422 ")
    if not answer.startswith("409 "):
        return False
    faster = FASTER.search(answer)
    if bout.url and bout.hands[0] == bout.hands[1]:
        return "Langkah Anda sudah tercatat" in answer or "tahap" in answer
    names = {str(user) for user in bout.hands}
    return bool(faster) and faster["who"].split(", ")[0] in names


# -- Negative control -----------------------------------------------------------------------
@contextmanager
def guards_off(stale):
    """Switch off what keeps two hands apart, as a portal without these thoughts would be.

    No page's version is looked at. PostgreSQL: nobody locks the case. SQLite begins every
    transaction IMMEDIATE, which no code can leave out by mistake, so there the fault is the other
    classic: to decide by the case as it was loaded before the transaction.
    """
    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(services, "check_version", lambda *page: None))
        stack.enter_context(mock.patch.object(complaints, "check_version", lambda *page: None))
        stack.enter_context(mock.patch.object(casework, "_there_already", lambda *file: None))
        stack.enter_context(mock.patch.object(casework, "create", _without_key(casework.create)))
        stack.enter_context(mock.patch.object(takeover, "find", _loaded_before(stale)))
        stack.enter_context(mock.patch.object(walk_ins, "held", _rows_loaded_before()))
        stack.enter_context(mock.patch.object(casework, "_said_already", lambda *said: False))
        stack.enter_context(mock.patch.object(casework, "bump", _counting))
        stack.enter_context(mock.patch.object(drafts, "locked", _in_truth))
        stack.enter_context(mock.patch.object(applicant, "SEALS", Signer(salt="lain")))
        for module in (relief, relief_decision):
            stack.enter_context(mock.patch.object(module, "check_version", lambda *page: None))
        stack.enter_context(mock.patch.object(relief, "hindrance", lambda case, rule: ""))
        stack.enter_context(mock.patch.object(acts, "held", _request_as_it_came))
        stack.enter_context(mock.patch.object(strd, "check_version", lambda *page: None))
        stack.enter_context(mock.patch.object(strd, "held", _owed_as_it_was(stale)))
        stack.enter_context(mock.patch.object(deciding, "check_version", lambda *page: None))
        stack.enter_context(mock.patch.object(deciding, "hindrance", lambda *paper: ""))
        if connection.vendor == "postgresql":
            unlocked = mock.patch.object(
                ApplicationQuerySet, "select_for_update", lambda self, **_: self
            )
            stack.enter_context(unlocked)
            rows = mock.patch.object(ComplaintQuerySet, "select_for_update", lambda self, **_: self)
            stack.enter_context(rows)
        else:
            for module, lock in (*LOCKED, (complaints, "_locked")):
                loaded = mock.patch.object(module, lock, lambda pk, by: _copy(stale[pk]))
                stack.enter_context(loaded)
        yield


def _request_as_it_came(asked, by):
    """Decide on a request as the page had loaded it, before the transaction."""
    return asked.application, asked


def _owed_as_it_was(stale):
    """Judge a late bill by what it owed before the race."""
    cases = [case for case in stale.values() if case.state == "AWAITING_PAYMENT"]
    before = {bill.pk: of_bill(bill) for case in cases for bill in case.bills.all()}
    return lambda bill, by: (bill.application, before[bill.pk])


def _counting(case):
    """Count a change in the database itself, so that none hides behind a case loaded before."""
    columns = [f.attname for f in case._meta.concrete_fields if not f.generated]
    case.save(update_fields=[c for c in columns if c not in ("id", "version")])
    Application.objects.filter(pk=case.pk).update(version=F("version") + 1)
    return case


def _in_truth(pk, by):
    """Lock a draft as ever: the second click comes when it is gone, but its seal is not known."""
    case = QuerySet.select_for_update(Application.objects.filter(pk=pk)).first()
    if case is None:
        raise NotVisible()
    return case


def _without_key(create):
    return lambda user, slug, *, mandate=None, key=None: create(user, slug, mandate=mandate)


def _loaded_before(stale):
    """Find a case to claim as it was before the race, on both databases."""
    return lambda number, secret: _copy(next(c for c in stale.values() if c.number == number))


def _rows_loaded_before():
    rows = {row.user_id: row for row in WalkIn.objects.select_related("user__identity")}
    return lambda user: rows[user.pk]


def _copy(case):
    return type(case).from_db("default", *zip(*_columns(case), strict=True))


def _columns(case):
    return [(field.attname, getattr(case, field.attname)) for field in case._meta.concrete_fields]


def _free_codes():
    """Let two bills have one payment code; SQLite gives the second one another anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "ALTER TABLE retribusi_skrd DROP CONSTRAINT retribusi_skrd_payment_code_key"
            )


def drop_constraints():
    """Take away the unique constraints that would still catch what the lock let through."""
    _free_codes()
    models = (Act, Event, Skrd, Strd, Relief, ComplaintEvent, PaperSignature)
    by_name = {c.name: (m, c) for m in models for c in m._meta.constraints}
    with connection.schema_editor() as editor:
        for name in ("one_standing_act", "one_event_per_seq", "one_open_bill", "one_open_relief",
                     "one_complaint_event_per_seq", "one_open_strd",
                     "one_standing_signature"):  # fmt: skip
            editor.remove_constraint(*by_name[name])
