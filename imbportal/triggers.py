"""Append-only tables: triggers that refuse a change, for SQLite and PostgreSQL alike.

A migration says ``operations = append_only("retribusi_payment")``. The database then refuses every
DELETE and each UPDATE of a column that is not named, whoever asks: the ORM, the admin or a person
at the SQL prompt. SQLite drops triggers when a later migration remakes the table: such a migration
must end with the same operations again.
"""

from collections.abc import Iterable

from django.db import migrations


class Guard(migrations.RunPython):
    """One reversible operation that installs the triggers of one table."""

    def __init__(self, table: str, once: tuple[str, ...], free: tuple[str, ...], when: str = "1=1"):
        self.table, self.once, self.free, self.when = table, once, free, when
        super().__init__(self._install, self._remove, elidable=False)

    def deconstruct(self):
        return (self.__class__.__name__, [self.table, self.once, self.free, self.when], {})

    def describe(self):
        return f"Keep {self.table} append-only"

    def _install(self, apps, editor):
        columns = _columns(editor.connection, self.table)
        unknown = {*map(_column, self.once), *self.free} - set(columns)
        if unknown:
            raise ValueError(f"{self.table} has no column {', '.join(sorted(unknown))}")
        make = _SQL[editor.connection.vendor]
        for statement in make(self.table, _forbidden(columns, self.once, self.free), self.when):
            _run(editor, statement)

    def _remove(self, apps, editor):
        for statement in _REMOVE[editor.connection.vendor](self.table):
            _run(editor, statement)


def append_only(
    table: str, *, once: Iterable[str] = (), free: Iterable[str] = (), when: str = "1=1"
) -> list[migrations.RunPython]:
    """Return the operations that make ``table`` append-only.

    A column of ``once`` may change only from NULL or an empty text, or from the value behind a
    colon ("status:diajukan"), a column of ``free`` always, any other never; no row may be deleted.
    Names are those of the database (``user_id``).
    ``when`` is SQL on OLD: rows for which it does not hold are still free.
    """
    return [Guard(table, tuple(once), tuple(free), when)]


def _run(editor, statement):
    # Through the cursor, not the editor: SQLite's editor would take the body's semicolon for an
    # end, and percent signs must reach the database as they are.
    with editor.connection.cursor() as cursor:
        cursor.execute(statement)


def _columns(connection, table):
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, table)
    return {column.name: column for column in found}


def _forbidden(columns, once, free):
    """Return the SQL condition on OLD and NEW under which an update is refused."""
    parts = []
    start = {_column(item): item.partition(":")[2] for item in once}
    for name in columns:
        if name in free:
            continue
        changed = f'OLD."{name}" IS DISTINCT FROM NEW."{name}"'
        # The cast lets one text serve dates, files and JSON; an empty text is "not set yet" too.
        unset = f"""COALESCE(CAST(OLD."{name}" AS TEXT), '') IN ('', '{start.get(name, "")}')"""
        parts.append(f"({changed} AND NOT ({unset}))" if name in start else f"({changed})")
    return " OR ".join(parts)


def _column(item):
    """Return the column that an item of ``once`` names."""
    return item.partition(":")[0]


def _sqlite(table, forbidden, when):
    # SQLite 3.39 knows IS DISTINCT FROM; the older spelling of the same is IS NOT.
    forbidden = forbidden.replace("IS DISTINCT FROM", "IS NOT")
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    changed = f"({when}) AND ({forbidden})"
    yield f'CREATE TRIGGER "{table}_no_update" BEFORE UPDATE ON "{table}" WHEN {changed} {refuse}'
    yield f'CREATE TRIGGER "{table}_no_delete" BEFORE DELETE ON "{table}" WHEN {when} {refuse}'


def _postgresql(table, forbidden, when):
    yield (
        f'CREATE FUNCTION "{table}_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$ '
        f"BEGIN RAISE EXCEPTION '{table} is append-only' USING ERRCODE = '23514'; END $$"
    )
    call = f'EXECUTE FUNCTION "{table}_append_only"()'
    yield (
        f'CREATE TRIGGER "{table}_no_update" BEFORE UPDATE ON "{table}" '
        f"FOR EACH ROW WHEN (({when}) AND ({forbidden})) {call}"
    )
    yield (
        f'CREATE TRIGGER "{table}_no_delete" BEFORE DELETE ON "{table}" '
        f"FOR EACH ROW WHEN ({when}) {call}"
    )
    yield (
        f'CREATE TRIGGER "{table}_no_truncate" BEFORE TRUNCATE ON "{table}" '
        f"FOR EACH STATEMENT {call}"
    )


def _remove_sqlite(table):
    yield f'DROP TRIGGER "{table}_no_update"'
    yield f'DROP TRIGGER "{table}_no_delete"'


def _remove_postgresql(table):
    yield f'DROP FUNCTION "{table}_append_only"() CASCADE'


_SQL = {"sqlite": _sqlite, "postgresql": _postgresql}
_REMOVE = {"sqlite": _remove_sqlite, "postgresql": _remove_postgresql}


# -- Values that are the last ones ----------------------------------------------------------
class Last(migrations.RunPython):
    """One reversible operation that keeps a column at a value behind which nothing comes."""

    def __init__(self, table: str, column: str, values: tuple[str, ...]):
        self.table, self.column, self.values = table, column, values
        super().__init__(self._install, self._remove, elidable=False)

    def deconstruct(self):
        return (self.__class__.__name__, [self.table, self.column, self.values], {})

    def describe(self):
        return f"Keep {self.table}.{self.column} at its last values"

    def _install(self, apps, editor):
        values = ", ".join(f"'{value}'" for value in self.values)
        name, column = f"{self.table}_last_{self.column}", f'"{self.column}"'
        changed = f"OLD.{column} IN ({values}) AND OLD.{column} <> NEW.{column}"
        refusal = f"{self.table}.{self.column} is at its last value"
        for statement in _LAST[editor.connection.vendor](self.table, name, changed, refusal):
            _run(editor, statement)

    def _remove(self, apps, editor):
        name = f"{self.table}_last_{self.column}"
        if editor.connection.vendor == "sqlite":
            _run(editor, f'DROP TRIGGER IF EXISTS "{name}"')
        else:
            _run(editor, f'DROP FUNCTION IF EXISTS "{name}"() CASCADE')


def last(table: str, column: str, values: Iterable[str]) -> list[migrations.RunPython]:
    """Return the operations that let a column never leave these values, whoever asks.

    SQLite drops the trigger when a later migration remakes the table, as with ``append_only``.
    """
    return [Last(table, column, tuple(values))]


def _last_sqlite(table, name, changed, refusal):
    refuse = f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
    yield f'CREATE TRIGGER "{name}" BEFORE UPDATE ON "{table}" WHEN {changed} {refuse}'


def _last_postgresql(table, name, changed, refusal):
    yield (
        f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ '
        f"BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = '23514'; END $$"
    )
    yield (
        f'CREATE TRIGGER "{name}" BEFORE UPDATE ON "{table}" '
        f'FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION "{name}"()'
    )


_LAST = {"sqlite": _last_sqlite, "postgresql": _last_postgresql}
