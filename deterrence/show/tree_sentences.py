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
from deterrence.show.phrases import condition_text, probability_words, range_words
from deterrence.solve.atlas import Equilibrium, Path, Strategy

_OFF = "(off the path)"
_ONE = number(1)
_LONGEST = 600  # characters of a system that was not projected
_FILTERS = {"d1": "D1", "intuitive": "the intuitive criterion"}  # how people call refinements


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
        first, second = sorted(chances, key=lambda a: _plainness(chances[a]))
        return f"{first} with probability {chances[first]} (else {second})"
    return "a mixture (" + ", ".join(f"{a} with probability {text}" for a, text in chances.items()) + ")"


def _plainness(text: str) -> tuple[bool, int]:
    """Which of two probabilities to say: a free variable with its range first, then the shorter."""
    return (", any number from" not in text, len(text))


def range_sentences(e: Equilibrium, ask: Prover, said: str, decimals: bool = False) -> list[str]:
    """The ranges of free variables that `said`, the text so far, uses without their range."""
    return [
        f"for {range_words(r, ask, decimals).rstrip(',')}"
        for r in e.free
        if r.described and f"{r.name}, any number from" not in said
    ]


# -- beliefs --------------------------------------------------------------------------------------
def belief_sentences(
    e: Equilibrium, tree: ExtensiveForm, ask: Prover, decimals: bool = False, everything: bool = False
) -> list[str]:
    """What is believed where: one sentence for the types at a place that believe the same.

    Beliefs about types that are still those of the draw are left out unless `everything`.
    """
    on_path = reached_sets(e, tree)
    groups: dict[tuple[str, str], list[InformationSet]] = {}
    for name, belief in e.beliefs:
        h = tree.information_set(name)
        if everything or not as_drawn(belief, tree):
            said = _believed(belief, h, e, tree, ask, decimals)
            groups.setdefault((h.place, said), []).append(h)
    found = []
    for (place, said), sets in groups.items():
        player = tree.player(sets[0].player).shown
        count = len([h for h in tree.information if h.place == place])
        who = f", {_whoever([h.kind for h in sets], count)}," if sets[0].kind else ""
        off = "" if any(h.name in on_path for h in sets) else f" {_OFF}"
        found.append(f"{player} believes at {place}{off}{who} that {said}")
    return found


def _believed(
    belief: Strategy, h: InformationSet, e: Equilibrium, tree: ExtensiveForm, ask: Prover, decimals: bool
) -> str:
    held = [(node, v) for node, v in belief if not v.is_zero]
    if len(held) == 1 and held[0][1] == _ONE:
        return f"{node_words(tree, h, held[0][0])} for sure"
    texts = {node: probability_words(v, e.free, ask, decimals).rstrip(",") for node, v in held}
    if len(held) == 2:  # the second probability is one minus the first: say the shorter one
        texts = dict([min(texts.items(), key=lambda item: _plainness(item[1]))])
    return ", ".join(f"{node_words(tree, h, n)} with probability {text}" for n, text in texts.items())


def as_drawn(belief: Strategy, tree: ExtensiveForm) -> bool:
    """Whether nothing was learned: each node is as likely as the draw of types made it."""
    if not tree.root.is_chance or not all(tree.node(n).types for n, _ in belief):
        return False
    drawn = {
        tree.node(to).types: v
        for (_, to), v in zip(tree.root.moves, tree.root.probabilities, strict=True)
        if not tree.is_end(to)
    }
    priors = [drawn.get(tree.node(n).types) for n, _ in belief]
    known = [v for v in priors if v is not None]
    if len(known) != len(belief) or len({tree.node(n).types for n, _ in belief}) != len(belief):
        return False
    total = known[0]
    for v in known[1:]:
        total = total + v
    return all(v * total == prior for (_, v), prior in zip(belief, known, strict=True))


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
    alike = [o.id for o in others if o.types == node.types]
    if len(alike) > 1:
        words.append(_parting(tree, alike, identifier))
    return " and ".join(words) or f"play is at {written_id(tree, identifier)}"


def _parting(tree: ExtensiveForm, identifiers: Sequence[str], identifier: str) -> str:
    """The move at which the ways to these nodes part, if it tells this one from all others."""
    ways = {n: tree.history(n) for n in identifiers}
    for steps in zip(*ways.values(), strict=False):
        if len({node for node, _ in steps}) > 1:
            break
        if len({action for _, action in steps}) == len(steps):
            before, action = steps[list(ways).index(identifier)]
            mover = tree.node(before)
            who = "chance drew" if mover.is_chance else f"{tree.player(mover.player).shown} played"
            return f"{who} {action}"
    return f"play is at {written_id(tree, identifier)}"


def written_id(tree: ExtensiveForm, identifier: str) -> str:
    """The id of a node as it was written, without the types that were drawn."""
    return identifier.removesuffix("".join(f"/{k}" for _, k in tree.node(identifier).types))


# -- refinements and groups -----------------------------------------------------------------------
def refinement_sentences(e: Equilibrium, ask: Prover, solve_for: str | None = None) -> list[str]:
    """Under which named refinements the component survives: `survives d1 everywhere it exists`, …"""
    groups: dict[str, list[str]] = {}
    for name, region in e.refinements:
        groups.setdefault(_survival(region, e, ask, solve_for), []).append(name)
    return [f"survives {filter_words(names)} {where}" for where, names in groups.items()]


def filter_words(names: Sequence[str]) -> str:
    """Named refinements as people call them."""
    return " and ".join(_FILTERS.get(n, n) for n in names)


def _survival(region: Region, e: Equilibrium, ask: Prover, solve_for: str | None) -> str:
    if region == EVERYWHERE or ask.implies(e.where, region) is True:
        return "wherever it exists"
    if region == NOWHERE or ask.satisfiable(all_of((e.where, region))) is False:
        return "nowhere"
    shorter = tidy(region, all_of((ask.given, e.where))) if e.projected else region
    return f"exactly where {condition_text(shorter, ask, solve_for)}"


def path_sentences(path: Path, ask: Prover, solve_for: str | None = None) -> list[str]:
    """Where some, and where every, rational behaviour off the path supports the play on it."""
    some = _where(path.some, ask, solve_for)
    lines = [f"supported by some behaviour off the path: {some}"]
    if path.every is not None:
        every = _where(path.every, ask, solve_for)
        lines.append(f"by every rational one: {every if every != some else 'likewise'}")
    groups: dict[str, list[str]] = {}
    for name, region in path.refined:
        where = _where(region, ask, solve_for)
        groups.setdefault(where if where != some else "likewise", []).append(name)
    lines += [f"by some that survives {filter_words(names)}: {where}" for where, names in groups.items()]
    return lines


def _where(region: Region | None, ask: Prover, solve_for: str | None) -> str:
    if region is None:
        return "not computed"
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
    """For a component whose region was not projected: the exact system instead, cut if long; or nothing."""
    if e.projected:
        return ""
    names = ", ".join(r.name for r in e.free)
    beside = f" in the parameters and {names}" if names else ""
    system = condition_text(e.where, ask)
    if len(system) > _LONGEST:
        system = f"{system[:_LONGEST]} … (--json has all {len(system)} characters)"
    return f"its region was not projected; the exact system{beside}: {system}"
