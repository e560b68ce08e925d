"""Figures of the long tests: one line of JSON, printed and kept below reports/."""

import json
from pathlib import Path

REPORTS = Path(__file__).resolve().parents[2] / "reports"


def write(name, figures):
    line = json.dumps({"uploads": name} | figures, ensure_ascii=False)
    print(line)  # noqa: T201
    REPORTS.mkdir(exist_ok=True)
    (REPORTS / f"uploads-{name}.json").write_text(line + "\n")
    return figures
