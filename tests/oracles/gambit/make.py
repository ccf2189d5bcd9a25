"""Asks Gambit for its answers and writes them to `games.json` and `written/`: run by hand, never by the tests.

In an environment of its own that has pygambit (16.4 or newer; pip compiles it for some minutes), from the root of the
repository:

    python -m tests.oracles.gambit.make

Scope: extensive-form games of `draw.py`, and the odd files of `odd.py`.  The games do not depend on Gambit, only the
answers do.  The format is described in README.md.
"""

from __future__ import annotations

import io
import itertools
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.oracles.gambit import odd
from tests.oracles.gambit.draw import SEED, Game, games

HERE = Path(__file__).parent


def plain(number: Any) -> str:
    """Gambit's rationals and decimals as one kind of text: a whole number, or a fraction in lowest terms.

    >>> plain("0.25"), plain(-3)
    ('1/4', '-3')
    """
    return str(Fraction(number))


def path(node: Any) -> list[int]:
    """The numbers of the actions that lead from the root to a node."""
    numbers: list[int] = []
    while node.parent:
        numbers.insert(0, node.prior_action.number)
        node = node.parent
    return numbers


def subgames(game: Any) -> list[list[int]]:
    """Where subgames begin, the whole game included, in the order of the text."""
    return [path(node) for node in game.nodes if node.is_subgame_root and node.children]


def plans(player: Any) -> list[list[int | None]]:
    """The reduced strategies, each as the number of its action at every information set, None where it has none."""
    found = []
    for strategy in player.strategies:
        actions = [strategy.action(infoset) for infoset in player.infosets]
        found.append([None if action is None else action.number for action in actions])
    return found


def payoffs(game: Any, profile: Any) -> list[str]:
    return [plain(profile.payoff(player)) for player in game.players]


def pure(game: Any) -> list[dict[str, Any]]:
    """All equilibria in pure strategies, by the numbers of the strategies."""
    import pygambit

    found = []
    for profile in pygambit.nash.enumpure_solve(game).equilibria:
        chosen = [[profile[s] for s in player.strategies].index(1) for player in game.players]
        found.append({"profile": chosen, "payoffs": payoffs(game, profile)})
    return sorted(found, key=lambda answer: answer["profile"])


def mixed(game: Any) -> list[dict[str, Any]]:
    """All extreme equilibria of a game of two players, each once, those that use first strategies first."""
    import pygambit

    found = {}
    for profile in pygambit.nash.enummixed_solve(game, rational=True).equilibria:
        mixtures = tuple(tuple(Fraction(profile[s]) for s in player.strategies) for player in game.players)
        found[mixtures] = {
            "profile": [[plain(p) for p in mixture] for mixture in mixtures],
            "payoffs": payoffs(game, profile),
        }
    return [found[key] for key in sorted(found, reverse=True)]


def answer(asked: Game) -> dict[str, Any]:
    """One entry of games.json."""
    import pygambit

    game = pygambit.read_efg(io.StringIO(asked.efg))
    if not game.is_perfect_recall:
        raise ValueError(f"{asked.name}: Gambit sees no perfect recall")
    return {
        "name": asked.name,
        "kind": asked.kind,
        "form": asked.form,
        "tied": asked.tied,
        "large": asked.large,
        "tolls": asked.tolls,
        "short": asked.short,
        "efg": asked.efg,
        "players": [player.label for player in game.players],
        "infosets": [[infoset.label for infoset in player.infosets] for player in game.players],
        "strategies": [plans(player) for player in game.players],
        "subgames": subgames(game),
        "pure": pure(game),
        "mixed": mixed(game) if len(game.players) == 2 else None,
    }


def chosen(game: Any, cell: tuple[int, ...]) -> Any:
    """The profile in which each player uses the strategy of this number for sure."""
    counts = [len(player.strategies) for player in game.players]
    data = [[int(s == used) for s in range(count)] for used, count in zip(cell, counts, strict=True)]
    return game.mixed_strategy_profile(data, rational=True)


def reading(name: str, text: str) -> dict[str, Any]:
    """What Gambit itself reads in a file of `written/`: the payoffs of every profile of strategies, mainly."""
    import pygambit

    game = (pygambit.read_efg if name.endswith(".efg") else pygambit.read_nfg)(io.StringIO(text))
    cells = itertools.product(*(range(len(player.strategies)) for player in game.players))
    return {
        "title": game.title,
        "comment": game.description,
        "players": [player.label for player in game.players],
        "strategies": [plans(p) if game.is_tree else [s.label for s in p.strategies] for p in game.players],
        "subgames": subgames(game) if game.is_tree else None,
        "payoffs": [[list(cell), payoffs(game, chosen(game, cell))] for cell in cells],
    }


def lines(entries: list[str], before: str, after: str) -> str:
    """JSON with one entry a line, so that a change shows where it is."""
    return before + "\n" + ",\n".join(entries) + "\n" + after + "\n"


def main() -> None:
    import pygambit

    def compact(value: Any) -> str:
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False)

    version = compact(pygambit.__version__)
    entries = [compact(answer(game)) for game in games()]
    head = f'{{"gambit":{version},"seed":{compact(SEED)},"games":['
    (HERE / "games.json").write_text(lines(entries, head, "]}"), encoding="utf-8")

    (HERE / "written").mkdir(exist_ok=True)
    texts = odd.texts()
    for name, text in texts.items():
        (HERE / "written" / name).write_text(text, encoding="utf-8")
    read = [f"{compact(name)}:{compact(reading(name, text))}" for name, text in texts.items()]
    head = f'{{"gambit":{version},"files":{{'
    (HERE / "written" / "answers.json").write_text(lines(read, head, "}}"), encoding="utf-8")
    print(f"{len(entries)} games and {len(read)} files, by Gambit {pygambit.__version__}")


if __name__ == "__main__":
    main()
