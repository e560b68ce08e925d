"""The columns of a whole row, written once per table instead of in every query.

Django writes each column of a SELECT anew, and asks each anew how its values are read; over the
wide rows of a case that took longer than the database took to find it. Only plain queries for
whole rows of one table are remembered, for each connection by itself; all others go Django's way.
"""

from typing import Any, NamedTuple

from django.db.models.sql.compiler import SQLCompiler

_get_select, _get_converters = SQLCompiler.get_select, SQLCompiler.get_converters


class Columns(NamedTuple):
    """What a SELECT of one table's whole rows consists of, and how its values are read."""

    select: list[Any]
    expressions: list[Any]
    converters: dict[int, Any]


def _plain(query: Any) -> bool:
    """Return whether a query reads whole rows of one table and nothing beside them."""
    return bool(
        query.default_cols
        and query.selected is None
        and not (query.extra_select or query.annotation_select or query.select_related)
        and not query.deferred_loading[0]
        and query.deferred_loading[1]
        and not query.model._meta.parents
    )


def get_select(compiler: Any, with_col_aliases: bool = False) -> Any:
    """Return what Django's method of this name returns."""
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


def get_converters(compiler: Any, expressions: Any) -> Any:
    """Return what Django's method of this name returns."""
    found = getattr(compiler, "columns", None)
    if found is not None and expressions == found.expressions:
        return found.converters
    return _get_converters(compiler, expressions)


def remember() -> None:
    """Let every query for whole rows use the columns as they were written before."""
    SQLCompiler.get_select, SQLCompiler.get_converters = get_select, get_converters
