"""Rows that nobody may change: asked of the database itself, by raw SQL."""

import datetime
import uuid
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from recorded import file

from imbportal.triggers import append_only
from retribusi import services
from retribusi.models import Payment, PaymentProof, Skrd

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


# -- Bills, calculations, payments and slips -------------------------------------------------
OTHER = {"UUIDField": uuid.UUID(int=7), "JSONField": "{}", "BooleanField": False}
FREE = {PaymentProof: {"file", "scan"}}
"""Columns that follow the stored file, and are no fact of the slip."""


def other(field, row):
    """Return another value than the row has in a column, as the database takes it."""
    kind = (field.target_field if field.is_relation else field).get_internal_type()
    if "Date" in kind:
        value = datetime.datetime(2001, 1, 1, tzinfo=datetime.UTC)
        return field.get_db_prep_value(value if "Time" in kind else value.date(), connection)
    if kind in OTHER:
        return OTHER[kind] if kind == "JSONField" else field.get_db_prep_value(
            OTHER[kind], connection
        )  # fmt: skip
    return 987_654 if "Integer" in kind or "AutoField" in kind else "palsu"


@pytest.mark.django_db
@pytest.mark.usefixtures("demo")
def test_no_column_of_bill_calculation_payment_or_judged_slip_can_be_changed(
    case, bill, budi, sari
):
    file(case, budi)
    services.refuse(case, sari, "Kabur", timezone.now())
    refused = PaymentProof.objects.get()
    file(case, budi, reference="NTB 2")
    services.confirm(case, sari, timezone.now())
    voided = Skrd.objects.get()
    Skrd.objects.update(voided_at=timezone.now(), void_reason="Salah")
    tried = 0
    for row in (bill.assessment, voided, Payment.objects.get(), refused):
        table = row._meta.db_table
        for field in row._meta.concrete_fields:
            if field.name in FREE.get(type(row), ()):
                continue
            cast = "" if field.get_internal_type() != "JSONField" else JSON[connection.vendor]
            change = f'UPDATE {table} SET "{field.column}" = %s{cast} WHERE id = %s'
            pk = row._meta.pk.get_db_prep_value(row.pk, connection)
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                connection.cursor().execute(change, [other(field, row), pk])
            tried += 1
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            connection.cursor().execute(f"DELETE FROM {table}")
    assert tried > 40 and not PaymentProof.objects.filter(status="diajukan")


JSON = {"sqlite": "", "postgresql": "::jsonb"}
