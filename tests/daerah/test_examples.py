"""Every worked example of every file comes out."""

import io
import json

import pytest
from django.core.management import call_command

from imbportal.daerah import registry

EXAMPLES = [
    pytest.param(slug, example, id=f"{slug}: {example['cite']}")
    for slug in registry.slugs()
    for example in registry.current(slug).example
]


@pytest.mark.parametrize(("slug", "example"), EXAMPLES)
def test_a_worked_example_comes_out(slug, example, tmp_path):
    path, out = tmp_path / "masukan.json", io.StringIO()
    path.write_text(json.dumps(example["input"], default=str), encoding="utf-8")
    call_command("hitung_retribusi", slug, str(path), stdout=out)
    assert json.loads(out.getvalue())["total"] == example["total"]
