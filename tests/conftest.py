"""What all tests share: their order, what is not asked twice, and Debian's Chromium."""

import copy
import functools
import os
import shutil
import time
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import _processes
import pytest

# Playwright's loop runs in the main thread of its tests; Django would take that for async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
"""No sandbox: root has none. Nothing is looked up on the network at the start."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """Start the browser of the system: Playwright's own is not installed."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    return {**browser_type_launch_args, "executable_path": program, "args": list(QUIET)}


@pytest.fixture
def demo(settings, tmp_path):
    """Allow bills on sample figures, and keep the files apart."""
    settings.DEMO = True
    storages = copy.deepcopy(settings.STORAGES)
    storages["default"]["OPTIONS"]["location"] = tmp_path
    settings.STORAGES = storages


@pytest.fixture
def one_window(monkeypatch):
    """Count all tries in one window: a test of so many in a minute may run over its end."""
    from imbportal import limits  # only now: Django must be set up before

    began = time.time()
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: began))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Give Django a database that has its tables already: its ``migrate`` finds nothing to do."""
    import tables  # only now: Django must be set up before
    from django.db import connection

    if connection.vendor == "postgresql":
        template = tables.postgresql_template(os.environ["DATABASE_URL"])
        connection.settings_dict["TEST"]["TEMPLATE"] = template
        yield
    else:
        with closing(tables.sqlite_memory(connection.creation._get_test_db_name())):
            yield


HERE = Path(__file__).parent
ACCEPTED = {}


@pytest.fixture(scope="module", autouse=True)
def files_accepted_once(request):
    """Parse each distinct file once in a process, but for the tests of the door itself."""
    if request.path.parent.name == "uploads":
        yield
        return
    from imbportal.demo.once import accepted_once  # only now: Django must be set up before

    with accepted_once(ACCEPTED):
        yield


PROMPT = (
    "imbportal/test_cache.py", "notifications", "uploads/test_accept.py", "uploads/test_parsers.py",
    "uploads/test_quarantine.py",
)  # fmt: skip
"""What is asked here how soon somebody answers; these tests and their processes are given the
processor as soon as an installation's are, and not in batches as all others."""


@pytest.fixture(scope="module", autouse=True)
def served_promptly(request):
    if not (_is_in(_place(request.node), PROMPT) and _processes.works_in_batches()):
        yield
        return
    _processes.work_promptly()
    yield
    _processes.work_in_batches()


