"""A second opinion on model files about time: from the TOML to machines and games in plain fractions.

Imports nothing of the library.  Texts are read by `independent.parse`; strategies called by name are those of
`machines_by_name`, games and machines those of `tests/oracles/plays.py`.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path

from tests.literature.independent import Model, Play, World, parse, read_model, value
from tests.literature.machines_by_name import Roles, by_name
from tests.oracles import markov
from tests.oracles.lasting_plays import dominated, same
from tests.oracles.long_plays import absorbed, recovery, rounds_until, share
from tests.oracles.plays import Machine, Match, Mix, Spot

MODELS = Path(__file__).parents[2] / "models"
ZERO, ONE = Fraction(0), Fraction(1)
QUANTITY = re.compile(r"\b(share|payoff|absorb|steps|recovery)\(")
Env = Mapping[str, Fraction]
parsed = cache(parse)


@cache
def data_of(path: Path) -> dict:
    """The file, with the sections of the stage that it names."""
    data = tomllib.loads(path.read_text("utf-8"))
    stage = data.get("stage")
    if stage is None:
        return data
    (found,) = [p for p in MODELS.rglob("*.toml") if p.stem == stage]
    base = tomllib.loads(found.read_text("utf-8"))
    limits = [*base.get("assumptions", []), *data.get("assumptions", [])]
    limits += [
        base["parameters"][n]["domain"]
        for n in data["parameters"]
        if "domain" in base["parameters"].get(n, {})
    ]
    return {
        **base,
        **data,
        "parameters": {**base["parameters"], **data["parameters"]},
        "definitions": {**base.get("definitions", {}), **data.get("definitions", {})},
        "assumptions": limits,
        "players": {**base["players"], **data.get("players", {})},
    }


def parameters_of(data: Mapping) -> Model:
    """Parameters, definitions and assumptions alone, for drawing points."""
    kept = {k: data[k] for k in ("parameters", "definitions", "assumptions") if k in data}
    return read_model({"kind": "statement", "parameters": {}, **kept})


class Reader:
    """One file at one exact point."""

    def __init__(self, data: Mapping, env: Env) -> None:
        self.data, self.env = data, env
        definitions = {n: parsed(t) for n, t in data.get("definitions", {}).items()}
        self.world = World((), definitions)
        self.players = tuple(data.get("players", {}))
        given = data.get("discount", {})
        given = given if isinstance(given, dict) else dict.fromkeys(self.players, given)
        self.discounts = {p: self.number(given[p]) for p in self.players}

    def number(self, text: str) -> Fraction:
        return value(parsed(text), self.env, self.world)

    def draw(self, written: str | Mapping[str, str]) -> Mix:
        if isinstance(written, str):
            return {written: ONE}
        return {name: self.number(text) for name, text in written.items()}

    # -- the game ------------------------------------------------------------------------------------------
    def spots(self) -> tuple[dict[str, Spot], str]:
        if "states" in self.data:
            return {n: self.state(s) for n, s in self.data["states"].items()}, self.data["initial"]
        if "nodes" in self.data:
            return self.tree()
        actions = {p: tuple(b["actions"]) for p, b in self.data["players"].items()}
        table = {tuple(c["when"][p] for p in self.players): c for c in self.data["payoffs"]}
        worth = {k: {p: self.number(c[p]) for p in self.players} for k, c in table.items()}

        def outcome(done: Mapping[str, str]) -> tuple[Mapping[str, Fraction], Mix]:
            return worth[tuple(done[p] for p in self.players)], {"": ONE}

        return {"": Spot(actions, outcome)}, ""

    def tree(self) -> tuple[dict[str, Spot], str]:
        nodes, found = self.data["nodes"], {}
        nothing = dict.fromkeys(self.players, ZERO)

        def move(mover: str, moves: Mapping[str, str]) -> Callable:
            return lambda done: (nothing, {moves[done[mover]]: ONE})

        for n in nodes:
            mover, moves = n["player"], n["moves"]
            found[n["id"]] = Spot({mover: tuple(moves)}, move(mover, moves), instant=True)
        for name, o in self.data["outcomes"].items():
            pay = {p: self.number(o[p]) for p in self.players}
            found[name] = Spot({}, lambda done, pay=pay: (pay, {nodes[0]["id"]: ONE}))
        return found, nodes[0]["id"]

    def state(self, s: Mapping) -> Spot:
        if s.get("absorbing"):
            pay = {p: self.number(s.get(p, "0")) for p in self.players}
            return Spot({}, lambda done: (pay, {}), absorbing=True)
        movers = {p: tuple(self.data["players"][p]["actions"]) for p in s.get("movers", [])}
        cases = [
            (c.get("when", {}), {p: self.number(c.get(p, "0")) for p in self.players}, self.draw(c["to"]))
            for c in s["cases"]
        ]

        def outcome(done: Mapping[str, str]) -> tuple[Mapping[str, Fraction], Mix]:
            return next((pay, to) for when, pay, to in cases if all(done[p] == a for p, a in when.items()))

        return Spot(movers, outcome, instant=s.get("instant", False))

    # -- strategies ----------------------------------------------------------------------------------------
    def roles(self, me: str, other: str) -> Roles:
        listed = self.data.get("roles", {})
        mine = listed.get(me) or next(iter(listed.values()))
        theirs = listed.get(other) or next(iter(listed.values()))
        return Roles(me, other, mine["cooperate"], mine["defect"], theirs["cooperate"], theirs["defect"])

    def machine(self, name: str, me: str) -> Machine:
        others = [p for p in self.players if p != me]
        entry = self.data.get("strategies", {}).get(name, {"builtin": name})
        if "builtin" in entry:
            options = {k: self.number(v) if k == "forgive" else v for k, v in entry.get("with", {}).items()}
            return by_name(entry["builtin"], self.roles(me, others[0]), options)
        states = entry["states"]

        def play(mind: str, state: str) -> Mix:
            written = states[mind]["play"]
            if isinstance(written, dict) and state in written:
                written = written[state]
            return self.draw(written)

        def follow(mind: str, seen: Mapping[str, str]) -> Mix:
            known = dict(seen)
            if me in seen:
                known["own"] = seen[me]
            if len(others) == 1 and others[0] in seen:
                known["other"] = seen[others[0]]
            for rule in states[mind]["next"]:
                if all(known.get(k) == v for k, v in rule.get("when", {}).items()):
                    return self.draw(rule["to"])
            raise AssertionError(f"{name}: nothing follows {mind} on {seen}")

        return Machine(entry.get("initial") or next(iter(states)), play, follow)

    def match(self, claim: Mapping) -> Match:
        """The machines of the claim's profile in the game; nobody plays where there is no profile."""
        spots, initial = self.spots()
        machines = {}
        if "profile" in claim:
            (profile,) = [p for p in self.data["profiles"] if p["id"] == claim["profile"]]
            machines = {p: self.machine(profile[p], p) for p in self.players}
        rates, signal = {"implementation": ZERO, "perception": ZERO}, None
        if "noise" in self.data and claim.get("noise", True):
            rates[self.data["noise"]["kind"]] = self.number(self.data["noise"]["rate"])
        if "monitoring" in self.data:
            cases = [(c.get("when", {}), self.draw(c["signal"])) for c in self.data["monitoring"]["cases"]]

            def signal(done: Mapping[str, str]) -> Mix:
                return next(s for when, s in cases if all(done[p] == a for p, a in when.items()))

        begun = claim.get("start", initial)
        return Match(
            spots, begun, self.discounts, machines, rates["implementation"], signal, rates["perception"]
        )

    # -- changes within the list ---------------------------------------------------------------------------
    def uninvaded(self, claim: Mapping) -> bool:
        """Maynard Smith's condition against every listed strategy, if both players of a symmetric game play one.

        Elsewhere every change by one player to a strategy listed for it, which is another, pays strictly less.
        """
        match, players = self.match(claim), self.data["players"]
        (profile,) = [p for p in self.data["profiles"] if p["id"] == claim["profile"]]
        names = {p: {listed[p] for listed in self.data["profiles"]} for p in self.players}
        one, two = self.players[0], self.players[-1]
        alike = len(players) == 2 and "nodes" not in self.data and self.data["kind"] == "repeated"
        if alike and set(players[one]["actions"]) == set(players[two]["actions"]):
            own = profile[one]
            assert own == profile[two], "players of a symmetric game play different strategies"

            def earns(first: str, second: str) -> Fraction:
                pair = {one: self.machine(first, one), two: self.machine(second, two)}
                changed = replace(match, machines=pair)
                return changed.values(one)[changed.start]

            return not any(
                (earns(n, own), earns(n, n)) > (earns(own, own), earns(own, n))
                for n in names[one] | names[two]
            )
        for p in self.players:
            for other in (self.machine(n, p) for n in names[p]):
                changed = replace(match, machines={**match.machines, p: other})
                gain = changed.values(p)[changed.start] - match.values(p)[match.start]
                if gain >= 0 and not same(match, p, match.machines[p], other):
                    return False
        return True

    # -- claims --------------------------------------------------------------------------------------------
    def truth(self, claim: Mapping) -> bool:
        """Whether a claim is true at the point, by the definitions."""
        if "is" in claim:
            match = self.match(claim)
            if "rounds" in self.data:
                assert claim["is"] == "subgame-perfect", "nothing else is decided here of a game that ends"
                return match.perfect_within(self.data["rounds"])
            if claim["is"] == "nash":
                return match.nash
            if claim["is"] == "uninvaded":
                return self.uninvaded(claim)
            if claim["is"] == "renegotiation-proof":
                return match.perfect and not dominated(match)
            return match.perfect
        if "holds" in claim:
            text = claim["holds"]
            if QUANTITY.search(text):
                text = self.settled(text, self.match(claim))
            return value(parsed(text), self.env, parameters_of(self.data).world)
        quantifier = any if "some" in claim else all
        predicate = parsed(claim["some"] if "some" in claim else claim["every"])
        return quantifier(value(predicate, self.env, self.world, p) for p in self.markov_equilibria())

    def settled(self, text: str, match: Match) -> str:
        """The text with every quantity of the profile's play put in as a number."""
        while found := QUANTITY.search(text):
            depth, end = 1, found.end()
            while depth:
                depth += {"(": 1, ")": -1}.get(text[end], 0)
                end += 1
            worth = self.quantity(found.group(1), text[found.end() : end - 1], match)
            text = f"{text[: found.start()]}({worth.numerator}/{worth.denominator}){text[end:]}"
        return text

    def quantity(self, word: str, inside: str, match: Match) -> Fraction:
        if word == "share":
            kind = parsed(inside)
            return share(match, lambda done: occurs(kind, done))
        if word == "payoff":
            total = match.values(inside.strip())[match.start]
            return total * (1 - self.discounts[inside.strip()]) if self.data["kind"] == "repeated" else total
        if word == "absorb":
            return absorbed(match, inside.strip())
        if word == "steps":
            return rounds_until(match, match.start, lambda s: match.spots[s[0]].absorbing)
        return recovery(match)

    def markov_equilibria(self) -> Iterator[Play]:
        """Pure Markov perfect equilibria, all profiles tried."""
        spots, _ = self.spots()
        at = {name: k for k, name in enumerate(spots)}
        states = []
        for spot in spots.values():
            moves = {}
            for chosen in itertools.product(*spot.movers.values()):
                pay, to = spot.outcome(dict(zip(spot.movers, chosen, strict=True)))
                moves[chosen] = (tuple(pay[p] for p in self.players), {at[n]: v for n, v in to.items()})
            movers = tuple(self.players.index(p) for p in spot.movers)
            states.append(markov.State(movers, tuple(spot.movers.values()), moves, spot.instant))
        game = markov.Game(tuple(states), tuple(self.discounts.values()))
        for plan in markov.one_shot(game):
            mixes = {}
            for (name, spot), chosen in zip(spots.items(), plan, strict=True):
                for actions, own in zip(spot.movers.values(), chosen, strict=True):
                    mixes.update({(name, a): Fraction(int(a == own)) for a in actions})
            yield Play(mixes, {})


def occurs(kind: tuple, done: Mapping[str, set[str]]) -> bool:
    """Whether a condition on actions is true of what was done in a round."""
    if kind[0] == "plays":
        return kind[2] in done.get(kind[1], set())
    if kind[0] == "not":
        return not occurs(kind[1], done)
    return (all if kind[0] == "and" else any)(occurs(part, done) for part in kind[1:])
