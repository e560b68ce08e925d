"""System checks: files that cannot be loaded (errors), and contradictions in them (warnings)."""

from django.core.checks import Error, register

from imbportal.daerah import registry
from imbportal.daerah.loader import DaerahError


@register("daerah")
def files_load(app_configs, **kwargs):
    """Report each problem of each file as an error, so that a broken file stops the start."""
    found = []
    for slug in registry.slugs():
        try:
            registry.current(slug)
        except DaerahError as error:
            found += [Error(problem, id="daerah.E001") for problem in error.problems]
    return found
