"""From syntax trees to values and regions.

`min`, `max` and `abs` become cases: pairs of a guard and a value, where the guards cover everything and
exclude each other.  Quantifiers are eliminated as they are read; a quantified name ranges over its domain and
the joint assumptions.  A denominator must be proved nonzero under the assumptions.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from deterrence.algebra import syntax as s
from deterrence.algebra.decide import prover
from deterrence.algebra.eliminate import exists
from deterrence.algebra.poly import Poly
from deterrence.algebra.region import (
    EVERYWHERE,
    NOWHERE,
    AllOf,
    Region,
    all_of,
    any_of,
    atom,
    complement,
    names_of,
)
from deterrence.algebra.value import Value, compare, number, sign_region, value, variable
from deterrence.algebra.virtual import substituted
from deterrence.algebra.walks import walk
from deterrence.errors import DomainError, OutOfScope

Cases = tuple[tuple[Region, Value], ...]


@dataclass(frozen=True)
class Reading:
    """What a tree is read against: definitions, the assumptions, and the meaning of nodes about play.

    `given` proves denominators nonzero and radicands nonnegative; `ranges`, where it differs, is what
    quantified names range over.  `lenient` leaves those proofs to the caller.
    """

    given: Region = EVERYWHERE
    ranges: Region | None = None
    lenient: bool = False
    definitions: Mapping[str, Cases] = field(default_factory=dict)
    play: Callable[[s.Probability | s.PayoffOf | s.LongRun], Value] | None = None


def read_cases(tree: s.Expression, reading: Reading) -> Cases:
    """An expression as guarded values; one case with guard everywhere unless min, max or abs occur.

    Raises DomainError for a denominator that is not proved nonzero, OutOfScope for what the exact
    algebra cannot express.
    """
    match tree:
        case s.Number(exact):
            return ((EVERYWHERE, number(exact)),)
        case s.Name(name):
            return reading.definitions.get(name) or ((EVERYWHERE, variable(name)),)
        case s.Negate(body):
            return tuple((g, -v) for g, v in read_cases(body, reading))
        case s.Arithmetic(op, left, right):
            return _arithmetic(op, read_cases(left, reading), read_cases(right, reading), reading)
        case s.Power(base, exponent):
            cases = read_cases(base, reading)
            if exponent < 0:
                cases = _arithmetic("/", ((EVERYWHERE, number(1)),), cases, reading)
            return tuple((g, v ** abs(exponent)) for g, v in cases)
        case s.Call(function, arguments):
            return _call(function, arguments, reading)
        case s.Probability() | s.PayoffOf() | s.LongRun():
            if reading.play is None:
                raise OutOfScope(
                    "P(…), payoff(…), share(…) and the like can be used in claims about play only"
                )
            return ((EVERYWHERE, reading.play(tree)),)
    raise OutOfScope(f"{tree!r} is not an expression")


def read_value(tree: s.Expression, reading: Reading) -> Value:
    """An expression without min, max or abs as one value; OutOfScope if it splits into cases."""
    cases = read_cases(tree, reading)
    if len(cases) > 1:
        raise OutOfScope("this expression splits into cases (min, max or abs); one value is needed here")
    return cases[0][1]


def read_region(tree: s.Condition, reading: Reading) -> Region:
    """A condition as a quantifier-free region; errors as for `read_cases`."""
    match tree:
        case s.Truth(truth):
            return EVERYWHERE if truth else NOWHERE
        case s.Comparison(terms, relations):
            sides = [read_cases(t, reading) for t in terms]
            pairs = zip(sides, relations, sides[1:], strict=False)
            return all_of(_compare(a, relation, b) for a, relation, b in pairs)
        case s.Not(body):
            return complement(read_region(body, reading))
        case s.And(parts):
            return all_of(read_region(p, reading) for p in parts)
        case s.Or(parts):
            return any_of(read_region(p, reading) for p in parts)
        case s.Quantified(quantifier, names, body):
            return _quantified(quantifier, names, body, reading)
        case s.Plays(place, action, kind, position):
            if reading.play is None:
                raise OutOfScope("player = action can be used in claims about equilibria only")
            played = reading.play(s.Probability(place, action, kind, position))
            return compare(played, "==", number(1))
    raise OutOfScope(f"{tree!r} is not a condition")


def _compare(left: Cases, relation: str, right: Cases) -> Region:
    return any_of(all_of((g, h, compare(a, relation, b))) for g, a in left for h, b in right)


def _arithmetic(op: str, left: Cases, right: Cases, reading: Reading) -> Cases:
    found = []
    for g, a in left:
        for h, b in right:
            guard = all_of((g, h))
            if guard == NOWHERE:
                continue
            if op == "+":
                found.append((guard, a + b))
            elif op == "-":
                found.append((guard, a - b))
            elif op == "*":
                found.append((guard, a * b))
            else:
                if not reading.lenient:
                    _require_nonzero(b, guard, reading.given)
                found.append((guard, a / b))
    return tuple(found)


def _require_nonnegative(inside: Value, guard: Region, given: Region) -> None:
    if prover(given).satisfiable(all_of((guard, sign_region(inside, "<")))) is not False:
        raise DomainError(
            f"{inside} stands under a square root and is not proved nonnegative; add an assumption that it is"
        )


def _require_nonzero(below: Value, guard: Region, given: Region) -> None:
    if below.is_zero and below.b.is_zero:
        raise DomainError("a denominator is 0 here; multiply the comparison out so that nothing is divided")
    zero = all_of((guard, sign_region(below, "==")))
    answer = prover(given).satisfiable(zero)
    if answer is False:
        return
    if answer is None:
        raise DomainError(
            f"the denominator {below} could not be proved nonzero; add an assumption such as {below} > 0"
        )
    raise DomainError(
        f"the denominator {below} can be zero under the assumptions; add one such as {below} > 0"
    )


def _call(function: str, arguments: tuple[s.Expression, ...], reading: Reading) -> Cases:
    if function == "diff":
        by = arguments[1]
        assert isinstance(by, s.Name)
        cases = read_cases(arguments[0], reading)
        if len(cases) > 1:
            raise OutOfScope("diff of min, max or abs is not defined at the kink; write out the case")
        return tuple((g, v.derivative(by.name)) for g, v in cases)
    if function == "abs":
        inner = read_cases(arguments[0], reading)
        split = [
            (all_of((g, sign_region(v, relation))), v if relation == ">=" else -v)
            for g, v in inner
            for relation in (">=", "<")
        ]
        return _possible(split, reading.given)
    if function == "sqrt":
        inner = read_cases(arguments[0], reading)
        for g, v in inner:
            if not reading.lenient:
                _require_nonnegative(v, g, reading.given)
        roots = [(all_of((g, h)), r) for g, v in inner for h, r in _roots(v)]
        return _possible(roots, reading.given)
    best = read_cases(arguments[0], reading)
    relation = "<=" if function == "min" else ">="
    other = "<" if function == "min" else ">"
    for argument in arguments[1:]:
        nxt = read_cases(argument, reading)
        split = []
        for g, a in best:
            for h, b in nxt:
                split.append((all_of((g, h, compare(a, relation, b))), a))
                split.append((all_of((g, h, compare(b, other, a))), b))
        best = _possible(split, reading.given)
    return best


def _possible(split: list[tuple[Region, Value]], given: Region) -> Cases:
    return tuple((g, v) for g, v in split if prover(given).satisfiable(g) is not False)


def _roots(v: Value) -> list[tuple[Region, Value]]:
    """The square root of a fraction, `sqrt(n*m)/|m|`: a case for each sign that `m` can have."""
    if not v.is_rational:
        raise OutOfScope("a square root inside a square root is not supported")
    zero, one = Poly.constant(0), Poly.constant(1)
    root = value(zero, one, v.a * v.c, v.c)
    if v.c.is_constant:
        return [(EVERYWHERE, root)]
    return [(atom(v.c, ">"), root), (atom(v.c, "<"), -root)]


def _quantified(quantifier: str, names: tuple[str, ...], tree: s.Condition, reading: Reading) -> Region:
    """Bound names are renamed, because the same names are free parameters of the model elsewhere.

    An assumption that also mentions a name bound further inside is met there, together with that name.
    """
    _refuse_capture(names, tree, reading)
    body, given = read_region(tree, reading), reading.given
    around = given if reading.ranges is None else reading.ranges
    bound = {n: fresh_name(f"{n}_any", names_of(body) | names_of(given)) for n in names}
    inner = [node for node in walk(tree) if isinstance(node, s.Quantified)]
    inside_too = {n for node in inner for n in node.names} - set(names)
    assumed = around.parts if isinstance(around, AllOf) else (around,)
    ranges = all_of(p for p in assumed if names_of(p) & set(names) and not names_of(p) & inside_too)

    def rename(region: Region) -> Region:
        for old, new in bound.items():
            region = substituted(region, old, variable(new))
        return region

    inside, ranges = rename(body), rename(ranges)
    if quantifier == "exists":
        return exists(all_of((ranges, inside)), list(bound.values()), given)
    return complement(exists(all_of((ranges, complement(inside))), list(bound.values()), given))


def _refuse_capture(names: tuple[str, ...], tree: s.Condition, reading: Reading) -> None:
    """A probability is the equilibrium's at the point itself, so its parameters cannot be quantified."""
    if reading.play is None:
        return
    nodes = list(walk(tree))
    counted = {id(n) for node in nodes if isinstance(node, s.LongRun) for n in walk(node) if n is not node}
    for node in nodes:
        if id(node) in counted:  # what `share` counts is no quantity of its own
            continue
        if isinstance(node, s.Plays):
            node = s.Probability(node.place, node.action, node.kind, node.position)
        if isinstance(node, s.Probability | s.PayoffOf | s.LongRun):
            caught = sorted(reading.play(node).names & set(names))
            if caught:
                raise OutOfScope(
                    f"{caught[0]} is quantified and also decides what is played; quantify another parameter"
                )


def fresh_name(name: str, taken: Collection[str]) -> str:
    """The name, with underscores added until it is not taken."""
    while name in taken:
        name += "_"
    return name
