"""A second opinion on the model files: plain fractions and the textbook definitions, nothing else.

Imports nothing from the library.  A tiny reader of the model-file grammar; all Nash equilibria of a
bimatrix game as products of polytopes (vertices of the best-reply polyhedra, so that continua are
covered); all equilibria of a 2x2x2 game by cases; claims decided at one exact point; sampling of points
that lie on borders on purpose, because ties are where claims break.
"""

from __future__ import annotations

import itertools
import math
import operator
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

F = Fraction
Env = Mapping[str, Fraction]
Mix = tuple[Fraction, ...]

# ------------------------------------------------------------------------------------------ the grammar

TOKEN = re.compile(r"\s*(\d+\.\d+|\d+|[A-Za-z]\w*|\*\*|<=|>=|==|!=|[-+*/(),:<>=])")
RELATIONS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}
ARITHMETIC: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


class Unsupported(Exception):
    """A text or a game outside what is decided here; never a statement about the model."""


def parse(text: str) -> tuple:
    """A nested tuple for an expression or a condition of the model-file grammar."""
    words: list[str] = []
    at = 0
    while text[at:].strip():
        match = TOKEN.match(text, at)
        if match is None:
            raise ValueError(f"cannot read {text[at:]!r}")
        words.append(match.group(1))
        at = match.end()
    words.append("")
    place = 0

    def take(wanted: str | None = None) -> str:
        nonlocal place
        word = words[place]
        if wanted is not None and word != wanted:
            raise ValueError(f"expected {wanted!r}, found {word!r} in {text!r}")
        place += 1
        return word

    def disjunction() -> tuple:
        parts = [conjunction()]
        while words[place] == "or":
            take()
            parts.append(conjunction())
        return parts[0] if len(parts) == 1 else ("or", *parts)

    def conjunction() -> tuple:
        parts = [negation()]
        while words[place] == "and":
            take()
            parts.append(negation())
        return parts[0] if len(parts) == 1 else ("and", *parts)

    def negation() -> tuple:
        if words[place] == "not":
            take()
            return ("not", negation())
        if words[place] in ("exists", "forall"):
            kind, name = take(), take()
            if words[place] == ",":
                raise Unsupported("a quantifier over several names")
            take(":")
            return (kind, name, disjunction())
        return comparison()

    def comparison() -> tuple:
        terms, relations = [total()], []
        while words[place] in RELATIONS:
            relations.append(take())
            terms.append(total())
        return ("compare", tuple(terms), tuple(relations)) if relations else terms[0]

    def total() -> tuple:
        node = product()
        while words[place] in ("+", "-"):
            node = (take(), node, product())
        return node

    def product() -> tuple:
        node = signed()
        while words[place] in ("*", "/"):
            node = (take(), node, signed())
        return node

    def signed() -> tuple:
        if words[place] == "-":
            take()
            return ("-", ("number", F(0)), signed())
        node = atom()
        if words[place] == "**":
            take()
            node = ("**", node, int(take()))
        return node

    def atom() -> tuple:
        word = take()
        if word == "(":
            node = disjunction()
            take(")")
            return node
        if word[:1].isdigit():
            return ("number", F(word))
        if word in ("true", "false"):
            return (word,)
        if word == "sqrt":
            raise Unsupported(word)
        if word == "diff":
            take("(")
            node = total()
            take(",")
            name = take()
            take(")")
            return ("diff", node, name)
        if word in ("min", "max", "abs"):
            take("(")
            arguments = [total()]
            while words[place] == ",":
                take()
                arguments.append(total())
            take(")")
            return (word, *arguments)
        if word == "P" and words[place] == "(":
            take("(")
            player, _, action = take(), take("="), take()
            take(")")
            return ("probability", player, action)
        if word == "payoff" and words[place] == "(":
            take("(")
            player = take()
            take(")")
            return ("payoff", player)
        if words[place] == "=":
            take("=")
            return ("plays", word, take())
        if not word[:1].isalpha():
            raise ValueError(f"unexpected {word!r} in {text!r}")
        return ("name", word)

    tree = disjunction()
    if words[place]:
        raise ValueError(f"left over from {place}: {words[place:]} in {text!r}")
    return tree


