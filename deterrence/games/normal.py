"""Games in normal form: every player chooses once, at the same time, and payoffs are exact expressions.

Any number of players.  Built from model files (`catalogue`), from arrays in the (row, column) convention
of Nashpy and Gambit (`NormalForm.from_arrays`), or profile by profile (`NormalForm.from_profiles`).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from deterrence.algebra.grammar import KEYWORDS, NAME, parse_condition, parse_expression
from deterrence.algebra.parameters import Domain, Parameter
from deterrence.algebra.poly import Poly
from deterrence.algebra.reading import Reading, read_region, read_value
from deterrence.algebra.region import EVERYWHERE, Region, atom, names_of
from deterrence.algebra.value import Value, number
from deterrence.errors import GameError, InexactNumber, UnknownName

PureProfile = tuple[str, ...]


@dataclass(frozen=True)
class Player:
    """A player with its actions, in order, and a label for people."""

    name: str
    actions: tuple[str, ...]
    label: str = ""

    @property
    def shown(self) -> str:
        """The label, or the name where there is none."""
        return self.label or self.name


@dataclass(frozen=True)
class NormalForm:
    """A finite game in normal form; `payoffs` has one row a profile, in the order of `profiles()`."""

    players: tuple[Player, ...]
    payoffs: tuple[tuple[Value, ...], ...]
    domain: Domain = field(default_factory=Domain)

    def __post_init__(self) -> None:
        names = [p.name for p in self.players]
        for parameter in sorted({n for row in self.payoffs for v in row for n in v.names}):
            if not NAME.fullmatch(parameter) or parameter in KEYWORDS:
                raise GameError(
                    f"{parameter!r} cannot name a parameter; use letters, digits and _, beginning with a "
                    "letter, and no word of the grammar"
                )
        if not names or len(set(names)) != len(names):
            raise GameError(f"players must be named, each once; got {names}")
        for player in self.players:
            for name in (player.name, *player.actions):
                if not NAME.fullmatch(name) or name in KEYWORDS:
                    raise GameError(
                        f"{name!r} cannot name a player or an action; use letters, digits and _, beginning "
                        "with a letter, and no word of the grammar"
                    )
            if not player.actions or len(set(player.actions)) != len(player.actions):
                raise GameError(
                    f"{player.name} needs one or more actions, each once; got {list(player.actions)}"
                )
        size = len(list(self.profiles()))
        if len(self.payoffs) != size or any(len(row) != len(names) for row in self.payoffs):
            raise GameError(
                f"{size} profiles need {size} rows of {len(names)} payoffs; got {len(self.payoffs)} rows"
            )

    @property
    def names(self) -> tuple[str, ...]:
        """The players' names."""
        return tuple(p.name for p in self.players)

    def player(self, name: str) -> Player:
        """A player by name; UnknownName lists the players."""
        for p in self.players:
            if p.name == name:
                return p
        raise UnknownName("player", name, self.names)

    def __repr__(self) -> str:
        chosen = "; ".join(f"{p.name}: {', '.join(p.actions)}" for p in self.players)
        return f"{type(self).__name__}({chosen})"

    def profiles(self) -> Iterator[PureProfile]:
        """Every pure profile, the last player's action changing fastest."""
        return itertools.product(*(p.actions for p in self.players))

    def payoff(self, profile: Sequence[str], player: str) -> Value:
        """A player's payoff at a pure profile given as one action a player, in player order."""
        return self.payoffs[self._row(profile)][self.names.index(self.player(player).name)]

    def _row(self, profile: Sequence[str]) -> int:
        if len(profile) != len(self.players):
            raise GameError(f"a profile names {len(self.players)} actions; got {tuple(profile)}")
        row = 0
        for p, action in zip(self.players, profile, strict=True):
            if action not in p.actions:
                raise UnknownName(f"action of {p.name}", action, p.actions)
            row = row * len(p.actions) + p.actions.index(action)
        return row

    def table(self, player: str) -> dict[PureProfile, Value]:
        """A player's payoffs by pure profile."""
        at = self.names.index(self.player(player).name)
        return {profile: row[at] for profile, row in zip(self.profiles(), self.payoffs, strict=True)}

    def at(self, point: Mapping[str, Fraction]) -> NormalForm:
        """The numeric game at an exact point of the parameters."""
        fixed = {name: number(v) for name, v in point.items()}
        rows = tuple(tuple(v.substitute(fixed) for v in row) for row in self.payoffs)
        return NormalForm(self.players, rows, Domain())

    def map_payoffs(self, change: Callable[[Value], Value]) -> NormalForm:
        """The game with every payoff changed."""
        return NormalForm(self.players, tuple(tuple(map(change, row)) for row in self.payoffs), self.domain)

    @staticmethod
    def from_profiles(
        players: Mapping[str, Sequence[str]],
        payoffs: Mapping[PureProfile, Sequence[Any]],
        *,
        assumptions: Iterable[str | Region] = (),
        domain: Domain | None = None,
    ) -> NormalForm:
        """A game from a table of profiles; payoffs are numbers, SymPy expressions or text.

        Parameters are found in the payoffs and range over all numbers unless `domain` or
        `assumptions` say otherwise.  Raises GameError, InexactNumber, ExpressionError.

        >>> g = NormalForm.from_profiles(
        ...     {"us": ["strike", "wait"]}, {("strike",): ["-c"], ("wait",): ["-h"]}, assumptions=["c > 0"])
        >>> g.domain.names, str(g.payoff(["wait"], "us"))
        (('c', 'h'), '-h')
        """
        people = tuple(Player(name, tuple(actions)) for name, actions in players.items())
        signs = _symbol_signs(payoffs.values())
        rows = []
        for profile in itertools.product(*(p.actions for p in people)):
            if profile not in payoffs:
                raise GameError(f"no payoffs for the profile {profile}; give one for every profile")
            rows.append(tuple(entry(x) for x in payoffs[profile]))
        return NormalForm(people, tuple(rows), domain or found_domain(rows, assumptions, signs))

    @staticmethod
    def from_arrays(
        *tables: Any,
        players: Sequence[str] | None = None,
        actions: Sequence[Sequence[str]] | None = None,
        assumptions: Iterable[str | Region] = (),
        domain: Domain | None = None,
    ) -> NormalForm:
        """A game from one array of payoffs a player, indexed `[first player's action][second's]…`.

        Entries are whole numbers, Fractions, SymPy expressions or text in the model-file grammar.  One
        single two-dimensional array is read as a zero-sum game, as Nashpy does.

        >>> from sympy import symbols
        >>> T, R, P, S = symbols("T R P S")
        >>> pd = NormalForm.from_arrays([[R, S], [T, P]], [[R, T], [S, P]])
        >>> str(pd.payoff(["row2", "column1"], "row"))
        'T'
        """
        signs = _symbol_signs(tables)
        arrays = [_nested(t) for t in tables]
        if len(arrays) == 1 and len(_shape(arrays[0])) == 2:
            arrays.append(_map_nested(arrays[0], lambda v: -v))
        if not arrays:
            raise GameError("give one array of payoffs for each player")
        shape = _shape(arrays[0])
        if len(shape) != len(arrays) or any(_shape(a) != shape for a in arrays):
            raise GameError(
                f"{len(arrays)} arrays need {len(arrays)} dimensions each and one shape; "
                f"got {[_shape(a) for a in arrays]}"
            )
        names = tuple(players or _default_players(len(arrays)))
        listed = actions or [[f"{n}{i + 1}" for i in range(k)] for n, k in zip(names, shape, strict=True)]
        if len(names) != len(shape) or [len(a) for a in listed] != list(shape):
            raise GameError(f"arrays of shape {shape} need {len(shape)} players with {shape} actions")
        people = tuple(Player(n, tuple(a)) for n, a in zip(names, listed, strict=True))
        rows = [
            tuple(_pick(a, index) for a in arrays) for index in itertools.product(*(range(k) for k in shape))
        ]
        return NormalForm(people, tuple(rows), domain or found_domain(rows, assumptions, signs))


