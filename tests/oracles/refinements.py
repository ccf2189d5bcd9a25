"""D1 and the intuitive criterion in signalling games at numbers, where the receiver has two answers.

Defines `excluded`: the types that a refinement rules out behind a message that nobody sends.  A mixed answer is
the chance of the first answer; those that are best for some belief are 0, 1, or the whole interval, and every
type's gain is linear in it, so that looking at ends, roots and points between is exact.
Imports nothing of the library.  Sources: [ChoKreps1987], [BanksSobel1987].
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from tests.oracles.assessments import Behaviour, Tree, worth


def excluded(tree: Tree, behaviour: Behaviour, receiver: str, refinement: str) -> frozenset[str]:
    """The nodes of an unreached receiver's set whose type "d1" or "intuitive" rules out.

    Every node must be reached from its own sender's set by one message.
    """
    nodes = tree.sets[receiver]
    player = tree.owner(receiver)
    first, second = tree.actions[receiver]
    edge = {x: _payoff(tree, x, first, player) - _payoff(tree, x, second, player) for x in nodes}
    gains: dict[str, tuple[Fraction, Fraction]] = {}
    for x in nodes:
        sender_node, _ = tree.histories[x][-1]
        sender = tree.mover[sender_node]
        assert sender is not None
        usual = worth(tree, sender_node, sender, behaviour, {})
        gains[x] = (
            _payoff(tree, x, first, sender) - usual,
            _payoff(tree, x, second, sender) - usual,
        )
    answers = _answers(edge, gains)

    def gain(x: str, answer: Fraction) -> Fraction:
        return answer * gains[x][0] + (1 - answer) * gains[x][1]

    if refinement == "intuitive":
        return frozenset(x for x in nodes if all(gain(x, a) < 0 for a in answers))
    assert refinement == "d1"
    return frozenset(
        x
        for x in nodes
        if any(
            any(gain(y, a) > 0 for a in answers) and all(gain(y, a) > 0 for a in answers if gain(x, a) >= 0)
            for y in nodes
            if y != x
        )
    )


def survives(
    tree: Tree, behaviour: Behaviour, beliefs: Mapping[str, Mapping[str, Fraction]], refinement: str
) -> bool:
    """Whether off the path no excluded type is believed in, unless all are excluded."""
    sent = {a for h in tree.sets if h.startswith("s") for a, v in behaviour[h].items() if v}
    for receiver in (h for h in tree.sets if h.startswith("after")):
        if any(tree.histories[x][-1][1] in sent for x in tree.sets[receiver]):
            continue
        out = excluded(tree, behaviour, receiver, refinement)
        if len(out) < len(tree.sets[receiver]) and any(beliefs[receiver][x] for x in out):
            return False
    return True


def _payoff(tree: Tree, node: str, answer: str, player: str) -> Fraction:
    return tree.payoffs[tree.moves[node][answer]][player]


def _answers(edge: Mapping[str, Fraction], gains: Mapping[str, tuple[Fraction, Fraction]]) -> list[Fraction]:
    """Chances of the first answer that are best for some belief: enough of them to tell all signs of gains."""
    least, most = min(edge.values()), max(edge.values())
    if least > 0:
        return [Fraction(1)]
    if most < 0:
        return [Fraction(0)]
    roots = {b / (b - a) for a, b in gains.values() if a != b}
    marks = sorted({Fraction(0), Fraction(1), *(r for r in roots if 0 < r < 1)})
    return sorted([*marks, *((x + y) / 2 for x, y in zip(marks, marks[1:], strict=False))])