@dataclass(frozen=True)
class Play:
    """A profile at a point: probabilities by player and action, and expected payoffs."""

    mixes: Mapping[tuple[str, str], Fraction]
    payoffs: Mapping[str, Fraction]


@dataclass(frozen=True)
class World:
    """What quantifiers need to know: the domain that the joint assumptions leave, and definitions."""

    limits: tuple[tuple, ...] = ()
    definitions: Mapping[str, tuple] = field(default_factory=dict)


def value(node: tuple, env: Env, world: World, play: Play | None = None):
    """The exact value (a fraction or a truth value) of a parsed text at a point."""
    kind = node[0]
    if kind == "number":
        return node[1]
    if kind == "name":
        if node[1] in env:
            return env[node[1]]
        return value(world.definitions[node[1]], env, world, play)
    if kind in ("+", "-", "*", "/"):
        left, right = value(node[1], env, world, play), value(node[2], env, world, play)
        return ARITHMETIC[kind](left, right)
    if kind == "**":
        return value(node[1], env, world, play) ** node[2]
    if kind in ("min", "max"):
        return (min if kind == "min" else max)(value(part, env, world, play) for part in node[1:])
    if kind == "abs":
        return abs(value(node[1], env, world, play))
    if kind == "diff":
        return value(derived(node[1], node[2], world), env, world, play)
    if kind == "compare":
        numbers = [value(term, env, world, play) for term in node[1]]
        return all(RELATIONS[sign](numbers[i], numbers[i + 1]) for i, sign in enumerate(node[2]))
    if kind == "and":
        return all(value(part, env, world, play) for part in node[1:])
    if kind == "or":
        return any(value(part, env, world, play) for part in node[1:])
    if kind == "not":
        return not value(node[1], env, world, play)
    if kind in ("true", "false"):
        return kind == "true"
    if kind in ("exists", "forall"):
        found = (
            value(node[2], {**env, node[1]: x}, world, play)
            for x in critical_values(node[1], [node[2], *world.limits], env, world)
            if all(value(limit, {**env, node[1]: x}, world) for limit in world.limits)
        )
        return any(found) if kind == "exists" else all(found)
    assert play is not None, "play is spoken of outside a claim about play"
    if kind == "probability":
        return play.mixes[node[1], node[2]]
    if kind == "plays":
        return play.mixes[node[1], node[2]] == 1
    if kind == "payoff":
        return play.payoffs[node[1]]
    raise ValueError(kind)


def derived(node: tuple, name: str, world: World) -> tuple:
    """The partial derivative of an expression by the rules of calculus."""
    kind, zero, one = node[0], ("number", F(0)), ("number", F(1))
    if kind == "number":
        return zero
    if kind == "name":
        if node[1] in world.definitions:
            return derived(world.definitions[node[1]], name, world)
        return one if node[1] == name else zero
    if kind in ("+", "-"):
        return (kind, derived(node[1], name, world), derived(node[2], name, world))
    if kind == "*":
        return (
            "+",
            ("*", derived(node[1], name, world), node[2]),
            ("*", node[1], derived(node[2], name, world)),
        )
    if kind == "/":
        top = ("-", derived(node[1], name, world), ("*", node, derived(node[2], name, world)))
        return ("/", top, node[2])
    if kind == "**":
        power = ("*", ("number", F(node[2])), ("**", node[1], node[2] - 1))
        return ("*", power, derived(node[1], name, world))
    if kind == "diff":
        return derived(derived(node[1], node[2], world), name, world)
    raise Unsupported(f"the derivative of {kind}")


def differences(node: tuple) -> Iterator[tuple]:
    """The two sides of every comparison, as one difference; min and max also by their arguments."""
    if node[0] == "compare":
        for left, right in itertools.pairwise(node[1]):
            for one, other in itertools.product(branches(left), branches(right)):
                yield ("-", one, other)
    elif node[0] in ("and", "or", "not"):
        for part in node[1:]:
            yield from differences(part)
    elif node[0] in ("exists", "forall"):
        yield from differences(node[2])


def branches(node: tuple) -> list[tuple]:
    """The expression and, for a min or max at its top, each of its arguments."""
    return [node, *node[1:]] if node[0] in ("min", "max") else [node]


