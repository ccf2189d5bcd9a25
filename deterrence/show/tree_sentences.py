"""Equilibria of trees in plain words: what is played where, by which type, and what is believed there.

Information sets of one place (`answer[hard]`, `answer[soft]`) share a clause; a place that play does not
come to is marked.  Beliefs and refinements have sentences of their own.
"""

from __future__ import annotations

from collections.abc import Sequence

from deterrence.algebra.decide import Prover
from deterrence.algebra.region import EVERYWHERE, NOWHERE, Region, all_of
from deterrence.algebra.tidy import tidy
from deterrence.algebra.value import number
from deterrence.games.behaviour import reach
from deterrence.games.tree import ExtensiveForm, InformationSet
from deterrence.show.phrases import condition_text, probability_words
from deterrence.solve.atlas import Equilibrium, Path, Strategy

_OFF = "(off the path)"
_ONE = number(1)


def reached_sets(e: Equilibrium, tree: ExtensiveForm) -> frozenset[str]:
    """The information sets that play comes to."""
    come = reach(tree, {place: dict(strategy) for place, strategy in e.profile})
    return frozenset(h.name for h in tree.information if any(n in come for n in h.nodes))


def behaviour_sentence(e: Equilibrium, tree: ExtensiveForm, ask: Prover, decimals: bool = False) -> str:
    """Who plays what, a clause for each player: `Defender plays resist at answer if hard, …`."""
    on_path = reached_sets(e, tree)
    clauses = []
    for player in tree.players:
        places: dict[str, list[InformationSet]] = {}
        for h in tree.owned_by(player.name):
            places.setdefault(h.place, []).append(h)
        said = [_place(place, sets, e, ask, decimals, on_path) for place, sets in places.items()]
        if said:
            clauses.append(f"{player.shown} plays {'; '.join(said)}")
    return ". ".join(clauses)


def _place(
    place: str,
    sets: Sequence[InformationSet],
    e: Equilibrium,
    ask: Prover,
    decimals: bool,
    on_path: frozenset[str],
) -> str:
    """What is played at one place, types with the same behaviour together."""
    groups: dict[tuple[str, bool], list[str]] = {}
    for h in sets:
        how = _strategy(tuple(e.strategy(h.name).items()), e, ask, decimals)
        groups.setdefault((how, h.name in on_path), []).append(h.kind)
    nowhere = not any(reached for _, reached in groups)
    parts = []
    for (how, reached), kinds in groups.items():
        who = "" if not kinds[0] else f" {_whoever(kinds, len(sets))}"
        off = f" {_OFF}" if not reached and not nowhere else ""
        parts.append((how, who + off))
    at = f" at {place}{f' {_OFF}' if nowhere else ''}"
    first = f"{parts[0][0]}{at}{parts[0][1]}"
    return ", ".join([first, *(how + who for how, who in parts[1:])])


def _whoever(kinds: Sequence[str], count: int) -> str:
    if len(kinds) > 1 and len(kinds) == count:
        return f"whether {_either(kinds)}"
    return f"if {_either(kinds)}"


