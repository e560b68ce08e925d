from django.apps import AppConfig
from django.core import checks


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = "Surat"

    def ready(self):
        from documents import emblems, services
        from documents.checks import libraries
        from imbportal import uploads
        from notifications import jobs, periodic

        jobs.register(services.PRINT, _print)
        periodic.register(emblems.KIND, uploads.EVERY, emblems.release)
        checks.register(libraries)


def _print(paper_id):
    """Render lazily: only the worker needs WeasyPrint in memory."""
    from documents import rendering

    rendering.render(paper_id)