def critical_values(name: str, conditions: Sequence[tuple], env: Env, world: World) -> list[Fraction]:
    """Enough values of one variable to decide a quantifier over it, if it enters each side affinely.

    Truth can change only where a comparison ties; so every tie, a point between neighbouring ties and a
    point beyond each end suffice.  The ties are those of affine functions: checked at a third value.
    """
    ties = {F(0)}
    for condition in conditions:
        for gap in differences(condition):

            def at(x: Fraction, gap: tuple = gap) -> Fraction:
                return value(gap, {**env, name: x}, world)

            start, slope = at(F(0)), at(F(1)) - at(F(0))
            if at(F(7)) != start + 7 * slope:
                raise Unsupported(f"{name} does not enter affinely")
            if slope:
                ties.add(-start / slope)
    ordered = sorted(ties)
    between = [(a + b) / 2 for a, b in itertools.pairwise(ordered)]
    return sorted({ordered[0] - 1, *ordered, *between, ordered[-1] + 1})


# --------------------------------------------------------------------------------------------- equilibria


@dataclass(frozen=True)
class Component:
    """A product of polytopes of equilibria: for each player the extreme points of its factor."""

    factors: tuple[tuple[Mix, ...], ...]


def solve_square(rows: list[list[Fraction]]) -> list[Fraction] | None:
    """The unique solution of a square system, last column the right-hand side; None if singular."""
    size = len(rows)
    rows = [row[:] for row in rows]
    for col in range(size):
        pivot = next((r for r in range(col, size) if rows[r][col]), None)
        if pivot is None:
            return None
        rows[col], rows[pivot] = rows[pivot], rows[col]
        head = rows[col][col]
        rows[col] = [entry / head for entry in rows[col]]
        for r in range(size):
            if r != col and rows[r][col]:
                factor = rows[r][col]
                rows[r] = [x - factor * y for x, y in zip(rows[r], rows[col], strict=True)]
    return [row[-1] for row in rows]


def best_reply_vertices(opponent: Sequence[Sequence[Fraction]]) -> list[tuple[Mix, frozenset[int]]]:
    """Vertices of {(x, w): x >= 0, sum x = 1, payoff of each reply to x <= w}, with their tight replies.

    `opponent[i][j]` is the opponent's payoff when this player uses `i` and the opponent replies with `j`.
    """
    m, n = len(opponent), len(opponent[0])
    zero, one = F(0), F(1)
    tight = [[one if j == i else zero for j in range(m)] + [zero, zero] for i in range(m)]  # x_i = 0
    tight += [[opponent[i][j] for i in range(m)] + [-one, zero] for j in range(n)]  # reply j is best
    sums = [[one] * m + [zero, one]]
    found = {}
    for chosen in itertools.combinations(tight, m):
        solution = solve_square(sums + list(chosen))
        if solution is None:
            continue
        x, w = tuple(solution[:m]), solution[m]
        worth = [sum(x[i] * opponent[i][j] for i in range(m)) for j in range(n)]
        if min(x) >= 0 and max(worth) <= w:
            found[x] = frozenset(j for j in range(n) if worth[j] == w)
    return sorted(found.items())


def support(mixes: Sequence[Mix]) -> frozenset[int]:
    return frozenset(i for mix in mixes for i, share in enumerate(mix) if share)


def subsets(n: int) -> Iterator[frozenset[int]]:
    for size in range(1, n + 1):
        yield from map(frozenset, itertools.combinations(range(n), size))


def bimatrix_equilibria(
    rows: Sequence[Sequence[Fraction]], columns: Sequence[Sequence[Fraction]]
) -> dict[tuple[frozenset[int], ...], Component]:
    """All equilibria: for every pair of supports in use, the closure of the set of equilibria with it.

    The closed sets are equilibria throughout, since a limit of equilibria is one.
    """
    m, n = len(rows), len(rows[0])
    ours = best_reply_vertices(columns)
    theirs = best_reply_vertices([[rows[i][j] for i in range(m)] for j in range(n)])
    found = {}
    for used, reply in itertools.product(subsets(m), subsets(n)):
        xs = tuple(x for x, best in ours if support([x]) <= used and reply <= best)
        ys = tuple(y for y, best in theirs if support([y]) <= reply and used <= best)
        if xs and ys and support(xs) == used and support(ys) == reply:
            found[used, reply] = Component((xs, ys))
    return found


