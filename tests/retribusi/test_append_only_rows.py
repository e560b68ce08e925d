"""Rows that nobody may change: asked of the database itself, by raw SQL."""

from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction

from imbportal.triggers import append_only

TABLE = "uji_buku"
EDITOR = SimpleNamespace(connection=connection)
"""SQLite's own editor cannot be opened within a test's transaction; more is not asked of it."""


@pytest.fixture
def sql(db):
    """A table with one row, guarded as a migration would; returns a way to run SQL on it."""

    def run(statement):
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else None

    run(
        f"CREATE TABLE {TABLE} (id integer PRIMARY KEY, isi text, nomor text, batal date, ket text)"
    )
    run(f"INSERT INTO {TABLE} VALUES (1, 'asli', '', NULL, 'a')")
    operations = append_only(TABLE, once=["nomor", "batal"], free=["ket"])
    for operation in operations:
        operation.code(None, EDITOR)
    run.operations = operations
    return run


def refused(sql, statement):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        sql(statement)


@pytest.mark.parametrize(
    "change",
    [
        f"UPDATE {TABLE} SET isi = 'palsu'",
        f"UPDATE {TABLE} SET isi = NULL",
        f"UPDATE {TABLE} SET ket = 'b', id = 2",
        f"DELETE FROM {TABLE}",
    ],
)
def test_what_stands_is_neither_changed_nor_deleted(sql, change):
    refused(sql, change)
    assert sql(f"SELECT id, isi, ket FROM {TABLE}") == [(1, "asli", "a")]


def test_what_is_set_once_is_set_once(sql):
    sql(f"UPDATE {TABLE} SET nomor = '12', batal = '2026-01-02'")
    sql(f"UPDATE {TABLE} SET nomor = '12'")
    refused(sql, f"UPDATE {TABLE} SET nomor = '13'")
    refused(sql, f"UPDATE {TABLE} SET batal = NULL")


def test_what_is_free_may_change_and_rows_may_be_added(sql):
    sql(f"UPDATE {TABLE} SET ket = 'b'")
    sql(f"UPDATE {TABLE} SET ket = NULL")
    sql(f"INSERT INTO {TABLE} VALUES (2, 'baru', '', NULL, '')")
    assert sql(f"SELECT count(*) FROM {TABLE}") == [(2,)]


def test_the_guard_comes_off_when_its_migration_is_undone(sql):
    for operation in sql.operations:
        operation.reverse_code(None, EDITOR)
    sql(f"DELETE FROM {TABLE}")
    assert sql(f"SELECT count(*) FROM {TABLE}") == [(0,)]


def test_a_column_that_is_not_there_is_a_mistake(sql):
    wrong = append_only(TABLE, once=["nomer"])[0]
    with pytest.raises(ValueError, match="nomer"):
        wrong.code(None, EDITOR)
