from django.apps import AppConfig
from django.core import checks


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "Surat"

    def ready(self):
        from documents import services
        from documents.checks import libraries
        from notifications import jobs

        jobs.register(services.PRINT, _print)
        checks.register(libraries)


def _print(paper_id):
    """Render lazily: only the worker needs WeasyPrint in memory."""
    from documents import rendering

    rendering.render(paper_id)
