"""Writing Gambit's game files: numeric trees as `.efg`, numeric normal forms as `.nfg`, with exact fractions.

Gambit knows no symbols: put a point in first (`ExtensiveForm.at`, `NormalForm.at`, or `catalogue.export`).
Labels are our names, so that a file that is read again has the same names.  Source: [GambitFormats].
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import product

from deterrence.algebra.value import Value
from deterrence.errors import GameError, expect
from deterrence.games.normal import NormalForm
from deterrence.games.tree import ExtensiveForm


def write_efg(tree: ExtensiveForm, title: str = "", comment: str = "") -> str:
    """The text of an `.efg` file; GameError, with the parameters, for a tree that is not numeric.

    >>> tree = ExtensiveForm.build(["us"], {"n": {"player": "us", "moves": {"a": "x", "b": "y"}}},
    ...     {"x": [1], "y": ["1/2"]})
    >>> print(write_efg(tree, "Small"))
    EFG 2 R "Small" { "us" }
    ""
    <BLANKLINE>
    p "n" 1 1 "n" { "a" "b" } 0
    t "" 1 "x" { 1 }
    t "" 2 "y" { 1/2 }
    <BLANKLINE>
    """
    expect("write_efg", tree, ExtensiveForm)
    _numeric([v for n in tree.nodes for v in n.probabilities] + [v for o in tree.outcomes for v in o.payoffs])
    lines = [f"EFG 2 R {_quoted(title)} {_braced(tree.names)}", _quoted(comment), ""]
    sets = {
        h.name: f"{i} {k} {_quoted(h.name)} {_braced(h.actions)}"
        for i, name in enumerate(tree.names, 1)
        for k, h in enumerate(tree.owned_by(name), 1)
    }
    once = Counter(o.called for o in tree.outcomes)
    ends = {
        o.id: f"{k} {_quoted(o.called if once[o.called] == 1 else o.id)} {{ {_listed(o.payoffs)} }}"
        for k, o in enumerate(tree.outcomes, 1)
    }
    event = 0
    waiting = [tree.root.id]
    while waiting:
        identifier = waiting.pop()
        if tree.is_end(identifier):
            lines.append(f't "" {ends[identifier]}')
            continue
        node = tree.node(identifier)
        waiting += [to for _, to in reversed(node.moves)]
        if node.is_chance:
            event += 1
            chances = zip(node.actions, node.probabilities, strict=True)
            moves = " ".join(f"{_quoted(a)} {_exact(v)}" for a, v in chances)
            lines.append(f'c {_quoted(identifier)} {event} "" {{ {moves} }} 0')
        else:
            lines.append(f"p {_quoted(identifier)} {sets[node.known_as]} 0")
    return "\n".join([*lines, ""])


def write_nfg(game: NormalForm, title: str = "", comment: str = "") -> str:
    """The text of an `.nfg` file of payoffs; GameError, with the parameters, for a game that is not numeric.

    >>> print(write_nfg(NormalForm.from_arrays([[1, 0]], [["1/2", 3]]), "Small"))
    NFG 1 R "Small" { "row" "column" }
    <BLANKLINE>
    {
    { "row1" }
    { "column1" "column2" }
    }
    ""
    <BLANKLINE>
    1 1/2
    0 3
    <BLANKLINE>
    """
    expect("write_nfg", game, NormalForm)
    _numeric(v for row in game.payoffs for v in row)
    strategies = [_braced(p.actions) for p in game.players]
    lines = [f"NFG 1 R {_quoted(title)} {_braced(game.names)}", "", "{", *strategies, "}"]
    lines += [_quoted(comment), ""]
    rows = dict(zip(game.profiles(), game.payoffs, strict=True))
    for profile in product(*(p.actions for p in reversed(game.players))):  # the first changes fastest
        lines.append(" ".join(map(_exact, rows[profile[::-1]])))
    return "\n".join([*lines, ""])


def _numeric(values: Iterable[Value]) -> None:
    listed = list(values)
    parameters = sorted({n for v in listed for n in v.names})
    if parameters:
        raise GameError(
            f"Gambit's files have numbers only, and the game has the parameters {', '.join(parameters)}; "
            f"give each a value, such as {parameters[0]}=1/2"
        )
    for v in listed:
        if not v.is_rational:
            raise GameError(f"Gambit's files have fractions only, and the game has {v}; choose another point")


def _exact(v: Value) -> str:
    return str(v.at({}))


def _listed(values: Iterable[Value]) -> str:
    return ", ".join(map(_exact, values))


def _braced(texts: Iterable[str]) -> str:
    return f"{{ {' '.join(map(_quoted, texts))} }}"


def _quoted(text: str) -> str:
    r"""A text in quotes; a backslash would end them early, so there is none.

    >>> print(_quoted('say "hi\\'))
    "say \"hi/"
    """
    plain = text.replace("\\", "/").replace('"', '\\"')
    return f'"{plain}"'
