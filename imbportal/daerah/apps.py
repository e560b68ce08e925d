"""The app that holds the rules of every daerah."""

from django.apps import AppConfig


class DaerahConfig(AppConfig):
    name = "imbportal.daerah"
    label = "daerah"
    verbose_name = "Aturan daerah"

    def ready(self) -> None:
        from imbportal.daerah import lint  # noqa: F401  registers the system checks
