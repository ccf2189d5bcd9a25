"""Asks QuantEcon for equilibrium payoff sets and writes them to `payoff_sets.json`: run by hand.

In an environment of its own that has `quantecon`, from the root of the repository (a minute):

    python -m tests.oracles.quantecon.make

Scope: `RepeatedGame.equilibrium_payoffs`, the algorithm of Abreu and Sannikov in floating point, with its own
defaults.  The games are those of `games.py`.  The format is described in README.md.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.oracles.quantecon.games import Asked, games

HERE = Path(__file__).parent
LONGER = 20_000  # rounds of a second run: where the first, of 500, had not settled, they differ
NEAR = 1e-9


def vertices(asked: Asked, **options: Any) -> list[list[float]]:
    """The corners of the set, in the order in which QuantEcon gives them."""
    import numpy as np
    from quantecon.game_theory import NormalFormGame, Player, RepeatedGame

    row = Player(np.array(asked.row, dtype=float))
    column = Player(np.array(asked.column, dtype=float).T)
    game = RepeatedGame(NormalFormGame([row, column]), float(asked.discount))
    hull = game.equilibrium_payoffs(options=options)
    return [[float(x) for x in hull.points[i]] for i in hull.vertices]


def answer(asked: Asked) -> dict[str, Any]:
    """What QuantEcon returns for a game: corners, or the error it raised, and whether it had settled."""
    found: dict[str, Any] = {"vertices": None, "raised": None, "settled": None}
    try:
        found["vertices"] = vertices(asked)
    except Exception as error:  # whatever it is, it is the answer
        found["raised"] = f"{type(error).__name__}: {str(error).splitlines()[0]}"
        return found
    try:
        again = vertices(asked, max_iter=LONGER)
    except Exception:
        found["settled"] = False
        return found
    near = len(again) == len(found["vertices"]) and all(
        abs(x - y) < NEAR
        for v, w in zip(found["vertices"], again, strict=True)
        for x, y in zip(v, w, strict=True)
    )
    found["settled"] = near
    return found


def main() -> None:
    """Every game, one a line."""
    import quantecon

    lines = []
    for asked in games():
        line = {"name": asked.name, "kind": asked.kind, "row": asked.row, "column": asked.column}
        lines.append(json.dumps({**line, "discount": str(asked.discount), **answer(asked)}))
    head = json.dumps({"quantecon": quantecon.__version__})
    text = head[:-1] + ', "games": [\n' + ",\n".join(lines) + "\n]}\n"
    (HERE / "payoff_sets.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
