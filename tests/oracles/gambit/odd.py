"""Game files that are odd but legal, written by Gambit itself: what a reader of its formats has to understand.

Defines `texts`, file name to content.  Scope: `.efg`, and `.nfg` in both of its forms; needs pygambit, and is imported
by `make.py` only.  Every text is Gambit's own output, whatever was given to it.
"""

from __future__ import annotations

import io
import warnings

NUMBERS = """EFG 2 R "Numbers" { "Ann" "Bob" }
"Decimals, fractions and powers of ten, as payoffs and as probabilities"

c "" 1 "weather" { "sun" 0.25 "rain" .25 "snow" 1/2 } 0
p "" 1 1 "sunny" { "stay" "go" } 0
t "" 1 "decimal" { 0.1, -0.125 }
t "" 2 "fraction" { 1/3, -10/4 }
p "" 2 1 "rainy" { "stay" "go" } 0
t "" 3 "no leading zero" { .5, -.5 }
t "" 4 "no decimals" { 5., -0 }
t "" 5 "powers" { 1.5e2, 25E-2 }
"""

OUTCOMES = """NFG 1 R "A table of \\"outcomes\\"" { "Ann" "Bob" }
{ { "up" "down \\"low\\"" } { "left" "middle, or so" "right" } }
"The cell (up, right) has no outcome, which pays nothing; one outcome is never reached"
{ { "war" -1/2, 0.25 } { "" 3, 2 } { "never" 9, 9 } { "" 1, 1 } }
1 2 4 1 0 4
"""


def shared() -> str:
    """One outcome at several nodes, and terminal nodes without any."""
    import pygambit

    game = pygambit.Game.new_tree(players=["Ann", "Bob"], title="Shared outcomes")
    game.append_move(game.root, "Ann", ["in", "out"])
    entered, out = game.root.children
    game.append_move(entered, "Bob", ["fight", "yield", "leave"])
    fight, give, leave = entered.children
    war = game.add_outcome("war", [-1, -2])
    for node in (fight, out):
        game.set_outcome(node, war)
    game.set_outcome(give, game.add_outcome("peace", [2, 1]))
    game.append_move(leave, "Ann", ["follow", "stay"])
    game.set_outcome(leave.children["follow"], war)
    return game.to_efg()


def tolls() -> str:
    """Payoffs at the root, at a chance node and at a player's node: a play pays the sum of what it passes."""
    import pygambit

    game = pygambit.Game.new_tree(players=["Ann", "Bob"], title="Tolls")
    game.description = "Payoffs along the path\nare added up"
    game.append_move(game.root, "Ann", ["climb", "rest"])
    climb, rest = game.root.children
    game.append_move(climb, game.players.chance, ["fair", "foul"])
    game.set_chance_probs(climb.infoset, ["2/3", "1/3"])
    fair, foul = climb.children
    game.append_move([fair, foul], "Bob", ["help", "watch"])
    game.set_outcome(game.root, game.add_outcome("entry fee", [-1, "1/2"]))
    game.set_outcome(climb, game.add_outcome("sweat", [-2, 0]))
    game.set_outcome(foul, game.add_outcome("cold", ["-0.5", "-0.5"]))
    for node, label, payoffs in (
        (fair.children["help"], "summit", [6, 3]),
        (foul.children["help"], "rescue", [4, -1]),
        (foul.children["watch"], "fall", [-8, 1]),
        (rest, "nap", [1, 0]),
    ):
        game.set_outcome(node, game.add_outcome(label, payoffs))
    return game.to_efg()


def blank() -> str:
    """No title and no labels; only players and outcomes cannot do without, says Gambit."""
    import pygambit

    game = pygambit.Game.new_tree(players=["1", "2"], title="")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        game.append_move(game.root, "1", ["", ""])
        game.append_move(list(game.root.children), "2", ["", ""])
    for row, node in enumerate(game.root.children):
        for column, leaf in enumerate(node.children):
            game.set_outcome(leaf, game.add_outcome(f"{row} {column}", [row - column, row * column]))
    return game.to_efg()


def quotes() -> str:
    """Quotes, braces, commas and what looks like syntax inside labels; a comment over two lines."""
    import pygambit

    game = pygambit.Game.new_tree(players=['Ann "the Hawk"', "Bob { Dove }"], title='"Quoted"')
    game.description = 'First line, with "quotes"\nand t "n" 1 on the second'
    game.root.label = 'the "root"'
    game.append_move(game.root, 'Ann "the Hawk"', ['"', "a, b", "}"])
    game.root.infoset.label = "p 1 { 1 }"
    for number, leaf in enumerate(game.root.children):
        game.set_outcome(leaf, game.add_outcome(f'"{number}", }}', [number, -number]))
    first = game.root.children['"']
    game.append_move(first, "Bob { Dove }", ["0", "1/2"])
    game.set_outcome(first.children["0"], game.add_outcome("EFG 2 R", [3, 3]))
    return game.to_efg()


def draw() -> str:
    """An information set of chance with two nodes, which Gambit holds together, so that neither begins a subgame."""
    import pygambit

    game = pygambit.Game.new_tree(players=["Ann", "Bob"], title="One draw, two nodes")
    game.append_move(game.root, "Ann", ["left", "right", "stop"])
    left, right, stop = game.root.children
    game.append_move([left, right], game.players.chance, ["high", "low"])
    game.set_chance_probs(left.infoset, ["0.3", "0.7"])
    game.append_move(list(left.children), "Bob", ["yes", "no"])
    game.append_move(right.children["high"], "Bob", ["yes", "no", "later"])
    leaves = [node for node in game.nodes if not node.children]
    for number, leaf in enumerate(leaves):
        game.set_outcome(leaf, game.add_outcome(f"o{number}", [number % 4 - 1, number % 3]))
    return game.to_efg()


def three() -> str:
    """The reduced strategic form of a game of three players with a draw, as a table of payoffs."""
    import pygambit

    game = pygambit.Game.new_tree(players=["Ann", "Bob", "Cat"], title="Three in a tree")
    game.append_move(game.root, game.players.chance, ["early", "late"])
    game.set_chance_probs(game.root.infoset, ["1/3", "2/3"])
    early, late = game.root.children
    game.append_move(early, "Ann", ["ask", "act"])
    game.append_move([early.children["ask"], late], "Bob", ["yes", "no"])
    game.append_move([*late.children, early.children["act"]], "Cat", ["watch", "join"])
    for number, leaf in enumerate(node for node in game.nodes if not node.children):
        game.set_outcome(leaf, game.add_outcome(f"o{number}", [number, 4 - number, f"{number}/2"]))
    return game.to_nfg()


def texts() -> dict[str, str]:
    import pygambit

    return {
        "shared.efg": shared(),
        "numbers.efg": pygambit.read_efg(io.StringIO(NUMBERS)).to_efg(),
        "tolls.efg": tolls(),
        "blank.efg": blank(),
        "quotes.efg": quotes(),
        "draw.efg": draw(),
        "outcomes.nfg": pygambit.read_nfg(io.StringIO(OUTCOMES)).to_nfg(),
        "payoffs.nfg": three(),
    }
