"""Random runs that are random: Hypothesis without those that it makes of the runs before."""

from contextlib import contextmanager
from unittest import mock

from hypothesis.internal.conjecture.engine import ConjectureRunner


@contextmanager
def each_anew():
    """Else five of six runs are a run before with a part of it put in twice, and reach less."""
    with mock.patch.object(ConjectureRunner, "generate_mutations_from"):
        yield
