"""Where the walk finds PostgreSQL and Redis: ``script/test`` starts them and says where."""

import os
import secrets
from urllib.parse import urlparse

import psycopg2
import pytest
import tables

pytest.register_assert_rewrite(
    "applicant", "cast", "chart", "depok", "family", "kepanjen", "mayangan", "officer", "outcome",
    "person", "procedure", "reader",
)  # fmt: skip


@pytest.fixture
def own_services():
    """Return the environment of a portal on a database of its own, with Redis."""
    url, redis = os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")
    if not (url.startswith("postgres") and redis):
        pytest.fail("DATABASE_URL and REDIS_URL must name running services: use script/test")
    name = f"walk_{secrets.token_hex(4)}"
    administer(url, f"CREATE DATABASE {name} TEMPLATE {tables.postgresql_template(url)}")
    yield {"DATABASE_URL": urlparse(url)._replace(path=f"/{name}").geturl(), "REDIS_URL": redis}
    administer(url, f"DROP DATABASE {name} WITH (FORCE)")


def administer(url, statement):
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        connection.cursor().execute(statement)
    finally:
        connection.close()
