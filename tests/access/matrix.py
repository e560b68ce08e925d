"""What each address answers to each actor: the declared tables, and how they are read.

Names stand unindented, one or more; below them a line for each method. The statuses stand in the
order of the actors; ``405*`` repeats the last one to the end. 302 of an anonymous reader leads to
the login, of an applicant below /admin/ to a refusal; 404 hides that a thing is there at all.
"""

import matrix_admin
import matrix_applicant
import matrix_desk
import matrix_money
import matrix_public
from access_plan import COLUMNS

METHODS = ("GET", "POST", "PUT", "DELETE")
AREAS = (matrix_public, matrix_applicant, matrix_desk, matrix_money, matrix_admin)


def expected() -> dict[str, dict[str, list[int]]]:
    """Return the statuses by name and method. ValueError where a name has two rows."""
    found: dict[str, dict[str, list[int]]] = {}
    for area in AREAS:
        for names, rows in _blocks(area.TABLE):
            for name in names:
                if name in found:
                    raise ValueError(f"two rows for {name}")
                found[name] = dict(rows)
    return found


def _blocks(table):
    """Yield the names of each block with its rows: (method, statuses)."""
    names, rows = [], []
    for line in table.strip().splitlines()[1:]:
        if line.startswith(" "):
            methods, *statuses = line.split()
            rows += [(method, _row(statuses)) for method in methods.split(",")]
            continue
        if rows:
            yield names, rows
            names, rows = [], []
        names += line.split()
    yield names, rows


def _row(statuses):
    """Return one status per actor: a former agent is to every address what a stranger is."""
    last = int(statuses[-1].rstrip("*"))
    row = [int(status.rstrip("*")) for status in statuses]
    row += [last] * (len(COLUMNS) - len(row))
    return [*row, row[COLUMNS.index("other")]]
