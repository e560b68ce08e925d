"""Reading a file by its bank's format, whichever it is."""

import datetime

from retribusi.statements import csv_file, mt940_file
from retribusi.statements.mapping import Mapping
from retribusi.statements.rows import Parsed


def read(data: bytes, mapping: Mapping, today: datetime.date, account: str = "") -> Parsed:
    """Return the lines of a file. Raises BrokenFile."""
    if mapping.kind == "mt940":
        parsed = mt940_file.parse(data, mapping, today, account)
    else:
        parsed = csv_file.parse(data, mapping, today)
    days = [row.day for row in parsed.rows]
    parsed.begins = min(days)
    parsed.ends = max([*days, *filter(None, [parsed.ends])])
    return parsed
