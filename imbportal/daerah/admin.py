"""The calendar, which the admins of a daerah correct by hand."""

from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin, SimpleListFilter, display
from django.db.models import QuerySet
from django.http import HttpRequest

from imbportal.admin import site
from imbportal.context import postings_of
from imbportal.daerah import registry
from imbportal.daerah.models import Holiday

EVERYWHERE = "Semua daerah"
ALL = "semua"


class PlaceFilter(SimpleListFilter):
    """The daerah by name; an empty slug is a day of all of them."""

    title = "daerah"
    parameter_name = "daerah"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        slugs = model_admin.get_queryset(request).order_by("slug").values_list("slug", flat=True)
        return [
            (slug or ALL, _name(slug) if slug else "Hari semua daerah") for slug in slugs.distinct()
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Holiday]) -> QuerySet[Holiday]:
        wanted = self.value()
        return queryset.filter(slug="" if wanted == ALL else wanted) if wanted else queryset


class HolidayAdmin(ModelAdmin):  # type: ignore[type-arg]  # not generic when it runs
    """A superuser edits every row; an admin the rows of their own daerah, which come first."""

    list_display = ("date", "name", "kind", "place", "estimated")
    list_filter = ("kind", PlaceFilter)
    search_fields = ("name",)
    ordering = ("-date",)

    @display(description="daerah", ordering="slug")
    def place(self, holiday: Holiday) -> str:
        return _name(holiday.slug)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Holiday]:
        rows = super().get_queryset(request)
        if request.user.is_superuser:
            return rows
        return rows.filter(slug__in=["", *(posting.daerah for posting in postings_of(request))])

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser or bool(postings_of(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(_administered(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        administered = _administered(request)
        return bool(administered) and (obj is None or obj.slug in administered)

    has_delete_permission = has_change_permission

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name != "slug":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        slugs = _administered(request)
        choices = [(slug, _name(slug)) for slug in slugs]
        # An empty choice field is never checked against its choices.
        return forms.ChoiceField(choices=choices, required="" not in slugs, label="Daerah")


def _administered(request: HttpRequest) -> list[str]:
    """Return the slugs whose rows the user may edit; "" stands for those of every daerah."""
    if request.user.is_superuser:
        return ["", *registry.slugs()]
    return sorted({item.daerah for item in postings_of(request) if item.role == "admin"})


def _name(slug: str) -> str:
    if not slug:
        return EVERYWHERE
    return registry.current(slug).name if slug in registry.slugs() else slug


site.register(Holiday, HolidayAdmin)