class Degenerate(Unsupported):
    """A 2x2x2 game outside the cases that are solved here."""


def shared_root(one: tuple[Fraction, Fraction], other: tuple[Fraction, Fraction]) -> bool:
    """Whether two affine functions (constant, slope) vanish together strictly between 0 and 1."""
    line, rest = (one, other) if any(one) else (other, one)
    if not any(line):
        return True
    if not line[1]:
        return False
    root = -line[0] / line[1]
    return 0 < root < 1 and rest[0] + rest[1] * root == 0


def cube_equilibria(
    table: Mapping[tuple[int, int, int], Sequence[Fraction]],
) -> dict[tuple[frozenset[int], ...], Component]:
    """All equilibria of a 2x2x2 game whose equations are linear in the end; `table[profile][player]`.

    Each player plays its first action surely, its second surely, or mixes.  `gain[i]` gives the four
    coefficients (constant, first other, second other, product) of what player i gains from its first
    action, as a polynomial in the others' probabilities of their first actions.
    """
    gain = []
    for i in range(3):

        def corner(p: int, q: int, i: int = i) -> Fraction:
            others = [1 - p, 1 - q]  # probability 1 means action 0
            first, second = ((*others[:i], own, *others[i:]) for own in (0, 1))
            return table[first][i] - table[second][i]

        base = corner(0, 0)
        one, two = corner(1, 0) - base, corner(0, 1) - base
        gain.append((base, one, two, corner(1, 1) - base - one - two))

    def gain_at(i: int, probabilities: Sequence[Fraction]) -> Fraction:
        p, q = (probabilities[j] for j in range(3) if j != i)
        base, one, two, both = gain[i]
        return base + one * p + two * q + both * p * q

    def boxes(pattern: tuple) -> list[tuple[tuple[Fraction, Fraction], ...]]:
        """Closed boxes of probabilities on which the mixing players of the pattern are indifferent."""
        mixing = [i for i in range(3) if pattern[i] is None]
        fixed = [F(0) if p is None else F(p) for p in pattern]
        sure = [(F(p), F(p)) if p is not None else (F(0), F(1)) for p in pattern]
        if not mixing:
            return [tuple(sure)]
        if len(mixing) == 1:
            return [tuple(sure)] if gain_at(mixing[0], fixed) == 0 else []
        if len(mixing) == 2:
            box = list(sure)
            for i, j in (mixing, mixing[::-1]):  # i is indifferent at certain probabilities of j
                start = gain_at(i, fixed)
                slope = gain_at(i, [F(1) if k == j else fixed[k] for k in range(3)]) - start
                if slope:
                    box[j] = (-start / slope, -start / slope)
                elif start:
                    return []
            return [tuple(box)]
        corners = [[gain_at(i, spot) for spot in itertools.product((F(0), F(1)), repeat=3)] for i in range(3)]
        if any(min(c) > 0 or max(c) < 0 for c in corners):
            return []  # somebody is never indifferent
        # All three mix.  Solve players 1 and 2 for the others' probabilities given player 0's, z.
        # gain[1] in (z, y2): base + one z + (two + both z) y2; gain[2] in (z, y1) likewise.
        b, c, a = gain[1], gain[2], gain[0]  # a in (y1, y2)
        top2, low2 = (-b[0], -b[1]), (b[2], b[3])  # y2 = top2(z) / low2(z)
        top1, low1 = (-c[0], -c[1]), (c[2], c[3])
        if shared_root(top1, low1) or shared_root(top2, low2):
            raise Degenerate("a player is indifferent whatever another does")

        def times(p: tuple, q: tuple) -> tuple:
            return (p[0] * q[0], p[0] * q[1] + p[1] * q[0], p[1] * q[1])

        parts = [times(low1, low2), times(top1, low2), times(low1, top2), times(top1, top2)]
        poly = [sum(a[k] * parts[k][d] for k in range(4)) for d in range(3)]
        if not any(poly):
            raise Degenerate("a curve of equilibria")
        if poly[2]:
            inside = poly[1] ** 2 - 4 * poly[2] * poly[0]
            if inside < 0:
                return []
            root = F(math.isqrt(inside.numerator), math.isqrt(inside.denominator))
            if root**2 != inside:
                raise Degenerate("an irrational equilibrium")
            roots = {(-poly[1] + s * root) / (2 * poly[2]) for s in (1, -1)}
        else:
            roots = {-poly[0] / poly[1]} if poly[1] else set()
        found = []
        for z in roots:
            bottom1, bottom2 = low1[0] + low1[1] * z, low2[0] + low2[1] * z
            if 0 < z < 1 and bottom1 and bottom2:
                y1, y2 = (top1[0] + top1[1] * z) / bottom1, (top2[0] + top2[1] * z) / bottom2
                found.append(((z, z), (y1, y1), (y2, y2)))
        return found

    found = {}
    for pattern in itertools.product((1, 0, None), repeat=3):
        for box in boxes(pattern):
            free = [i for i in range(3) if box[i][0] != box[i][1]]
            if any(pattern[i] is None and not 0 < box[i][0] < 1 for i in range(3) if i not in free):
                continue
            if len(free) > 1:
                raise Degenerate("two free probabilities")
            low, high = box[free[0]] if free else (F(0), F(1))
            ends = [[box[i][0] if i not in free else end for i in range(3)] for end in (low, high)]
            for i in range(3):
                if pattern[i] is None:
                    continue
                sign = 1 if pattern[i] == 1 else -1
                left, right = (sign * gain_at(i, [edge[k] for k in range(3)]) for edge in ends)
                if left < 0 and right < 0:
                    low, high = F(1), F(0)
                    break
                if left < 0 or right < 0:  # affine along the edge: cut it where it ties
                    cut = ends[0][free[0]] + (ends[1][free[0]] - ends[0][free[0]]) * left / (left - right)
                    low, high = (max(low, cut), high) if left < 0 else (low, min(high, cut))
            if low > high or (free and low == high and low in (0, 1)):
                continue
            spread = [
                ((low, high) if low < high else (low,)) if i in free else (box[i][0],) for i in range(3)
            ]
            if free and low == high:
                spread[free[0]] = (low,)
            used = tuple(
                frozenset({0})
                if pattern[i] == 1
                else frozenset({1})
                if pattern[i] == 0
                else frozenset({0, 1})
                for i in range(3)
            )
            found[used] = Component(tuple(tuple((p, 1 - p) for p in one) for one in spread))
    return found


