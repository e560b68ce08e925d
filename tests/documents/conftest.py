import datetime
import uuid

import pytest
from django.db import transaction

from accounts.models import User
from documents import rendering, services
from imbportal.daerah import registry
from tests.documents.samples import SAMPLES
from tests.within import server  # noqa: F401  a fixture

AT = datetime.datetime(2026, 11, 16, 3, tzinfo=datetime.UTC)
"""16 November 2026, 10.00 in the west."""


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    """Keep this test's files apart from every other's."""
    default = settings.STORAGES["default"]
    options = default["OPTIONS"] | {"location": tmp_path}
    settings.STORAGES = settings.STORAGES | {"default": default | {"OPTIONS": options}}
    return tmp_path


@pytest.fixture
def rules():
    return registry.current("pamekasan")


@pytest.fixture
def made(db):
    """The head of the office."""
    return User.objects.create(name="Made Wijaya", email="made@contoh.test", nip="19700101 1995")


@pytest.fixture
def draft(rules, db):
    """Draft a paper of a kind, with its sample content unless another is given."""

    def draft(kind="krk", content=None, case=None):
        return services.draft(
            kind=kind,
            rules=rules,
            version=registry.current_version(rules.slug),
            case=case or uuid.uuid4(),
            content=content or SAMPLES[kind],
        )

    return draft


@pytest.fixture
def issue(draft, made):
    """Sign and issue a paper of a kind."""

    def issue(kind="krk", content=None, at=AT, case=None):
        paper = draft(kind, content, case)
        with transaction.atomic():
            services.sign(
                paper, user=made, act="ttd", role="kepala", capacity="Plh. Kepala Dinas", at=at
            )
            return services.issue(paper, at=at, kecamatan="35.28.04")

    return issue


@pytest.fixture
def printed(issue):
    """Issue a paper of a kind and print it."""

    def printed(kind="krk", content=None):
        return rendering.render(issue(kind, content).pk)

    return printed
