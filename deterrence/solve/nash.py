"""Nash equilibrium in pure and mixed strategies: all of them, for every parameter value.

`nash` chooses by the shape of the game: two players up to four actions each, three players with two actions
each, and pure equilibria only for anything larger (the atlas's scope says so).
Sources: [Nash1951]; the solvers' own files name theirs.
"""

from __future__ import annotations

from dataclasses import replace

from deterrence.algebra.decide import Prover, prover
from deterrence.algebra.poly import Poly
from deterrence.algebra.reading import fresh_name
from deterrence.algebra.region import EVERYWHERE, Region, all_of
from deterrence.algebra.value import Value, compare, number, sign_region
from deterrence.errors import DomainError, OutOfScope, expect
from deterrence.games.normal import NormalForm
from deterrence.solve.atlas import Atlas
from deterrence.solve.bimatrix import bimatrix_components
from deterrence.solve.components import Component, assemble
from deterrence.solve.trio import trio_components

MAX_ACTIONS = 4


def nash(game: NormalForm, *, cells: bool = True) -> Atlas:
    """Every Nash equilibrium of the game, each with the exact region where it exists.

    Raises DomainError when the assumptions contradict each other, OutOfScope for payoffs with roots.

    >>> game = NormalForm.from_arrays([["a", 0], [0, 1]], [["a", 0], [0, 1]], assumptions=["a > 0"])
    >>> [str(e.region) for e in nash(game)]
    ['true', 'true', 'true']
    """
    expect("nash", game, NormalForm)
    ask = consistent(game)
    sizes = [len(p.actions) for p in game.players]
    emptied: list[Region] = []
    if len(sizes) == 2 and max(sizes) <= MAX_ACTIONS:
        tables = [cleared(game, p, ask) for p in game.names]
        first, second = (
            tuple(tuple(t[i * sizes[1] : (i + 1) * sizes[1]]) for i in range(sizes[0])) for t in tables
        )
        found = bimatrix_components(first, second, (free_names(game, 0), free_names(game, 1)), ask, emptied)
        return assemble(game, found, "nash", "all", emptied=emptied, with_cells=cells)
    if sizes == [2, 2, 2]:
        tables = [cleared(game, p, ask) for p in game.names]
        names = (free_names(game, 0)[0], free_names(game, 1)[0], free_names(game, 2)[0])
        found = trio_components((tables[0], tables[1], tables[2]), names, ask, emptied)
        return assemble(game, found, "nash", "all", emptied=emptied, with_cells=cells)
    return replace(pure_nash(game, cells=cells), concept="nash")


def pure_nash(game: NormalForm, *, cells: bool = True) -> Atlas:
    """Every pure Nash equilibrium of a game with any number of players; the scope says "pure"."""
    expect("pure_nash", game, NormalForm)
    consistent(game)
    found = []
    for profile in game.profiles():
        region = no_gain_region(game, profile)
        rows = tuple(
            tuple(number(int(a == chosen)) for a in p.actions)
            for p, chosen in zip(game.players, profile, strict=True)
        )
        found.append(Component(rows, (), region, region))
    return assemble(game, found, "pure-nash", "pure", covers=False, with_cells=cells)


def no_gain_region(game: NormalForm, profile: tuple[str, ...]) -> Region:
    """Where no player gains by leaving a pure profile alone."""
    return all_of(
        compare(game.payoff(profile, p.name), ">=", game.payoff((*profile[:i], a, *profile[i + 1 :]), p.name))
        for i, p in enumerate(game.players)
        for a in p.actions
        if a != profile[i]
    )


def consistent(game: NormalForm) -> Prover:
    """The prover for the game's assumptions; DomainError when no point satisfies them."""
    ask = prover(game.domain.given)
    conditions = (*(p.domain for p in game.domain.parameters), *game.domain.assumptions)
    if ask.satisfiable(all_of(())) is False:
        raise DomainError(
            "the assumptions contradict each other, so there is no parameter value to solve for; "
            "drop one of: " + "; ".join(str(a) for a in conditions if a != EVERYWHERE)
        )
    for profile, row in zip(game.profiles(), game.payoffs, strict=True):
        for v in row:
            if ask.holds(sign_region(v.denominator, "!=")) is not True:
                raise DomainError(
                    f"the payoff {v} at {', '.join(profile)} is not proved to be defined: its denominator "
                    f"may be zero; add an assumption such as {v.denominator} > 0"
                )
    return ask


def cleared(game: NormalForm, player: str, ask: Prover) -> list[Poly]:
    """A player's payoffs by profile as polynomials, scaled by one positive factor."""
    values: list[Value] = list(game.table(player).values())
    common = Poly.constant(1)
    for v in values:
        if not v.is_rational:
            raise OutOfScope(
                f"a payoff of {player} has a square root; payoffs must be fractions of polynomials"
            )
        common = common * v.c.exact_quotient(common.gcd(v.c))
    signs = ask.sign(common)
    if signs == frozenset({1}):
        scale = common
    elif signs == frozenset({-1}):
        scale = -common
    else:
        scale = common * common
    return [(v.a * scale).exact_quotient(v.c) for v in values]


def free_names(game: NormalForm, index: int) -> tuple[str, ...]:
    """Names for the probabilities of a player's actions, distinct from all parameters and from each other."""
    everyone = [a for p in game.players for a in p.actions]
    taken = set(game.domain.names)
    named: list[tuple[str, ...]] = []
    for player in game.players:
        names = []
        for action in player.actions:
            wanted = f"p_{action}" if everyone.count(action) == 1 else f"p_{player.name}_{action}"
            names.append(fresh_name(wanted, taken))
            taken.add(names[-1])
        named.append(tuple(names))
    return named[index]
