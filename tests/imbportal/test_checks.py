import os
import subprocess
import sys

import pytest
from django.conf import settings

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


def test_an_unsafe_installation_does_not_start_and_says_why():
    done = start(SECRET_KEY="pendek", SITE_URL="http://izin.example.go.id")
    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr.splitlines()[-1]
    assert "SITE_URL" in done.stderr.splitlines()[-1]


@pytest.fixture
def production(settings, monkeypatch):
    """The settings of a safe installation."""
    settings.SECRET_KEY, settings.SALT_KEY = SAFE["SECRET_KEY"], SAFE["FIELD_KEY"]
    settings.DEMO = settings.DEBUG = False
    settings.SECURE = True
    use(monkeypatch, "postgresql")
    settings.ALLOWED_HOSTS, settings.SITE_URL = [SAFE["ALLOWED_HOSTS"]], SAFE["SITE_URL"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.SMS_GATEWAY = SAFE["SMS_GATEWAY"]
    return settings


def use(monkeypatch, backend):
    database = settings.DATABASES["default"]
    monkeypatch.setitem(database, "ENGINE", f"django.db.backends.{backend}")


def test_sqlite_is_a_fault(production, monkeypatch):
    use(monkeypatch, "sqlite3")
    assert "sqlite" in dict(checks.production_faults())


def test_a_safe_production_has_no_fault(production):
    assert list(checks.production_faults()) == []


@pytest.mark.parametrize(
    "name, value, code",
    [
        ("SECRET_KEY", "pendek", "key"),
        ("SECRET_KEY", settings.INSECURE_KEY, "key"),
        ("SALT_KEY", SAFE["SECRET_KEY"], "field_key"),
        ("SALT_KEY", "", "field_key"),
        ("DEBUG", True, "debug"),
        ("DEMO", True, "demo"),
        ("ALLOWED_HOSTS", ["*"], "hosts"),
        ("ALLOWED_HOSTS", [".go.id"], "hosts"),
        ("ALLOWED_HOSTS", ["127.0.0.1", "testserver"], "hosts"),
        ("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend", "mail"),
        ("SMS_GATEWAY", "", "sms"),
        ("SITE_URL", "http://izin.example.go.id", "site"),
        ("SECURE", False, "https"),
    ],
)
def test_each_unsafe_setting_is_a_fault(production, name, value, code):
    setattr(production, name, value)
    assert [found for found, _ in checks.production_faults()] == [code]


def test_only_one_distribution_ships_django_fsm_and_psycopg_3_is_absent():
    assert checks.distributions_do_not_clash(None) == []


def test_a_second_django_fsm_is_noticed(monkeypatch):
    monkeypatch.setattr(checks, "shippers_of_django_fsm", lambda: ["django-fsm", "django-fsm-2"])
    assert [fault.id for fault in checks.distributions_do_not_clash(None)] == ["portal.paket.fsm"]
