"""How many there are, counted no further than it matters, and all counts of a page at once."""

from django.core.exceptions import EmptyResultSet
from django.db import connection

MOST = 1000


def capped(*lists, most: int = MOST) -> list[str]:
    """Return how many rows each list has, ``1000+`` above ``most``, by one query for all.

    Each count stops at its first ``most`` rows: a number that nobody reads costs no time.
    """
    parts, values = [], []
    for found in lists:
        few = found.order_by().values("pk")[: most + 1]
        try:
            sql, params = few.query.get_compiler(connection=connection).as_sql()
        except EmptyResultSet:  # nothing can be in it, as of a list of none
            parts.append("SELECT 0 AS n")
            continue
        parts.append(f"SELECT COUNT(*) AS n FROM ({sql}) AS few")  # noqa: S608 - compiled by the ORM
        values += params
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"({part})" for part in parts), values)
        return [_words(number, most) for number in cursor.fetchone()]


def _words(number: int, most: int) -> str:
    return str(number) if number <= most else f"{most}+"
