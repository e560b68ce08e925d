"""Figures of the long tests: one JSON line, printed and kept below reports/."""

import json

from django.conf import settings
from django.db import connection


def write(name, **figures):
    """Print and keep the figures; return them."""
    line = json.dumps({"fault": name, "database": connection.vendor} | figures)
    print(line)  # noqa: T201
    folder = settings.BASE_DIR / "reports"
    folder.mkdir(exist_ok=True)
    words = [name, connection.vendor, *(str(figures[key]) for key in ("worker", "count"))]
    (folder / f"fault-{'-'.join(words)}.json").write_text(line + "\n")
    return figures
