"""The calendar, which the admins of a daerah correct by hand."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin, SimpleListFilter, display
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from imbportal.admin import site
from imbportal.context import postings_of
from imbportal.daerah import estimates, registry
from imbportal.daerah.models import Holiday
from imbportal.indonesia import tanggal, today

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


class MoveForm(forms.Form):
    to = forms.DateField()


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

    def get_urls(self) -> list[URLPattern]:
        settle = self.admin_site.admin_view(self.settle)
        return [
            path("<path:object_id>/tetapkan/", settle, name="daerah_holiday_settle"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        slugs = _administered(request)
        places = ("",) if "" in slugs else slugs
        estimated = [(slug, _name(slug), estimates.ahead(slug, today())) for slug in places]
        return super().changelist_view(request, {"estimated": estimated} | (extra_context or {}))

    @method_decorator(require_POST)
    def settle(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Settle an estimated day on its date, or on the one that the form names."""
        slug, form = request.POST.get("daerah", ""), MoveForm(request.POST)
        if slug not in _administered(request):
            raise PermissionDenied
        holiday = get_object_or_404(self.get_queryset(request), pk=object_id)
        moves = "pindah" in request.POST
        if not holiday.estimated:
            messages.info(request, "Hari ini sudah ditetapkan.")
        elif moves and not form.is_valid():
            messages.error(request, "Isi tanggal yang baru, lalu tekan Pindahkan.")
        else:
            self._settle(request, holiday, slug, form.cleaned_data["to"] if moves else None)
        return redirect("admin:daerah_holiday_changelist")

    def _settle(self, request: HttpRequest, holiday: Holiday, slug: str, to: Any) -> None:
        said = f"{holiday.name} ditetapkan pada {tanggal(to or holiday.date)}"
        try:
            estimates.settle(holiday, slug, to)
        except ValueError as refusal:
            messages.error(request, str(refusal))
            return
        self.log_change(request, holiday, f"{said}, {_name(slug)}")
        messages.success(request, f"{said}. Tenggat permohonan dihitung ulang.")

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
