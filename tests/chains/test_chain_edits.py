"""Random edits of the table of events: each is found, the consistent ones by the digest."""

import json
import random
import time
from collections import Counter
from pathlib import Path

import pytest
from django.db import transaction

from applications.chains import against, case_events, digests, kinds
from tests.chains import chain_edits
from tests.chains.chain_edits import BY_DIGEST, BY_WALK

ROOT = Path(__file__).resolve().parents[2]
LONG = pytest.param(5000, marks=[pytest.mark.panjang, pytest.mark.satu_basis_data])
"""What is told apart is text and hashes: every kind is found on PostgreSQL among the hundred."""


@pytest.fixture
def chains(db):
    """Eight cases with a digest over them, in a database whose guard was taken away."""
    chain_edits.chains(8, 6)
    made = digests.make("contoh")
    chain_edits.without_guard()
    return made


def walked():
    return list(case_events.walk(kinds.EVERY, kinds.silent))


def held(made):
    return list(against.hold(made, kinds.silent))


def found_after(name, dice, made, look):
    """Return what ``look`` finds after one edit that is taken back."""
    with transaction.atomic():
        chain_edits.edit(name, dice)
        found = look(made)
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("count", [100, LONG])
def test_every_edit_of_the_events_is_found(chains, count):
    dice, began = random.Random(2026), time.process_time()
    assert walked() == held(chains) == []
    seen = Counter()
    for n in range(count):
        name = (*BY_WALK, *BY_DIGEST)[n % 8]
        look = (lambda made: walked()) if name in BY_WALK else held
        found = found_after(name, dice, chains, look)
        assert found, f"{name} was not found at {n}"
        assert found[0].chain.startswith("permohonan R-contoh-"), found
        seen[name] += 1
    assert walked() == held(chains) == []
    write({"edits": count, "found": sum(seen.values()), "by": dict(seen),
           "cpu_s": round(time.process_time() - began, 1)})  # fmt: skip


def test_with_the_hash_unchecked_no_changed_content_is_found(chains, monkeypatch):
    monkeypatch.setattr(case_events, "holds", lambda link: True)
    dice = random.Random(7)
    found = [found_after("content", dice, chains, lambda made: walked()) for _ in range(25)]
    assert not any(found)


def test_without_the_digest_no_consistent_edit_is_found(chains):
    dice = random.Random(7)
    names = [name for name in BY_DIGEST for _ in range(8)]
    assert not any(found_after(name, dice, chains, lambda made: walked()) for name in names)


def write(figures):
    line = json.dumps({"name": "chain_edits"} | figures)
    print(line)  # noqa: T201
    (ROOT / "reports").mkdir(exist_ok=True)
    (ROOT / "reports" / f"chain_edits-{figures['edits']}.json").write_text(line + "\n")
