"""The command `plot`: pictures of a model as SVG, one kind or another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from deterrence.commands.base import MODEL, commands, progress_bar, the_model, values_of, write_text

if TYPE_CHECKING:
    from deterrence.catalogue.models import Model


@dataclass(frozen=True)
class _Asked:
    """What the command line asks for."""

    values: dict[str, str]
    over: tuple[str, str] | None
    along: str | None
    concept: str | None
    mark: str | None
    bare: bool
    full: bool
    profiles: tuple[str, ...]
    slip: str | None
    errors: str | None
    rounds: int | None


_KINDS = ("tree", "phase", "best-replies", "map", "bars", "recovery", "payoffs", "ladder", "field")
_FOR: Mapping[str, tuple[str, ...]] = {  # options that do not go with every kind
    "over": ("phase",),
    "along": ("map", "bars"),
    "concept": ("tree", "phase"),
    "mark": ("tree", "ladder"),
    "bare": ("tree",),
    "full": ("tree",),
    "profiles": ("recovery", "ladder"),
    "slip": ("recovery",),
    "errors": ("recovery",),
    "rounds": ("recovery",),
}


@commands.command()
@click.argument("model", type=MODEL)
@click.argument("values", nargs=-1)
@click.option("--kind", type=click.Choice(_KINDS), help="Which picture; without it the one that fits MODEL.")
@click.option("--output", metavar="FILE", help="Where to write the SVG file; standard output without it.")
@click.option("--over", nargs=2, metavar="X Y", help="The two parameters of a phase diagram, such as h m.")
@click.option(
    "--along",
    metavar="NAME[=VALUES]",
    help="Bars: the parameter across. Map: a parameter and its stops, such as T=5,6,8.",
)
@click.option("--concept", metavar="NAME", help="The solution concept of the equilibrium to mark.")
@click.option("--mark", metavar="ID", help="Mark the path of this equilibrium, such as e2 (see solve).")
@click.option("--bare", is_flag=True, help="Draw the tree alone, with no path marked; nothing is solved.")
@click.option("--full", is_flag=True, help="Draw every combination of hidden types, not the tree as written.")
@click.option(
    "--profile", "profiles", multiple=True, metavar="ID", help="Draw this listed profile; may be repeated."
)
@click.option("--slip", metavar="PLAYER=ACTION", help="Recovery: who does what by mistake in round 1.")
@click.option("--errors", metavar="RATE", help="Recovery: errors in every round at a rate, such as 1/20.")
@click.option("--rounds", type=click.IntRange(1), help="Recovery: how many rounds to draw.")
def plot(
    model: str,
    values: tuple[str, ...],
    kind: str | None,
    output: str | None,
    over: tuple[str, str] | None,
    along: str | None,
    concept: str | None,
    mark: str | None,
    bare: bool,
    full: bool,
    profiles: tuple[str, ...],
    slip: str | None,
    errors: str | None,
    rounds: int | None,
) -> None:
    """A picture of MODEL as SVG: `deterrence plot proxy-tree --output tree.svg`.

    Unasked, of a tree the tree; of a table a phase diagram, which equilibria exist where over two parameters;
    of a game over time a bar for each listed profile, for which discount factors it is an equilibrium, or
    with a value for a discount factor what equilibria can pay: `plot repeated-chicken delta=1/2`.

    With `--kind`: best-replies, map and field are for 2x2 tables, recovery and bars for listed profiles,
    ladder for what climbs. VALUES are those of parameters; the others take their examples.
    """
    found = the_model(model)
    asked = _Asked(values_of(values), over, along, concept, mark, bare, full, profiles, slip, errors, rounds)
    kind = kind or _kind_of(found, asked)
    for option, kinds in _FOR.items():
        if getattr(asked, option) and kind not in kinds:
            name = option.removesuffix("s") if option == "profiles" else option
            raise click.UsageError(f"--{name} is for --kind {' or '.join(kinds)}; this is {kind}")
    write_text(_DRAW[kind](found, asked), output)


def _kind_of(model: Model, asked: _Asked) -> str:
    """The kind that options ask for, else the one that fits the model."""
    if asked.over is not None:
        return "phase"
    if asked.errors or asked.slip or asked.rounds:
        return "recovery"
    if model.repeated is not None:
        if not model.repeated.names:
            return "ladder"
        from deterrence.show.stability_sentences import patience

        factors = set(patience(model.repeated))
        return (
            "bars" if factors and model.repeated.profiles and not factors & set(asked.values) else "payoffs"
        )
    return "tree" if model.source.nodes else "phase"


def _tree(model: Model, asked: _Asked) -> str:
    from deterrence.catalogue import models
    from deterrence.errors import OutOfScope
    from deterrence.show.tree_pages import marked
    from deterrence.show.tree_svg import tree_svg

    if asked.values:
        raise click.UsageError("a tree is drawn in symbols; leave out the values")
    if not model.source.nodes:
        raise OutOfScope(f"{model.name} is of the kind {model.source.kind}, so there is no tree to draw")
    marks = None if asked.bare else marked(models.atlas_of(model, asked.concept, False), asked.mark)
    return tree_svg(model, marks, full=asked.full)


def _phase(model: Model, asked: _Asked) -> str:
    from deterrence.catalogue import models
    from deterrence.errors import OutOfScope
    from deterrence.show.explorer_data import main_axes
    from deterrence.show.phase_plot import phase_svg

    if len(model.domain.names) < 2:
        raise OutOfScope(f"{model.name} has fewer than two parameters, so there is no phase diagram")
    bar, step = progress_bar(1)
    with bar:
        step(f"solving {model.name}")
        answer = models.solve(model, asked.concept, False)
        x, y = asked.over or main_axes(model)
        return phase_svg(answer, x, y, asked.values)


def _payoffs(model: Model, asked: _Asked) -> str:
    from deterrence.catalogue.payoffs import model_payoff_set
    from deterrence.show.payoff_plot import payoff_set_svg

    return payoff_set_svg(model_payoff_set(model, asked.values))


def _bars(model: Model, asked: _Asked) -> str:
    from deterrence.catalogue import models
    from deterrence.errors import OutOfScope
    from deterrence.show.discount_bars import discount_bars_svg
    from deterrence.solve.profiles import ProfileAtlas

    if model.repeated is None or not model.repeated.profiles:
        raise OutOfScope(f"{model.name} lists no profiles of strategies over time, so there are no bars")
    bar, step = progress_bar(1)
    with bar:
        step(f"solving {model.name}")
        answer = models.solve(model.repeated)
        assert isinstance(answer, ProfileAtlas)
        return discount_bars_svg(answer, asked.along, asked.values)


def _recovery(model: Model, asked: _Asked) -> str:
    from deterrence.show.recovery_plot import recovery_svg

    return recovery_svg(
        model,
        asked.profiles or None,
        slip=values_of((asked.slip,)) if asked.slip else None,
        errors=asked.errors,
        rounds=asked.rounds,
        point=asked.values,
    )


def _best_replies(model: Model, asked: _Asked) -> str:
    from deterrence.show.best_reply_plot import best_replies_svg

    return best_replies_svg(model, asked.values)


def _map(model: Model, asked: _Asked) -> str:
    from deterrence.show.map_2x2 import map_2x2_svg

    path = None
    if asked.along is not None:
        ((name, stops),) = values_of((asked.along,)).items()
        path = (name, [stop.strip() for stop in stops.split(",")])
    return map_2x2_svg(model, path, asked.values)


def _ladder(model: Model, asked: _Asked) -> str:
    from deterrence.errors import OutOfScope
    from deterrence.show.ladder_plot import ladder_svg

    if not asked.profiles:
        return ladder_svg(model, asked.mark, asked.values)
    if model.repeated is None:
        raise OutOfScope(f"{model.name} lists no profiles of strategies over time; leave out --profile")
    if len(asked.profiles) > 1:
        raise click.UsageError("a ladder is of one strategy; name one --profile")
    profile = model.repeated.profile(asked.profiles[0])
    return ladder_svg(profile.strategies[0][1])


def _field(model: Model, asked: _Asked) -> str:
    from deterrence.errors import OutOfScope
    from deterrence.games.normal import NormalForm
    from deterrence.show.field import field_svg
    from deterrence.solve.replicator import replicator

    game = model.pieces[0][1] if len(model.pieces) == 1 else None
    if not isinstance(game, NormalForm):
        raise OutOfScope(f"{model.name} is not one table of payoffs, and dynamics are of tables")
    rows = {tuple(p.actions) for p in game.players}
    symmetric = len(rows) == 1 and all(
        game.payoff((a, b), game.names[0]) == game.payoff((b, a), game.names[-1])
        for a in game.players[0].actions
        for b in game.players[0].actions
    )
    return field_svg(replicator(game, 1 if symmetric else 2), asked.values)


_DRAW: Mapping[str, Callable[[Model, _Asked], str]] = {
    "tree": _tree,
    "phase": _phase,
    "best-replies": _best_replies,
    "map": _map,
    "bars": _bars,
    "recovery": _recovery,
    "payoffs": _payoffs,
    "ladder": _ladder,
    "field": _field,
}
