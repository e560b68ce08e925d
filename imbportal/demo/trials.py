"""A draft of another tariff for each daerah, with what it would have brought."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from imbportal.daerah import registry
from imbportal.demo import people
from retribusi.steps import plain
from retribusi.trial import drafts, periods, runs
from retribusi.trial.figures import groups

NAME = "Usulan tarif tahun depan"
RAISE, MORE = Decimal("1.1"), Decimal("1.25")
"""What becomes of the price per square metre, and of the index of businesses."""
BUSINESS = "index.fungsi.usaha"


def draft(slug: str) -> None:
    """Let the admin raise the price and the index of businesses, and look at the last months."""
    if drafts.in_force(registry.current(slug)) is None:
        return
    by = people.officer(slug, "admin")
    trial = drafts.begin(slug, NAME, by=by)
    rows = [row for group in groups(trial.tariff) for row in group.rows]
    new = {rows[0].path: rows[0].now * RAISE}
    new |= {row.path: row.now * MORE for row in rows if row.path == BUSINESS}
    cents = Decimal("0.0001")
    changes = {path: plain(value.quantize(cents, ROUND_HALF_UP)) for path, value in new.items()}
    drafts.save(trial, NAME, changes, version=trial.version, by=by)
    trial.refresh_from_db()
    months = next(one for one in periods.offered(slug) if one.code == periods.MONTHS)
    runs.make(str(runs.order(trial, months, by=by).pk))
