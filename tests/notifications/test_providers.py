"""Mail servers and gateways that refuse, fail, hang and die, under real workers."""

import time

import pytest

from tests.notifications.figures import write
from tests.notifications.gateway import Gateway
from tests.notifications.postbox import Postbox
from tests.notifications.processes import CELERY_PANJANG, PATIENCE, WISH, celery_panjang, wait

NOBODY = "http://127.0.0.1:9/kirim"
MOODS = (("451", "500"), ("554", "429"), ("drop", "drop"))
"""Of the mail server and of the gateway at a time."""
HANG, SOON = 30, 8
"""Seconds: who hangs is given up after ten, whom he does not delay is done before, even where the
machine is busy with other tests."""
TO_ANA = """
from accounts.models import User
ana = User.objects.create(name="Ana", email="ana@contoh.test")
with transaction.atomic():
    outbox.send(template="akun_ada", key="ana", user=ana, channels=[("email", ana.email)],
                context={})
"""


@pytest.fixture
def portal(start):
    with Gateway() as gateway, Postbox() as postbox:
        yield start(gateway=gateway, postbox=postbox)


def tried(portal, times):
    """Let a pause end; return whether every open job was then tried so often."""
    portal.let_time_pass()
    opened = "FROM notifications_job WHERE status <> 'selesai' AND kind = 'kirim_pesan'"

    def rested():
        least = portal.sql(f"SELECT MIN(attempts) {opened}")[0][0]
        return least == times and "dikerjakan" not in portal.jobs()

    return wait(rested, 120)


def pauses(portal):
    """Return how many different times the next tries have."""
    return portal.sql("SELECT COUNT(DISTINCT due_at) FROM notifications_job")[0][0]


@celery_panjang(8, 40)
def test_no_fault_of_a_provider_loses_a_message(portal, count):
    moods = MOODS if count == 8 else (*MOODS, ("hang", "hang"))
    portal.fill(count, ways=("sms", "email"))
    portal.beat()
    portal.postbox.close()
    worker = portal.worker(SMS_GATEWAY=NOBODY)
    assert tried(portal, 1) and pauses(portal) > count / 2  # jitter: not all at once again
    portal.kill(worker)
    portal.postbox.open()
    portal.worker()
    for times, (portal.postbox.mood, portal.gateway.mood) in enumerate(moods, 2):
        assert tried(portal, times)
    portal.postbox.mood = portal.gateway.mood = "ok"
    portal.let_time_pass()
    assert wait(lambda: portal.jobs() == {"selesai": count}, PATIENCE)
    people = [sms["to"] for sms in portal.gateway.delivered.values()] + portal.postbox.addresses()
    calls = len(portal.gateway.calls) + len(portal.postbox.calls)
    write(
        "providers", worker="celery" if portal.redis else "pekerja", count=count, calls=calls,
        faults=["refused", *moods], delivered=len(set(people)), doubles=len(people) - count,
    )  # fmt: skip
    assert len(people) == len(set(people)) == count


def others_wait(portal, count, *options):
    """Return the seconds from the first call until all but the slow address have theirs."""
    portal.gateway.hang, portal.gateway.slow = HANG, {"+6281200000000"}
    portal.environment["JOBS_LEASE"] = "60"  # with a short one the talk would be cut early
    portal.fill(count)
    portal.beat()
    portal.worker(*options)
    assert wait(lambda: portal.gateway.calls, PATIENCE)
    begin = time.monotonic()
    assert wait(lambda: portal.jobs().get("selesai") == count - 1, PATIENCE)
    return round(time.monotonic() - begin, 1)


@CELERY_PANJANG
def test_an_address_that_hangs_delays_no_other(portal):
    seconds = others_wait(portal, 40)
    write("bad-address", worker="celery" if portal.redis else "pekerja", count=40, seconds=seconds)
    assert seconds < SOON


@pytest.mark.parametrize("start", ["pekerja"], indirect=True)
def test_a_single_thread_would_wait_for_it(portal):
    assert others_wait(portal, 5, "--threads", "1") > SOON


def mail_waits(portal, **environment):
    """Let the gateway hang for everybody; return the seconds until every e-mail is out."""
    portal.environment |= {"JOBS_LEASE": "60"} | environment
    portal.gateway.mood, portal.gateway.hang = "hang", HANG
    portal.fill(24, ways=("sms", "sms", "sms", "email"))
    portal.beat()
    portal.worker()
    assert wait(lambda: portal.gateway.calls, PATIENCE)
    begin = time.monotonic()
    assert wait(lambda: len(portal.postbox.delivered) == 6, PATIENCE)
    return round(time.monotonic() - begin, 1)


@CELERY_PANJANG
def test_a_gateway_that_hangs_for_all_delays_no_mail(portal):
    seconds = mail_waits(portal)
    worker = "celery" if portal.redis else "pekerja"
    write("gateway-hangs", worker=worker, count=24, seconds=seconds)
    assert seconds < SOON


@pytest.mark.parametrize("start", ["pekerja"], indirect=True)
def test_without_lanes_the_mail_would_wait_for_it(portal):
    assert mail_waits(portal, JOBS_LANES="0") > SOON


@CELERY_PANJANG
def test_after_the_last_try_it_is_given_up_and_told(portal):
    portal.postbox.mood = "451"
    portal.shell(WISH + TO_ANA)
    portal.sql("UPDATE notifications_job SET attempts = 47 WHERE kind = 'kirim_pesan'")
    portal.beat()
    portal.worker()
    assert wait(lambda: portal.jobs() == {"gagal": 1}, PATIENCE)
    told = portal.sql("SELECT channel, template FROM notifications_message ORDER BY created_at")
    assert told[-1] == ("kotak", "tidak_sampai")
    assert portal.sql("SELECT attempts FROM notifications_job WHERE status = 'gagal'") == [(48,)]
