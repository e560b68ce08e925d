from django.core.management.base import BaseCommand, CommandError

from documents import rendering
from documents.models import Paper


class Command(BaseCommand):
    help = "Make the PDFs of issued papers that have none yet."

    def add_arguments(self, parser):
        parser.add_argument(
            "--semua",
            action="store_true",
            help="look at every issued paper, and make lost files again",
        )

    def handle(self, *, semua, **options):
        papers = Paper.objects.exclude(number=None) if semua else rendering.missing()
        failed = [str(pk) for pk in papers.values_list("pk", flat=True) if not self._render(pk)]
        if failed:
            raise CommandError(f"{len(failed)} surat gagal dicetak: {', '.join(failed)}")

    def _render(self, pk):
        """Render one paper; a broken one must not keep the others waiting."""
        try:
            paper = rendering.render(pk)
        except Exception as error:  # noqa: BLE001 - reported below, and in the exit code
            self.stderr.write(f"{pk}: {type(error).__name__}: {error}")
            return False
        self.stdout.write(str(paper))
        return True