# ------------------------------------------------------------------------------------------ model and claim


@dataclass(frozen=True)
class Model:
    """A model file, parsed: enough of it to play the game and to decide the claims at a point."""

    data: dict
    players: dict[str, list[str]]
    cells: dict[tuple[str, ...], dict[str, tuple]]
    limits: tuple[tuple, ...]
    world: World

    @property
    def parameters(self) -> list[str]:
        return list(self.data["parameters"])

    def admits(self, env: Env) -> bool:
        return all(value(limit, env, self.world) for limit in self.limits)

    def equilibria(self, env: Env) -> dict[tuple[frozenset[int], ...], Component]:
        numbers = self.numbers(env)
        if len(self.players) == 3:
            return cube_equilibria(numbers)
        m, n = (len(actions) for actions in self.players.values())
        tables = [[[numbers[i, j][k] for j in range(n)] for i in range(m)] for k in (0, 1)]
        return bimatrix_equilibria(*tables)

    def numbers(self, env: Env) -> dict[tuple[int, ...], list[Fraction]]:
        sizes = [range(len(actions)) for actions in self.players.values()]
        names = [list(actions) for actions in self.players.values()]
        return {
            spot: [
                value(self.cells[tuple(names[k][i] for k, i in enumerate(spot))][player], env, self.world)
                for player in self.players
            ]
            for spot in itertools.product(*sizes)
        }

    def play(self, env: Env, profile: Sequence[Mix], numbers: Mapping | None = None) -> Play:
        numbers = numbers or self.numbers(env)
        mixes = {
            (player, action): profile[k][i]
            for k, (player, actions) in enumerate(self.players.items())
            for i, action in enumerate(actions)
        }
        payoffs = dict.fromkeys(self.players, F(0))
        for spot, worth in numbers.items():
            weight = math.prod((profile[k][i] for k, i in enumerate(spot)), start=F(1))
            if weight:
                for player, amount in zip(self.players, worth, strict=True):
                    payoffs[player] += weight * amount
        return Play(mixes, payoffs)


