import os
import subprocess
import sys

import pytest

from imbportal import checks

SAFE = {
    "SECRET_KEY": "a" * 60,
    "FIELD_KEY": "b" * 60,
    "DATABASE_URL": "postgres://portal:x@127.0.0.1:1/portal",
    "ALLOWED_HOSTS": "izin.example.go.id",
    "SITE_URL": "https://izin.example.go.id",
    "SMS_GATEWAY": "https://sms.example.go.id/",
}


def start(**changes):
    """Load the web application as gunicorn does, with only these settings."""
    env = {"PATH": os.environ["PATH"], **SAFE, **changes}
    return subprocess.run(
        [sys.executable, "-c", "import imbportal.wsgi"], env=env, capture_output=True, text=True
    )


def test_a_safe_installation_starts():
    done = start()
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "change, word",
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "pendek"}, "SECRET_KEY"),
        ({"FIELD_KEY": SAFE["SECRET_KEY"]}, "FIELD_KEY"),
        ({"DATABASE_URL": "sqlite:////tmp/x.sqlite3"}, "PostgreSQL"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": ".go.id"}, "ALLOWED_HOSTS"),
        ({"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}, "EMAIL_BACKEND"),
        ({"SITE_URL": "http://izin.example.go.id"}, "SITE_URL"),
        ({"SMS_GATEWAY": ""}, "SMS_GATEWAY"),
        ({"HTTPS": "0"}, "HTTPS"),
    ],
)
def test_an_unsafe_setting_stops_the_start(change, word):
    done = start(**change)
    assert done.returncode != 0
    assert word in done.stderr.splitlines()[-1]


@pytest.mark.parametrize("name", ["DEMO", "DEBUG"])
def test_demo_and_debug_count_as_faults_of_a_production(settings, name):
    setattr(settings, name, True)
    assert name.lower() in dict(checks.production_faults())


def test_only_one_distribution_ships_django_fsm_and_psycopg_3_is_absent():
    assert checks.distributions_do_not_clash(None) == []


def test_a_second_django_fsm_is_noticed(monkeypatch):
    monkeypatch.setattr(checks, "shippers_of_django_fsm", lambda: ["django-fsm", "django-fsm-2"])
    assert [fault.id for fault in checks.distributions_do_not_clash(None)] == ["portal.paket.fsm"]
