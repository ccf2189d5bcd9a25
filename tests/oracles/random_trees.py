"""Small trees drawn at random, as plain tables that `ExtensiveForm.build` takes; nothing of the library is imported.

Families: signalling games, hidden types on both sides as in unilateral deterrence, chains of information sets
off the path, and trees of any shape whose information sets keep perfect recall.  Payoffs come from a short list,
so that ties abound, or from a long one; `symbols` puts parameters in the place of some of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random
from typing import Any

Payoff = Fraction | int | str
TIES: tuple[Payoff, ...] = (-2, -1, 0, 1, 2)
FEW: tuple[Payoff, ...] = (0, 1)
GENERIC: tuple[Payoff, ...] = (*(n * n + 3 * n for n in range(-2, 40)), Fraction(1, 3), Fraction(-7, 2))


@dataclass(frozen=True)
class Table:
    """A tree as plain data, in the form of the arguments of `ExtensiveForm.build`."""

    players: tuple[str, ...]
    nodes: dict[str, dict[str, Any]]
    ends: dict[str, tuple[Payoff, ...]]


def _table(players: Sequence[str], nodes: dict[str, dict[str, Any]], draw: Callable[[], Payoff]) -> Table:
    """The table with payoffs drawn for every move that leads to no node."""
    used = [to for n in nodes.values() for to in n["moves"].values() if to not in nodes]
    return Table(tuple(players), nodes, {end: tuple(draw() for _ in players) for end in used})


def _chance(rng: Random, moves: dict[str, str]) -> dict[str, Any]:
    weights = [rng.choice((1, 1, 2, 3)) for _ in moves]
    chances = {a: Fraction(w, sum(weights)) for a, w in zip(moves, weights, strict=True)}
    return {"player": "chance", "moves": moves, "probabilities": chances}


def signalling(rng: Random, payoffs: Sequence[Payoff], types: int = 2, messages: int = 2) -> Table:
    """Chance draws a type, the sender sees it and sends a message, the receiver sees only that and replies."""
    nodes = {"draw": _chance(rng, {f"t{t}": f"s{t}" for t in range(types)})}
    for t in range(types):
        nodes[f"s{t}"] = {"player": "S", "moves": {f"m{m}": f"r{t}{m}" for m in range(messages)}}
    for t in range(types):
        for m in range(messages):
            moves = {"u": f"e{t}{m}u", "d": f"e{t}{m}d"}
            nodes[f"r{t}{m}"] = {"player": "R", "information": f"after{m}", "moves": moves}
    return _table(["S", "R"], nodes, lambda: rng.choice(payoffs))


def two_sided(rng: Random, payoffs: Sequence[Payoff]) -> Table:
    """Both sides have types: one may challenge or wait, the other resists or yields to a challenge."""
    nodes = {"draw": _chance(rng, {f"c{i}d{j}": f"c{i}{j}" for i in (0, 1) for j in (0, 1)})}
    for i in (0, 1):
        for j in (0, 1):
            moves = {"wait": f"w{i}{j}", "go": f"d{i}{j}"}
            nodes[f"c{i}{j}"] = {"player": "C", "information": f"open{i}", "moves": moves}
            moves = {"resist": f"x{i}{j}", "cede": f"y{i}{j}"}
            nodes[f"d{i}{j}"] = {"player": "D", "information": f"answer{j}", "moves": moves}
    return _table(["C", "D"], nodes, lambda: rng.choice(payoffs))


def chain(rng: Random, payoffs: Sequence[Payoff]) -> Table:
    """One player may stay out; if it enters by one of two doors, the second and then a third player move blindly.

    The third may be the second again, which then remembers its own move.
    """
    nodes: dict[str, dict[str, Any]] = {
        "n": {"player": "A", "moves": {"out": "o", "a": "na", "b": "nb"}},
    }
    last = rng.choice(["B", "C", "C"])
    for door in "ab":
        moves = {"l": f"n{door}l", "r": f"n{door}r"}
        nodes[f"n{door}"] = {"player": "B", "information": "second", "moves": moves}
        blind = "third" if last == "C" else "third_l"
        nodes[f"n{door}l"] = {
            "player": last,
            "information": blind,
            "moves": {"u": f"e{door}lu", "d": f"e{door}ld"},
        }
        if last == "C" and rng.random() < 0.5:
            moves = {"u": f"e{door}ru", "d": f"e{door}rd"}
            nodes[f"n{door}r"] = {"player": "C", "information": "third", "moves": moves}
    players = ["A", "B"] if last == "B" else ["A", "B", "C"]
    return _table(players, nodes, lambda: rng.choice(payoffs))


def watchers(rng: Random, payoffs: Sequence[Payoff], doors: int = 3, sets: int = 3) -> Table:
    """One player stays out or does one of three things; chance decides who sees it, and watchers confuse some.

    Off the path the watchers' beliefs are tied: the odds that one gives to a and b, another to b and c, and a
    third to c and a multiply to a known number.
    """
    things = "abc"[:doors]
    nodes: dict[str, dict[str, Any]] = {
        "n": {"player": "A", "moves": {"out": "o", **{x: f"n{x}" for x in things}}},
    }
    for k, x in enumerate(things):
        seen = rng.sample(range(sets), 2) if rng.random() < 0.3 else [k % sets, (k + 1) % sets]
        nodes[f"n{x}"] = _chance(rng, {f"w{i}": f"n{x}{i}" for i in seen})
        for i in seen:
            moves = {"u": f"e{x}{i}u", "d": f"e{x}{i}d"}
            nodes[f"n{x}{i}"] = {"player": "B", "information": f"watch{i}", "moves": moves}
    return _table(["A", "B"], nodes, lambda: rng.choice(payoffs))


def any_shape(rng: Random, payoffs: Sequence[Payoff], most_sets: int = 5) -> Table:
    """A tree of any shape: nodes of one player are joined at random if its own past is the same at both."""
    while True:
        found = _any_shape(rng, payoffs)
        sets = {n["information"] for n in found.nodes.values() if n["player"] != "chance"}
        hidden = any(sum(m.get("information") == s for m in found.nodes.values()) > 1 for s in sets)
        if len(sets) <= most_sets and hidden:
            return found


def _any_shape(rng: Random, payoffs: Sequence[Payoff]) -> Table:
    players = ["A", "B", "C"][: rng.choice((2, 2, 3))]
    nodes: dict[str, dict[str, Any]] = {}
    pasts: dict[str, tuple[str, tuple[str, ...], int]] = {}
    ahead: list[tuple[str, int, dict[str, tuple[str, ...]]]] = [("n", 0, {p: () for p in players})]
    while ahead:
        node, depth, past = ahead.pop(0)
        width = rng.choice((2, 2, 3)) if depth == 0 else 2
        moves = {"abc"[k]: f"{node}{'abc'[k]}" for k in range(width)}
        if rng.random() < (0.4 if depth == 0 else 0.05):
            nodes[node] = _chance(rng, moves)
            own = None
        else:
            player = rng.choice(players)
            same = [s for s, known in pasts.items() if known == (player, past[player], width)]
            own = rng.choice(same) if same and rng.random() < 0.8 else f"h{len(pasts)}"
            pasts[own] = (player, past[player], width)
            nodes[node] = {"player": player, "information": own, "moves": moves}
        for action, to in moves.items():
            if rng.random() < (0.9, 0.6, 0.3, 0.0)[depth]:
                after = dict(past)
                if own is not None:
                    after[nodes[node]["player"]] = (*past[nodes[node]["player"]], own, action)
                ahead.append((to, depth + 1, after))
    used = {n["player"] for n in nodes.values()}
    return _table([p for p in players if p in used] or ["A"], nodes, lambda: rng.choice(payoffs))


def symbols(rng: Random, table: Table, names: Sequence[str]) -> Table:
    """The table with a parameter in the place of some payoffs, each parameter once."""
    ends = {end: list(row) for end, row in table.ends.items()}
    places = [(end, i) for end, row in ends.items() for i in range(len(row))]
    for name, (end, i) in zip(names, rng.sample(places, len(names)), strict=True):
        ends[end][i] = name
    return replace(table, ends={end: tuple(row) for end, row in ends.items()})