def read_model(data: dict) -> Model:
    """The parsed form of the data of one TOML file."""
    definitions = {name: parse(text) for name, text in data.get("definitions", {}).items()}
    limits = [parse(p["domain"]) for p in data["parameters"].values() if "domain" in p]
    limits += [parse(text) for text in data.get("assumptions", [])]
    players = {name: list(body["actions"]) for name, body in data.get("players", {}).items()}
    cells = {}
    for cell in data.get("payoffs", []):
        spot = tuple(cell["when"][player] for player in players)
        assert spot not in cells, f"profile {spot} is given twice"
        cells[spot] = {player: parse(cell[player]) for player in players}
    assert set(cells) == (set(itertools.product(*players.values())) if players else set())
    return Model(data, players, cells, tuple(limits), World(tuple(limits), definitions))


def mixture(points: Sequence[Mix], weights: Sequence[Fraction]) -> Mix:
    return tuple(sum(w * p[i] for w, p in zip(weights, points, strict=True)) for i in range(len(points[0])))


def sample_profiles(model: Model, env: Env, component: Component, predicate: tuple) -> Iterator[Play]:
    """Plays of a component among which a predicate must show both its truth values, if it has both.

    Along an edge every comparison is affine, so ties, points between ties and the ends decide it there;
    the combinations over players, the centre and some inner points are added.
    """
    numbers = model.numbers(env)
    gaps = list(differences(predicate))
    centre = [mixture(f, [F(1, len(f))] * len(f)) for f in component.factors]
    candidates: list[list[Mix]] = []
    for k, factor in enumerate(component.factors):
        mine = {*factor, centre[k]}
        for low, high in itertools.combinations(factor, 2):
            stops = {F(0), F(1)}
            for others in itertools.product(
                *(f if j != k else (low,) for j, f in enumerate(component.factors))
            ):
                ends = []
                for end in (low, high):
                    profile = [end if j == k else other for j, other in enumerate(others)]
                    play = model.play(env, profile, numbers)
                    ends.append([value(gap, env, model.world, play) for gap in gaps])
                for first, last in zip(*ends, strict=True):
                    if first != last and 0 < first / (first - last) < 1:
                        stops.add(first / (first - last))
            line = sorted(stops)
            line += [(x + y) / 2 for x, y in itertools.pairwise(line)]
            mine |= {mixture((low, high), (1 - t, t)) for t in line}
        if len(factor) > 2:
            for seed in range(4):
                raw = [F(random.Random(f"{seed}{k}{i}").randint(1, 9)) for i in range(len(factor))]
                mine.add(mixture(factor, [w / sum(raw) for w in raw]))
        candidates.append(sorted(mine))
    for profile in itertools.product(*candidates):
        yield model.play(env, profile, numbers)


def decide(model: Model, claim: Mapping, env: Env) -> bool:
    """Whether an `every`, `some` or `holds` claim is true at the point."""
    if "holds" in claim:
        return value(parse(claim["holds"]), env, model.world)
    quantifier = "every" if "every" in claim else "some"
    predicate = parse(claim[quantifier])
    components = model.equilibria(env).values()
    assert components, f"no equilibrium found at {env}"
    verdicts = (
        value(predicate, env, model.world, play)
        for component in components
        for play in sample_profiles(model, env, component, predicate)
    )
    return all(verdicts) if quantifier == "every" else any(verdicts)


def decide_effect(model: Model, effect: Mapping, low: Env, high: Env) -> bool:
    """Whether the quantity moves as said, in every component in use at both points (same supports)."""
    measure = parse(effect["on"])
    before, after = model.equilibria(low), model.equilibria(high)
    ranges = []
    for found, env in ((before, low), (after, high)):
        ranges.append(
            {
                used: sorted(
                    {
                        value(measure, env, model.world, model.play(env, profile))
                        for profile in itertools.product(*component.factors)
                    }
                )
                for used, component in found.items()
            }
        )
    for used in before.keys() & after.keys():
        first, second = ranges[0][used], ranges[1][used]
        if effect["is"] == "none":
            as_said = (first[0], first[-1]) == (second[0], second[-1])
        elif len(first) > 1 or len(second) > 1:
            as_said = False
        else:
            as_said = second[0] < first[0] if effect["is"] == "falls" else second[0] > first[0]
        if not as_said:
            return False
    return True


