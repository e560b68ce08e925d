"""System checks on the daerah's files: what stops the start, and what contradicts itself.

A contradiction that stands in the source is recorded under ``[[policy]]`` with the code given
here, and then warned of no more.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections
from django.urls import resolve

from imbportal.daerah import registry, tables
from imbportal.daerah.loader import DaerahError
from imbportal.daerah.references import links
from imbportal.daerah.schema import Daerah
from imbportal.daerah.ways import Deadline

ASKED = {
    "permen24": {"bobot", "fungsi", "kegiatan", "kepemilikan", "waktu_penggunaan", "pengali"},
    "pp16": {"bobot", "fungsi", "kegiatan", "kepemilikan", "lantai"},
    "datar": {"fungsi", "kegiatan"},
}
"""Tables without which a formula calculates nothing."""
FREE = ("tidak dipungut", "gratis", "bebas biaya")


@register("daerah")
def files_load(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Report each problem of each file as an error, each contradiction as a warning."""
    found: list[CheckMessage] = []
    if not registry.slugs():
        found.append(Error(f"no file of a daerah in {registry.FOLDER}", id="daerah.E004"))
    for slug in registry.slugs():
        try:
            daerah = registry.current(slug)
        except DaerahError as error:
            found += [Error(problem, id="daerah.E001") for problem in error.problems]
        else:
            found += [*_tables(daerah), *_address(daerah), *_contradictions(daerah)]
    return found


@register(Tags.database)
def slugs_stand(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Report rows of a daerah whose file is gone. Files are closed, never deleted."""
    return [
        Error(f"{table} has rows of {slug}, but {slug}.toml is gone", id="daerah.E003")
        for alias in databases or ()
        for table, slug in sorted(_slugs_in_use(alias))
        if slug not in registry.slugs()
    ]


def _slugs_in_use(alias: str) -> set[tuple[str, str]]:
    """Return (table, slug) of every row that names a daerah; tables not yet made are left out."""
    made = connections[alias].introspection.table_names()
    found = set()
    for model in apps.get_models():
        names = {field.name for field in model._meta.concrete_fields}
        column = "daerah" if "daerah" in names else "slug" if "slug" in names else ""
        if not column or model._meta.db_table not in made:
            continue
        used = model._default_manager.using(alias).order_by().values_list(column, flat=True)
        found |= {(model._meta.db_table, slug) for slug in used.distinct() if slug}
    return found


def _tables(daerah: Daerah) -> Iterator[CheckMessage]:
    """Report tables that a tariff names or its formula asks for, and that are not there."""
    for index, tariff in enumerate(daerah.tariff):
        path = f"{daerah.slug}.toml: tariff[{index}]"
        if tariff.table and tariff.table not in tables.names():
            text = f'{path}.table: no shared table "{tariff.table}"'
            yield Error(text, id="daerah.E002")
            continue
        for name in sorted(ASKED[tariff.formula] - tables.of(tariff).figure.keys()):
            text = f"{path}.index.{name}: missing: the formula {tariff.formula} needs it"
            yield Error(text, id="daerah.E002")


def _address(daerah: Daerah) -> Iterator[CheckMessage]:
    """Report a slug that a page of the portal hides."""
    if resolve(f"/{daerah.slug}/").url_name != "standard":
        text = f"{daerah.slug}.toml: slug: a page of the portal has this address"
        yield Error(text, id="daerah.E005")


def _contradictions(daerah: Daerah) -> Iterator[CheckMessage]:
    """Yield a warning per contradiction that no policy of the file records."""
    recorded = {policy.code for policy in daerah.policy}
    finders = {
        "jumlah_waktu": _times_exceed,
        "gratis_dan_retribusi": _free_but_charged,
        "hari_dan_hari_kerja": _mixed_days,
    }
    for number, (code, finder) in enumerate(finders.items(), start=1):
        if code in recorded:
            continue
        for text in finder(daerah):
            hint = f'If the source says so, record it: [[policy]] code = "{code}"'
            yield Warning(f"{daerah.slug}.toml: {text}", hint=hint, id=f"daerah.W00{number}")


def _times_exceed(daerah: Daerah) -> Iterator[str]:
    """Compare the sum of a track's steps with the time promised for the whole, by unit.

    What the portal adds where the source is silent is no step of the source.
    """
    for code in [*daerah.track][:-1]:
        steps = [link.deadline for chain in daerah.chains(code).values() for link in chain]
        for total in daerah.total:
            spent = sum(d.amount for d in steps if d and not d.ours and d.unit == total.unit)
            if spent > total.amount:
                yield f"track.{code}: its steps take {spent} {total.unit}, the whole {total.amount}"


def _free_but_charged(daerah: Daerah) -> Iterator[str]:
    free = any(word in daerah.service.cost.lower() for word in FREE)
    if free and any(track.fee for track in [*daerah.track.values()][:-1]):
        yield "service.cost: says that nothing is charged, but a track has a retribution"


def _mixed_days(daerah: Daerah) -> Iterator[str]:
    deadlines: Iterable[Deadline | None] = (link.deadline for _, link in links(daerah))
    units = {item.unit for item in (*deadlines, *daerah.total) if item and not item.ours}
    if len(units) > 1:
        yield "total: hari and hari_kerja are both used"
