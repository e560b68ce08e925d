"""Under which Python the scripts go on."""

import os
import sys

import _setup
import pytest

PLAIN, OPTIMIZED = "'--prefix=/opt/python' '--enable-shared'", "'--enable-optimizations'"


@pytest.fixture
def goes_on(monkeypatch, tmp_path):
    """Return a function that says whether the system's Python is taken, by how both are."""
    taken = []
    monkeypatch.setattr(os, "execv", lambda path, words: taken.append([path, *words[1:]]))
    monkeypatch.setattr(_setup, "debian", lambda packages: packages)
    monkeypatch.setattr(sys, "base_prefix", "/opt/python")
    monkeypatch.setattr(sys, "argv", ["script/test", "penuh"])

    def by(options, answers):
        system = tmp_path / "python3"
        if answers is not None:
            system.write_text(f'#!/bin/sh\ncase "$2" in {answers}\nesac\n')
            system.chmod(0o755)
        monkeypatch.setattr(_setup, "SYSTEM_PYTHON", str(system))
        monkeypatch.setattr(_setup.sysconfig, "get_config_var", lambda name: options)
        _setup.right_python()
        return taken == [[str(system), "script/test", "penuh"]]

    return by


def test_one_compiled_without_optimization_gives_way_to_the_systems(goes_on):
    assert goes_on(PLAIN, "*) exit 0;;")


@pytest.mark.parametrize(
    "options, answers",
    [
        (OPTIMIZED, "*) exit 0;;"),
        (PLAIN, "*version_info*) exit 1;; *) exit 0;;"),
        (PLAIN, "*ensurepip*) exit 1;; *) exit 0;;"),
        (PLAIN, None),
    ],
    ids=["as quick", "too old", "makes no environments", "not there"],
)
def test_otherwise_the_one_at_hand_stays(goes_on, options, answers):
    assert not goes_on(options, answers)
