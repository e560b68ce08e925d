"""System check: every paper that a daerah's file issues is one that the portal can write."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register

from applications.papers import BUILDERS
from imbportal.daerah import registry
from imbportal.daerah.loader import DaerahError
from imbportal.daerah.references import links, moves
from imbportal.daerah.schema import Daerah

WRITTEN = frozenset({*BUILDERS, "skrd"})


@register("daerah")
def papers_can_be_written(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Report each issue of a paper that nobody builds; the move would fail."""
    found: list[CheckMessage] = []
    for slug in registry.slugs():
        try:
            found += _unwritten(registry.current(slug))
        except DaerahError:  # reported by the check of the files themselves
            continue
    return found


def _unwritten(daerah: Daerah) -> Iterator[CheckMessage]:
    places = [(f"{path}.papers", link.papers) for path, link in links(daerah)]
    places += [(f"{path}.issue", item.issue) for path, item in (*links(daerah), *moves(daerah))]
    reliefs = enumerate(daerah.relief)
    for i, item in reliefs:
        places += [(f"relief[{i}].paper", (item.paper,))] if item.paper else []
        places += [(f"relief[{i}].cover", (item.cover,))] if item.cover else []
    if rule := daerah.objection:
        places += [("objection.receipt", (rule.receipt,)), ("objection.paper", (rule.paper,))]
    for path, kinds in places:
        for kind in kinds:
            paper = daerah.paper.get(kind)
            if (paper.like if paper and paper.like else kind) not in WRITTEN:
                known = ", ".join(sorted(WRITTEN))
                text = f'{daerah.slug}.toml: {path}: the portal writes no "{kind}", only {known}'
                yield Error(text, id="applications.E001")
