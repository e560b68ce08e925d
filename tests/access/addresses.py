"""Every URL pattern of the portal by its name, and one address for each."""

from address_parts import of
from django.contrib import admin
from django.contrib.admin.utils import quote
from django.urls import get_resolver, reverse


def patterns(resolver=None, route="", names=()):
    """Yield (name, route) of every pattern; what has no name goes by its route."""
    for item in (resolver or get_resolver()).url_patterns:
        here = route + str(item.pattern)
        if hasattr(item, "url_patterns"):
            space = [item.namespace] if item.namespace else []
            yield from patterns(item, here, [*names, *space])
        else:
            yield ":".join([*names, item.name]) if item.name else here, here


def named(resolver=None) -> dict[str, str]:
    """Return name to route; a name that stands twice keeps the route that answers."""
    found: dict[str, str] = {}
    for name, route in patterns(resolver):
        found.setdefault(name, route)
    return found


# -- One address for each name --------------------------------------------------------------
def sample(world, name: str, route: str) -> str:
    """Return the address that the matrix asks for a pattern. KeyError where none is known."""
    if name in (special := _special()):
        return special[name]
    if name.startswith("admin:") and "<path:object_id>" in route:
        app, model, page = name.removeprefix("admin:").split("_")
        return reverse(name, args=[quote(_row(app, model).pk)])
    if "<" in route:
        return reverse(name, kwargs=of(world, name, route))
    return f"/{route}"


def _special():
    return {
        "admin:autocomplete": "/admin/autocomplete/?app_label=retribusi&model_name=payment"
        "&field_name=skrd",
        "admin:app_list": "/admin/accounts/",
        "admin/(?P<url>.*)$": "/admin/tidak/ada/",
        **{f"admin/{m._meta.app_label}/{m._meta.model_name}/<path:object_id>/":
           f"/admin/{m._meta.app_label}/{m._meta.model_name}/1/" for m in admin.site._registry},
    }  # fmt: skip


def _row(app, model):
    found = next(m for m in admin.site._registry if (m._meta.app_label, m._meta.model_name) ==
                 (app, model))  # fmt: skip
    rows = found.objects.order_by("pk")
    if hasattr(found, "daerah"):
        return rows.filter(daerah="contoh").first()
    if hasattr(found, "application"):
        return rows.filter(application__daerah="contoh").first()
    return rows.exclude(**{"is_system": True} if model == "user" else {}).first()