def _either(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _strategy(strategy: Strategy, e: Equilibrium, ask: Prover, decimals: bool) -> str:
    used = [(a, v) for a, v in strategy if not v.is_zero]
    if len(used) == 1:
        return used[0][0]
    chances = {a: probability_words(v, e.free, ask, decimals).rstrip(",") for a, v in used}
    if len(used) == 2:  # the second probability is one minus the first: say the shorter one
        first, second = sorted(chances, key=lambda a: len(chances[a]))
        return f"{first} with probability {chances[first]} (else {second})"
    return "a mixture (" + ", ".join(f"{a} with probability {text}" for a, text in chances.items()) + ")"


# -- beliefs --------------------------------------------------------------------------------------
def belief_sentences(e: Equilibrium, tree: ExtensiveForm, ask: Prover, decimals: bool = False) -> list[str]:
    """What is believed at each information set of several nodes, one sentence each."""
    on_path = reached_sets(e, tree)
    found = []
    for name, belief in e.beliefs:
        h = tree.information_set(name)
        held = [(node, v) for node, v in belief if not v.is_zero]
        if len(held) == 1 and held[0][1] == _ONE:
            said = f"{node_words(tree, h, held[0][0])}, for sure"
        else:
            if len(held) == 2:  # the second probability is one minus the first
                held = held[:1]
            said = ", ".join(
                f"{node_words(tree, h, node)} with probability {probability_words(v, e.free, ask, decimals)}"
                for node, v in held
            ).rstrip(",")
        off = "" if name in on_path else f" {_OFF}"
        found.append(f"{tree.player(h.player).shown} believes at {name}{off} that {said}")
    return found


def node_words(tree: ExtensiveForm, h: InformationSet, identifier: str) -> str:
    """How a node differs from the others of its information set: by types, by the last move, or by name.

    >>> tree = ExtensiveForm.build(["us", "them"],
    ...     {"n": {"player": "us", "moves": {"a": "x", "b": "y"}},
    ...      "x": {"player": "them", "moves": {"l": "o", "r": "o"}, "information": "h"},
    ...      "y": {"player": "them", "moves": {"l": "o", "r": "o"}, "information": "h"}}, {"o": [0, 0]})
    >>> node_words(tree, tree.information_set("h"), "y")
    'us played b'
    """
    others = [tree.node(n) for n in h.nodes]
    node = tree.node(identifier)
    words = [
        f"{tree.player(player).shown} is {kind}"
        for player, kind in node.types
        if len({dict(o.types).get(player) for o in others}) > 1
    ]
    written = {o.id.removesuffix("".join(f"/{k}" for _, k in o.types)) for o in others}
    if len(written) > 1:
        words.append(_last_moves(tree, h, identifier))
    return " and ".join(words) or f"play is at {identifier}"


def _last_moves(tree: ExtensiveForm, h: InformationSet, identifier: str) -> str:
    steps = [tree.parents.get(n) for n in h.nodes]
    known = [s for s in steps if s is not None]
    movers = {tree.node(n).player for n, _ in known}
    told = len({a for _, a in known}) == len(steps) and len(movers) == 1
    if not told or identifier not in tree.parents:
        return f"play is at {identifier}"
    before, action = tree.parents[identifier]
    mover = tree.node(before)
    return (
        f"chance drew {action}" if mover.is_chance else f"{tree.player(mover.player).shown} played {action}"
    )


# -- refinements and groups -----------------------------------------------------------------------
def refinement_sentences(e: Equilibrium, ask: Prover, solve_for: str | None = None) -> list[str]:
    """Whether the component survives each named refinement: everywhere, nowhere, or exactly where."""
    return [_survival(name, region, e, ask, solve_for) for name, region in e.refinements]


def _survival(name: str, region: Region, e: Equilibrium, ask: Prover, solve_for: str | None) -> str:
    if region == EVERYWHERE or ask.implies(e.where, region) is True:
        return f"survives {name} everywhere"
    if region == NOWHERE or ask.satisfiable(all_of((e.where, region))) is False:
        return f"survives {name} nowhere"
    shorter = tidy(region, all_of((ask.given, e.where)))
    return f"survives {name} exactly where {condition_text(shorter, ask, solve_for)}"


def path_sentences(path: Path, ask: Prover, solve_for: str | None = None) -> list[str]:
    """Where some, and where every, rational behaviour off the path supports the play on it."""
    lines = [f"supported by some behaviour off the path {_where(path.some, ask, solve_for)}"]
    if path.every is not None:
        lines.append(f"by every rational behaviour off the path {_where(path.every, ask, solve_for)}")
    for name, region in path.refined:
        if region is None:
            lines.append(f"where some that survives {name} does: not computed")
        else:
            lines.append(f"by some that survives {name} {_where(region, ask, solve_for)}")
    return lines


def _where(region: Region, ask: Prover, solve_for: str | None) -> str:
    if region == EVERYWHERE:
        return "everywhere"
    if region == NOWHERE:
        return "nowhere"
    return f"exactly where {condition_text(region, ask, solve_for)}"


def path_heading(e: Equilibrium, tree: ExtensiveForm) -> str:
    """The play on the path in a few words, from one of its equilibria."""
    on_path = reached_sets(e, tree)
    places: dict[str, dict[str, list[str]]] = {}
    for h in tree.information:
        if h.name in on_path:
            used = " or ".join(a for a, v in e.strategy(h.name).items() if not v.is_zero)
            places.setdefault(h.place, {}).setdefault(used, []).append(h.kind)
    said = []
    for place, groups in places.items():
        parts = [
            used if len(groups) == 1 or not kinds[0] else f"{used} if {_either(kinds)}"
            for used, kinds in groups.items()
        ]
        said.append(f"{place}: {', '.join(parts)}")
    return "; ".join(said)


def projection_sentence(e: Equilibrium, ask: Prover) -> str:
    """For a component whose region was not projected: the exact system instead, or nothing."""
    if e.projected:
        return ""
    names = ", ".join(r.name for r in e.free)
    beside = f" in the parameters and {names}" if names else ""
    return f"its region was not projected; the exact system{beside}: {condition_text(e.where, ask)}"
