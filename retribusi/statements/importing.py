"""Taking a file of the bank in: all of it or nothing, each line once."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from typing import Any

from django.db import transaction
from django.utils import timezone

from imbportal.daerah import calendar
from retribusi.models import BankFormat, Statement, StatementEvent, StatementLine
from retribusi.statements import mapping, verdicts
from retribusi.statements.codes import bare
from retribusi.statements.reading import read
from retribusi.statements.rows import BrokenFile, Parsed, Row, plain

PIECE = 400


class Again(Exception):
    """The same file was taken in before."""

    def __init__(self, statement: Statement):
        super().__init__("Berkas ini sudah pernah diimpor.")
        self.statement = statement


@transaction.atomic
def take(form: BankFormat, name: str, data: bytes, by: Any) -> Statement:
    """Read a file, keep its lines and judge them. Raises BrokenFile or Again."""
    hold(form.daerah)
    digest = hashlib.sha256(data).hexdigest()
    earlier = Statement.objects.filter(daerah=form.daerah, file_sha256=digest).first()
    if earlier is not None:
        raise Again(earlier)
    rules = mapping.of(form.mapping)
    parsed = read(data, rules, calendar.today(form.daerah), form.account)
    marked = fingerprints(form.account, parsed.rows)
    known = _known(form.daerah, [mark for mark, _ in marked])
    fresh = [(mark, row) for mark, row in marked if mark not in known]
    if not fresh:
        raise BrokenFile("Semua baris berkas ini sudah pernah diimpor dari berkas lain.")
    statement = _statement(form, name, digest, parsed, fresh, by)
    lines = verdicts.weigh(statement, _lines(statement, fresh))
    StatementLine.objects.bulk_create(lines, batch_size=PIECE)
    verdicts.seek_missing(statement)
    note(statement, StatementEvent.Act.IMPORT, by)
    return statement


def hold(daerah: str) -> None:
    """Let one at a time look what all statements of a daerah show.

    Two could take a line that stands in both files, or write down the same missing payment.
    """
    list(BankFormat.objects.select_for_update().filter(daerah=daerah).order_by("pk"))


def _statement(
    form: BankFormat, name: str, digest: str, parsed: Parsed, fresh: list[Any], by: Any
) -> Statement:
    taken = sum(row.sen for _, row in fresh)
    return Statement.objects.create(
        daerah=form.daerah, format=form, bank=form.name, account=form.account,
        mapping=form.mapping, name=plain(name, 120), file_sha256=digest, begins=parsed.begins,
        ends=parsed.ends, opening=parsed.opening, closing=parsed.closing, taken=len(fresh),
        taken_sum=taken, known=len(parsed.rows) - len(fresh), known_sum=parsed.sum - taken,
        imported_by=by, imported_at=timezone.now(),
    )  # fmt: skip


def _lines(statement: Statement, fresh: list[tuple[str, Row]]) -> list[StatementLine]:
    return [
        StatementLine(
            statement=statement, daerah=statement.daerah, fingerprint=mark, row=number,
            place=row.line, day=row.day, sen=row.sen, reference=row.reference, text=row.text,
        )
        for number, (mark, row) in enumerate(fresh, start=1)
    ]  # fmt: skip


def _known(daerah: str, marks: list[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(marks), PIECE):
        rows = StatementLine.objects.filter(
            daerah=daerah, fingerprint__in=marks[start : start + PIECE]
        )
        found |= set(rows.values_list("fingerprint", flat=True))
    return found


def fingerprints(account: str, rows: list[Row]) -> list[tuple[str, Row]]:
    """Return each row with its mark: account, day, sum, reference and running number.

    Where the bank gives no reference, its text stands for it. Lines that are alike even so are
    told apart by their count in the file: two payments of a day may be the same in all.
    """
    count: Counter[tuple[str, ...]] = Counter()
    found = []
    for row in rows:
        said = bare(row.reference) or bare(row.text)
        key = (re.sub(r"\D", "", account), row.day.isoformat(), str(row.sen), said, row.number)
        count[key] += 1
        text = "|".join((*key, str(count[key])))
        found.append((hashlib.sha256(text.encode()).hexdigest(), row))
    return found


def note(statement: Statement, act: str, by: Any, text: str = "") -> StatementEvent:
    """Write down what was done with a statement."""
    return StatementEvent.objects.create(
        statement=statement, act=act, note=text, by=by, at=timezone.now()
    )
