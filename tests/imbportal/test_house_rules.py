"""Rules of the house that no reviewer should have to look for by hand."""

import re
import subprocess
from pathlib import Path

from imbportal.daerah import registry

ROOT = Path(__file__).resolve().parents[2]


def sources(ending):
    """Return the project's own files with this ending, the tests left aside."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", f"*{ending}"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    return [ROOT / name for name in listed if not name.startswith("tests/")]


def found(pattern, files):
    """Return each file and line in which the pattern stands."""
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files
        if path.exists()
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if re.search(pattern, line)
    ]


def test_no_python_names_a_daerah():
    # "contoh" is a word of the schema as well ("a sample"): only the others can be looked for.
    names = "|".join(set(registry.slugs()) - {"contoh"})
    assert found(rf"\b({names}|sleman|malang|bombana|probolinggo)\b", sources(".py")) == []


def test_no_template_names_a_daerah():
    names = "|".join(set(registry.slugs()) - {"contoh"})
    assert found(rf"\b({names})\b", sources(".html")) == []


def test_only_transitions_change_the_state_of_a_case():
    outside = found(r"\.update\(.*\bstate=|bulk_update\(.*state", sources(".py"))
    assert outside == []


def test_no_template_carries_script_or_style_or_unescaped_text():
    pattern = r"<script(?![^>]*\bsrc=)|<style\b(?!.*pdf)| style=\"|\|safe\b|autoescape off"
    pages = [path for path in sources(".html") if "pdf" not in path.parts]
    assert found(pattern, pages) == []


def test_no_file_is_served_from_a_public_media_address():
    assert found(r"MEDIA_URL|/media/", [*sources(".py"), *sources(".html")]) == []


def test_the_search_sees_what_it_looks_for(tmp_path):
    bad = ROOT / "tests" / "imbportal" / "test_house_rules.py"
    assert found(r"\bsleman\b", [bad])