# ------------------------------------------------------------------------------------------------ sampling

POOL = [F(n) for n in (-3, -2, -1, 0, 1, 1, 2, 2, 3, 4, 5, 6, 8)] + [
    F(n, d) for n, d in ((-1, 2), (1, 5), (1, 4), (1, 3), (1, 2), (1, 2), (2, 3), (3, 4), (3, 2), (5, 2))
]


class Sampler:
    """Random exact points of a model's domain within a premise, many of them exactly on borders."""

    def __init__(self, model: Model, claim: Mapping, seed: str) -> None:
        self.model, self.random = model, random.Random(seed)
        self.given = [parse(claim["given"])] if "given" in claim else []
        self.own = {}
        for name, body in model.data["parameters"].items():
            limit = parse(body["domain"]) if "domain" in body else ("true",)
            self.own[name] = [x for x in POOL if value(limit, {name: x}, model.world)]
        texts = [claim[key] for key in ("expect", "holds") if key in claim]
        texts = [t for t in texts if t not in ("proved", "refuted", "undecided")]
        self.gaps = [gap for node in [*map(parse, texts), *self.given] for gap in differences(node)]
        self.gaps += [gap for limit in model.limits for gap in differences(limit)]
        self.gaps = [gap for gap in self.gaps if not mentions_play(gap)]
        self.gaps += self.best_reply_gaps()

    def best_reply_gaps(self) -> list[tuple]:
        found = []
        for player, actions in self.model.players.items():
            spot = list(self.model.players).index(player)
            for cell, worth in self.model.cells.items():
                for other in actions:
                    if other != cell[spot]:
                        swapped = (*cell[:spot], other, *cell[spot + 1 :])
                        found.append(("-", worth[player], self.model.cells[swapped][player]))
        return found

    def admits(self, env: Env) -> bool:
        return self.model.admits(env) and all(value(g, env, self.model.world) for g in self.given)

    def nudge(self, env: dict[str, Fraction]) -> dict[str, Fraction]:
        """The point moved, in one parameter, onto a border."""
        gap, name = self.random.choice(self.gaps), self.random.choice(self.model.parameters)

        def at(x: Fraction) -> Fraction:
            return value(gap, {**env, name: x}, self.model.world)

        try:
            start = at(env[name])
            slope = at(env[name] + 1) - start
            target = env[name] - start / slope
            return {**env, name: target} if at(target) == 0 else env
        except ZeroDivisionError:
            return env

    def points(self, tries: int) -> Iterator[dict[str, Fraction]]:
        """Points drawn afresh; then, for a premise that such draws seldom meet, neighbours of those that did."""
        found: list[dict[str, Fraction]] = []
        for _ in range(tries):
            env = {name: self.random.choice(pool) for name, pool in self.own.items()}
            if self.random.random() < 0.25 and self.given and not self.admits(env):
                env = self.nudge(env)
            for _ in range(self.random.choice((0, 0, 1, 1, 2, 3))):
                env = self.nudge(env)
            if self.admits(env):
                found.append(env)
                yield env
        for _ in range(tries // 10 if found else 0):
            env = dict(self.random.choice(found))
            for name in self.random.sample(self.model.parameters, self.random.choice((1, 1, 2))):
                env[name] = self.random.choice(self.own[name])
            if self.random.random() < 0.5:
                env = self.nudge(env)
            if env not in found and self.admits(env):
                found.append(env)
                yield env

    def moved(self, env: dict[str, Fraction], name: str) -> dict[str, Fraction] | None:
        """An admitted point with a larger value of one parameter, or None."""
        for _ in range(8):
            step = self.random.choice((F(1, 100), F(1, 10), F(1, 2), F(1), F(3)))
            other = {**env, name: env[name] + step}
            if self.admits(other):
                return other
        return None


def mentions_play(node: object) -> bool:
    if isinstance(node, tuple):
        return bool(node) and (node[0] in ("probability", "plays", "payoff") or any(map(mentions_play, node)))
    return False
