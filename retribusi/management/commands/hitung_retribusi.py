"""``manage.py hitung_retribusi SLUG [FILE]``: the calculator at the command line."""

import json
import sys
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from imbportal.daerah import registry
from imbportal.daerah.loader import DaerahError
from retribusi import engine
from retribusi.inputs import Refused


class Command(BaseCommand):
    help = "Calculate a retribution: JSON in (FILE or stdin), JSON out; exit 2 on bad input."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument("file", nargs="?", default="-", help="JSON; stdin where left out")

    def handle(self, *, slug, file, **options):
        try:
            result = engine.calculate(_tariffs(slug), _parsed(_text(file)))
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=2) from None
        self.stdout.write(json.dumps(result.as_json(), ensure_ascii=False, indent=2))


def _tariffs(slug: str) -> Iterable[Any]:
    try:
        return registry.current(slug).tariff
    except KeyError:
        known = ", ".join(registry.slugs())
        raise Refused(f'Daerah "{slug}" tidak ada (yang ada: {known}).') from None
    except DaerahError as error:
        raise Refused(" ".join(str(error).split())) from None


def _text(file: str) -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise Refused(f"Masukan tidak dapat dibaca: {file}") from None


def _parsed(text: str) -> Any:
    try:
        return json.loads(
            text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_once
        )
    except (json.JSONDecodeError, RecursionError, ValueError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused("Masukan bukan JSON yang sah.") from None


def _no_constant(name: str) -> None:
    raise Refused(f"{name}: bukan angka")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; a key given twice would hide the first."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Refused(f"{key}: kunci ditulis dua kali")
        found[key] = value
    return found