FIRST = (
    "machine/test_machine.py", "pages/test_every_page.py", "races/test_races.py",
    "uploads/test_fuzz.py", "access/test_foreign_objects.py", "access/test_url_matrix.py",
    "walk/test_browser_walk.py", "notifications/test_providers.py",
    "kewajiban/test_kewajiban.py", "walk/test_sleman_walk.py", "applications/test_cells.py",
    "machine/test_machine_controls.py", "uploads/test_quarantine.py",
    "walk/test_bombana_walk.py", "pages/test_keyboard.py",
)  # fmt: skip
"""Files that take long begin first, so that the processes end at about the same time."""
LONGEST = (
    "machine/test_machine.py", "uploads/test_fuzz.py", "pages/test_every_page.py",
    "access/test_fifty_cases.py", "retribusi/test_second_calculator.py",
    "daerah/test_random_facts.py",
)  # fmt: skip
"""With the long figures these begin before them: they take one process for a good part of it."""
ONE_DATABASE = (
    "daerah", "demo", "imbportal", "kewajiban", "pages", "phone", "publik", "uploads", "walk",
    "access/test_fifty_cases.py", "access/test_foreign_objects.py",
    "access/test_mass_assignment.py", "applications/test_applicant_pages.py",
    "applications/test_applicant_pages_documents.py", "applications/test_attorneys.py",
    "applications/test_case_page.py", "applications/test_case_page_by_state.py",
    "applications/test_cells.py", "applications/test_desk.py", "applications/test_draft_pages.py",
    "applications/test_hand_forms.py", "applications/test_lacking_stages.py",
    "applications/test_malang_case.py", "applications/test_messages.py",
    "applications/test_office_seal.py", "applications/test_one_person.py",
    "applications/test_one_step_in_several_hands.py", "applications/test_page_pictures.py",
    "applications/test_phrases.py", "applications/test_remarks.py", "applications/test_returns.py",
    "applications/test_sanction_seal.py", "applications/test_sleman.py",
    "applications/test_sleman_chain.py", "applications/test_workflow_diagram.py",
    "documents/test_columns.py", "documents/test_nasty.py", "documents/test_national_seal.py",
    "documents/test_papers.py",
    "documents/test_printing.py", "documents/test_reach.py", "documents/test_seal_setup.py",
    "documents/test_sealing.py", "documents/test_tampering.py", "documents/test_threads.py",
    "feedback/test_survey_index.py", "machine/test_machine_controls.py",
    "notifications/test_texts.py", "retribusi/test_bill_form.py",
    "retribusi/test_calculator_page.py", "retribusi/test_fee_day.py", "retribusi/test_formulas.py",
    "retribusi/test_households.py", "retribusi/test_indonesia.py",
    "retribusi/test_malang_tariff.py", "retribusi/test_sealed_letters.py",
    "retribusi/test_statement_files.py", "retribusi/test_work_begun.py",
    "retribusi/test_worked.py",
)  # fmt: skip
"""Folders and files whose subject is no query: files, seals, formulas, the rules of a daerah, what
a page says. On PostgreSQL ``access/test_url_matrix.py`` asks each page, ``machine/test_machine.py``
makes all moves and does all work between, ``applications/test_signing.py`` and the races seal."""

WORKERS = (
    "notifications/test_crash_points.py", "notifications/test_providers.py",
    "notifications/test_two_beats.py", "notifications/test_worker.py",
)  # fmt: skip
"""In the ordinary suite lease threads are killed on SQLite and Celery on PostgreSQL; the threads on
PostgreSQL in the long run alone."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    quick = "not panjang" in config.option.markexpr
    order = dict.fromkeys(FIRST if quick else (*LONGEST, *FIRST))
    ranks = {name: rank for rank, name in enumerate(order)}
    items.sort(key=lambda item: ranks.get(_place(item), len(ranks)))


def pytest_itemcollected(item):
    place = _place(item)
    if _is_in(place, ONE_DATABASE):
        item.add_marker("satu_basis_data")
    threads = "services" not in item.keywords
    if place in WORKERS and threads and os.environ.get("DATABASE_URL", "").startswith("postgres"):
        item.add_marker("panjang")
    if "panjang" in item.keywords and not _names_the_long(item.path):
        raise pytest.UsageError(f"{place}: script/test penuh looks for panjang in the file itself")


@functools.cache
def _names_the_long(path):
    return "panjang" in path.read_text().lower()


def _is_in(place, places):
    return any(place == one or place.startswith(f"{one}/") for one in places)


def _place(item):
    return item.path.relative_to(HERE).as_posix()


# -- What each test takes of the processor: its time on the clock tells nothing beside others -----
BEGUN = pytest.StashKey()
SPENT, DEAREST = "cpu", 12


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    item.stash[BEGUN] = _processor()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    try:
        return (yield)
    finally:
        item.user_properties.append((SPENT, _processor() - item.stash[BEGUN]))


def pytest_terminal_summary(terminalreporter):
    ended = terminalreporter.stats.values()
    spent = {
        report.nodeid: value
        for reports in ended
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == SPENT
    }
    if not spent:
        return
    terminalreporter.section(f"seconds of CPU: {sum(spent.values()):.0f}, the dearest")
    for nodeid in sorted(spent, key=spent.get, reverse=True)[:DEAREST]:
        terminalreporter.write_line(f"{spent[nodeid]:8.1f} s {nodeid}")


def _processor():
    """Return the seconds of CPU of this process and of its children that have ended."""
    return sum(os.times()[:4])
