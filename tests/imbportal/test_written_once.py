"""A query whose columns were written before is the query that Django writes."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Count, Exists, OuterRef

from applications.models import Application, Event
from documents.models import Paper
from tests.columns import written_once

LOOKED_AT = Application.objects.filter(track="x").order_by("-due_key")
QUERIES = [
    *(model._base_manager.all() for model in apps.get_models()),
    LOOKED_AT,
    LOOKED_AT.select_related("holder", "applicant__identity"),
    LOOKED_AT.defer("facts"),
    LOOKED_AT.only("state"),
    LOOKED_AT.annotate(told=Count("events")),
    LOOKED_AT.filter(events__move="submit").distinct(),
    LOOKED_AT.exclude(events__move="submit"),
    Application.objects.order_by().union(Application.objects.order_by()),
    LOOKED_AT.extra(select={"state": "1"}),
    LOOKED_AT.filter(Exists(Event.objects.filter(application=OuterRef("pk")))),
    Event.objects.filter(application__in=LOOKED_AT),
    Paper.objects.filter(pk__in=Paper.objects.filter(pk__in=Paper.objects.all())),
    LOOKED_AT.values("state", "pk"),
]


def written(queryset):
    """Return the statement of a query, its columns and how each of their values is read."""
    compiler = queryset.query.clone().get_compiler(connection=connection)
    statement = compiler.as_sql()
    read = compiler.get_converters([column for column, _, _ in compiler.select])
    names = {place: [way.__qualname__ for way in ways] for place, (ways, _) in read.items()}
    rows = compiler.klass_info or {}
    places = rows.get("model"), rows.get("select_fields"), compiler.annotation_col_map
    return statement, compiler.select, places, names


@pytest.mark.parametrize("queryset", QUERIES, ids=lambda queryset: queryset.model.__name__)
def test_a_query_is_written_as_django_writes_it(queryset):
    with written_once():
        first, again = written(queryset), written(queryset)
    assert first == again == written(queryset)


def test_whole_rows_are_written_once():
    with written_once():
        first, again = (written(Application.objects.filter(track=track))[1] for track in "xy")
    assert all(one[0] is other[0] for one, other in zip(first, again, strict=True))
