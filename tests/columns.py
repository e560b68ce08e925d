"""The columns of a whole row, written once for each table instead of in every query.

For tests that read rows by the hundred thousand: Django writes each column of a SELECT anew, and
asks each anew how its values are read, which over the wide rows of a case takes longer than
finding it. Only plain queries for whole rows of one table are remembered. The portal itself, the
machine on PostgreSQL, and the spoilt files in their quick form go Django's way.
"""

from contextlib import contextmanager
from typing import Any, NamedTuple
from unittest import mock

from django.db.models.sql.compiler import SQLCompiler

_get_select, _get_converters = SQLCompiler.get_select, SQLCompiler.get_converters


class Columns(NamedTuple):
    """What a SELECT of one table's whole rows consists of, and how its values are read."""

    select: list[Any]
    expressions: list[Any]
    converters: dict[int, Any]


@contextmanager
def written_once():
    """Let every query for whole rows use the columns as they were written before."""
    with mock.patch.multiple(SQLCompiler, get_select=_select, get_converters=_converters):
        yield


def _plain(query):
    """Return whether a query reads whole rows of one table and nothing beside them."""
    return bool(
        query.default_cols
        and query.selected is None
        and not (query.extra_select or query.annotation_select or query.select_related)
        and not query.deferred_loading[0]
        and query.deferred_loading[1]
        and not query.model._meta.parents
    )


def _select(compiler, with_col_aliases=False):
    """Return what Django's method returns."""
    query, compiler.columns = compiler.query, None
    if with_col_aliases or not _plain(query):
        return _get_select(compiler, with_col_aliases)
    alias = query.get_initial_alias()
    known = compiler.connection.__dict__.setdefault("_columns", {})
    key = query.model, alias, compiler.quote_name_unless_alias(alias)
    if key not in known:
        select, _, _ = _get_select(compiler)
        expressions = [column for column, _, _ in select]
        known[key] = Columns(select, expressions, _get_converters(compiler, expressions))
    compiler.columns = found = known[key]
    places = list(range(len(found.select)))
    return list(found.select), {"model": query.model, "select_fields": places}, {}


def _converters(compiler, expressions):
    """Return what Django's method returns."""
    found = getattr(compiler, "columns", None)
    if found is not None and expressions == found.expressions:
        return found.converters
    return _get_converters(compiler, expressions)