def _default_players(count: int) -> tuple[str, ...]:
    return ("row", "column") if count == 2 else tuple(f"player{i + 1}" for i in range(count))


def entry(raw: Any) -> Value:
    """A payoff or probability as a value: a number, a Fraction, a SymPy expression or text.

    Raises GameError, InexactNumber, ExpressionError.
    """
    if isinstance(raw, Value):
        return raw
    if isinstance(raw, str):
        return read_value(parse_expression(raw), Reading(lenient=True))
    if isinstance(raw, bool):
        raise GameError(f"a payoff is {raw!r}; write a number, a SymPy expression or text")
    if isinstance(raw, float):
        raise InexactNumber("a payoff", raw)
    if isinstance(raw, int | Fraction):
        return number(raw)
    if hasattr(raw, "item"):  # a NumPy scalar
        return entry(raw.item())
    from deterrence.algebra.surface import from_sympy

    return from_sympy(raw)


def _nested(raw: Any) -> Any:
    if hasattr(raw, "tolist"):
        raw = raw.tolist()
    if isinstance(raw, list | tuple):
        return [_nested(x) for x in raw]
    return entry(raw)


def _map_nested(raw: Any, change: Callable[[Value], Value]) -> Any:
    return [_map_nested(x, change) for x in raw] if isinstance(raw, list) else change(raw)


def _shape(raw: Any) -> tuple[int, ...]:
    if not isinstance(raw, list):
        return ()
    inner = {_shape(x) for x in raw}
    if len(inner) != 1:
        raise GameError("the rows of a payoff array differ in length")
    return (len(raw), *inner.pop())


def _pick(raw: Any, index: tuple[int, ...]) -> Value:
    for i in index:
        raw = raw[i]
    assert isinstance(raw, Value)
    return raw


def _symbol_signs(raw: Any) -> dict[str, Region]:
    """What SymPy symbols say of themselves (`positive=True` and the like), as regions by name."""
    if hasattr(raw, "tolist"):
        raw = raw.tolist()
    if isinstance(raw, str) or not (isinstance(raw, Iterable) or hasattr(raw, "free_symbols")):
        return {}
    found: dict[str, Region] = {}
    if not hasattr(raw, "free_symbols"):
        for item in raw:
            found.update(_symbol_signs(item))
        return found
    for symbol in raw.free_symbols:
        x = Poly.variable(symbol.name)
        for stated, relation in (
            (symbol.is_positive, ">"),
            (symbol.is_negative, "<"),
            (symbol.is_nonnegative, ">="),
            (symbol.is_nonpositive, "<="),
        ):
            if stated:
                found[symbol.name] = atom(x, relation)
                break
    return found


def found_domain(
    rows: Iterable[Sequence[Value]],
    assumptions: Iterable[str | Region],
    signs: Mapping[str, Region] | None = None,
) -> Domain:
    """The domain of the parameters that occur; each ranges over all numbers unless `signs` says otherwise."""
    signs = signs or {}
    listed = [assumptions] if isinstance(assumptions, str) else assumptions
    regions = tuple(
        read_region(parse_condition(a), Reading(lenient=True)) if isinstance(a, str) else a for a in listed
    )
    names = {n for row in rows for v in row for n in v.names} | {n for r in regions for n in names_of(r)}
    return Domain(tuple(Parameter(n, domain=signs.get(n, EVERYWHERE)) for n in sorted(names)), regions)
