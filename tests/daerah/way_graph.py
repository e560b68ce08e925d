"""The states and turns that a case can reach in a track, by the table of moves and the chains."""

from applications import rules as who
from applications.workflow import FINAL, MOVES
from imbportal.daerah.vocabulary import GATES
from imbportal.daerah.ways import OUTSIDE

GIVING_UP = frozenset({"withdraw", "lapse"})
"""Moves that end a case without an answer: nobody should be left with these alone."""


class Graph:
    """Nodes are (state, turn); ``ways[node]`` are the (move, next node) that a person can make."""

    def __init__(self, rules, track):
        self.rules, self.track = rules, track
        self.chains, self.fee = rules.chains(track), rules.track[track].fee
        self.ways, waiting = {}, [("DRAFT", 0)]
        while waiting:
            node = waiting.pop()
            if node not in self.ways:
                self.ways[node] = [*self._moves(*node)]
                waiting += [target for _, target in self.ways[node]]

    def _moves(self, state, turn):
        for move in MOVES:
            if state in move.source and self._can(move, state, turn):
                for target in self._targets(move, state, turn):
                    yield move.name, target

    def _can(self, move, state, turn):
        """Return whether somebody holds the move here, and its guard can ever be met."""
        krk = "KRK_REQUESTED" in self.chains
        if state == "DRAFT" and move.name == ("submit" if krk else "request_krk"):
            return False
        if move.name in ("issue_skrd", "confirm_payment") and not self.fee:
            return False
        if move.name == "lapse":
            return state in {limit.state for limit in self.rules.lapse}
        ways = move.by.ways
        if ways & {"applicant", "head"}:
            return True
        if "named" in ways and self.rules.on_move(self.track, move.name).role:
            return True
        return turn in who._places(move.by, len(self.chains.get(state, ())))

    def _targets(self, move, state, turn):
        """Return where a move leads, past the stages that the track lacks."""
        if move.name == "endorse":
            return [(state, turn + 1)]
        if move.name == "send_back":
            return [(state, turn - 1)]
        if move.target is None:
            return [(state, turn)]
        if move.name == "revise":  # resumes at any link that may have asked
            return [("ASSESSMENT", n) for n in range(len(self.chains["ASSESSMENT"]))]
        return self._past(str(move.target))

    def _past(self, state):
        if state not in GATES or state in self.chains:
            return [(state, 0)]
        forward = [m for m in MOVES if state in m.source and m.forward and m.name != "endorse"]
        forward = [m for m in forward if self.fee or m.name != "issue_skrd"]
        return [node for m in forward for node in self._past(str(m.target))]

    # -- What is asked of it ----------------------------------------------------------------
    @property
    def states(self):
        return {state for state, _ in self.ways}

    def stuck(self):
        """Return the nodes, not final, at which nobody can do anything but give up."""
        return [
            node
            for node, ways in self.ways.items()
            if node[0] not in FINAL and not {name for name, _ in ways} - GIVING_UP
        ]

    def cannot_end(self, end):
        """Return the nodes, not final, from which no way leads to this state."""
        good = {node for node in self.ways if node[0] == end}
        while more := {
            node
            for node, ways in self.ways.items()
            if node not in good and any(to in good for name, to in ways if name not in GIVING_UP)
        }:
            good |= more
        return [node for node in self.ways if node not in good and node[0] not in FINAL]

    def unused(self):
        """Return the links at which no case ever stands."""
        links = {(gate, n) for gate, chain in self.chains.items() for n in range(len(chain))}
        return links - self.ways.keys()


def served(rules):
    return [track for track in rules.track if track != OUTSIDE]
