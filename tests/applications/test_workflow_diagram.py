import pytest
from django.core.management import CommandError, call_command

from applications.management.commands import workflow_diagram


def test_readme_and_docs_show_the_workflow_that_runs():
    call_command("workflow_diagram", check=True)


def test_a_stale_page_is_refused_and_rewritten(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()
    readme = tmp_path / "README.md"
    readme.write_text(f"Atas\n{workflow_diagram.START}\nlama\n{workflow_diagram.END}\nBawah\n")
    with pytest.raises(CommandError, match="out of date"):
        call_command("workflow_diagram", check=True)
    call_command("workflow_diagram")
    text = readme.read_text()
    assert text.startswith("Atas\n") and text.endswith("\nBawah\n")
    assert "DRAFT --> SUBMITTED: submit" in text
    call_command("workflow_diagram", check=True)
