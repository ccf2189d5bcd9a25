"""Commands that solve: `solve`, `at`, `why`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from deterrence.commands.base import (
    MODEL,
    as_json,
    commands,
    print_json,
    progress_bar,
    show_pages,
    the_model,
    values_of,
)

if TYPE_CHECKING:
    from fractions import Fraction

    from deterrence.catalogue.models import Model
    from deterrence.solve.atlas import Atlas
    from deterrence.solve.profiles import ProfileAtlas
    from deterrence.study.credibility import Credible


@commands.command()
@click.argument("model", type=MODEL)
@click.option("--for", "solve_for", metavar="PARAM", help="Solve every condition for this parameter.")
@click.option("--all", "everything", is_flag=True, help="Show knife-edge components and cells too.")
@click.option("--concept", metavar="NAME", help="Another solution concept, such as nash or pure-nash.")
@click.option("--mark", metavar="ID", help="Mark the path of this equilibrium in the tree, such as e2.")
@click.option("--proofs", metavar="DIR", help="Write every proof as SMT-LIB 2 files into this folder.")
@as_json
def solve(
    model: str,
    solve_for: str | None,
    everything: bool,
    concept: str | None,
    mark: str | None,
    proofs: str | None,
    as_json: bool,
) -> None:
    """Every equilibrium of MODEL, the exact region of each, and the phase diagram."""
    from deterrence.catalogue import models
    from deterrence.errors import OutOfScope, UnknownName
    from deterrence.solve.profiles import ProfileAtlas

    found = the_model(model)
    if solve_for and solve_for not in found.domain.names:
        raise UnknownName("parameter", solve_for, found.domain.names)
    if found.repeated is not None and not found.repeated.names:
        _show_chain(found, None, as_json)
        return
    bar, step = progress_bar(1)
    with bar:
        step(f"solving {found.name}")
        # the phase diagram of a network is long: it has a cell for most sets of equilibria
        atlas = models.solve(found, concept, everything or found.network is None)
    if isinstance(atlas, ProfileAtlas):
        if mark or proofs:
            what = "mark" if mark else "proofs"
            raise OutOfScope(
                f"{found.name} has listed profiles and no atlas of equilibria; leave out --{what}"
            )
        _show_profiles(found, atlas, concept, as_json)
        return
    if proofs:
        from deterrence.catalogue.proofs import write_proofs

        count = write_proofs(atlas, found.name, proofs)
        click.echo(f"{count} SMT-LIB files in {proofs}", err=True)
    beside = _perfect(found, atlas)
    if as_json:
        from deterrence.show.jsonable import atlas_json

        data = atlas_json(atlas, found.name)
        if beside is not None:
            from deterrence.show.credibility_text import credibility_json

            data |= credibility_json(*beside)
        print_json(data)
        return
    from deterrence.show.text import atlas_page, game_block, title_line

    show_pages(
        title_line(found.source),
        game_block(found, atlas, mark),
        atlas_page(atlas, found.source, solve_for, everything),
    )
    if beside is not None:
        from deterrence.show.credibility_text import credibility_page

        show_pages(credibility_page(atlas, *beside, solve_for, everything))


def _perfect(found: Model, atlas: Atlas) -> tuple[tuple[Credible, ...], str] | None:
    """For equilibria in plans of a tree: where each is credible, and the concept that says so."""
    from deterrence.catalogue.models import atlas_of
    from deterrence.errors import OutOfScope
    from deterrence.games.strategic import StrategicForm
    from deterrence.study.credibility import credible

    if not isinstance(atlas.game, StrategicForm) or len(found.pieces) != 1:
        return None
    try:
        perfect = atlas_of(atlas.game.tree, None, False)
        return credible(atlas, perfect), perfect.concept
    except OutOfScope:
        return None


def _show_profiles(found: Model, atlas: ProfileAtlas, concept: str | None, as_json: bool) -> None:
    """`solve` for a repeated game: its listed profiles."""
    if as_json:
        from deterrence.show.stability_json import profiles_json

        print_json(profiles_json(atlas, found.name, concept or found.source.concept or ""))
        return
    from deterrence.show.stability_text import profiles_page
    from deterrence.show.text import stage_block, title_line

    show_pages(title_line(found.source), stage_block(found), profiles_page(atlas))


@commands.command()
@click.argument("model", type=MODEL)
@click.argument("values", nargs=-1)
@as_json
def at(model: str, values: tuple[str, ...], as_json: bool) -> None:
    """The equilibria of MODEL at a point: `deterrence at strike-restrain h=4 m=1/2`.

    Parameters that are not given take the model's example values.
    """
    from deterrence.catalogue import models
    from deterrence.solve.profiles import ProfileAtlas

    found = the_model(model)
    point = found.domain.point(values_of(values), defaults=True)
    if found.network is not None:
        _show_network(found, point, as_json)
        return
    if found.repeated is not None and not found.repeated.names:
        _show_chain(found, point, as_json)
        return
    bar, step = progress_bar(1)
    with bar:
        step(f"solving {found.name}")
        atlas = models.solve(found, None, False)
    if isinstance(atlas, ProfileAtlas):
        _show_standings(found, atlas, point, as_json)
        return
    if as_json:
        from deterrence.show.jsonable import point_json

        print_json(point_json(atlas, point, found.name))
        return
    from deterrence.show.text import point_page, title_line

    show_pages(title_line(found.source), point_page(atlas, point, atlas.at(point)))


def _show_chain(found: Model, point: dict[str, Fraction] | None, as_json: bool) -> None:
    """`solve` and `at` for a chain without players: where it ends, from every state."""
    from deterrence.show.chain_view import chain_json, chain_page, chain_point_page
    from deterrence.solve.chain_ends import chain_ends

    assert found.repeated is not None
    game = found.repeated.game
    ends = chain_ends(game)
    if as_json:
        print_json(chain_json(ends, found.name, point))
        return
    from deterrence.show.text import stage_block, title_line

    if point is None:
        show_pages(title_line(found.source), stage_block(found), chain_page(ends, game))
    else:
        show_pages(title_line(found.source), chain_point_page(ends, game, point))


def _show_network(found: Model, point: dict[str, Fraction], as_json: bool) -> None:
    """`at` for a network: its pure equilibria at the point, however many members."""
    from deterrence.solve.networks import equilibria_at

    assert found.network is not None
    listed = equilibria_at(found.network, point)
    if as_json:
        from deterrence.show.network_json import network_json

        print_json(network_json(listed, point, found.name))
        return
    from deterrence.show.network_text import network_point_page
    from deterrence.show.text import title_line

    show_pages(title_line(found.source), network_point_page(listed, point))


def _show_standings(found: Model, atlas: ProfileAtlas, point: dict[str, Fraction], as_json: bool) -> None:
    """`at` for a repeated game: which of its profiles are equilibria at the point."""
    from deterrence.solve.profiles import standings

    if as_json:
        from deterrence.show.stability_json import standings_json

        print_json(standings_json(standings(atlas, point), point, found.name))
        return
    from deterrence.show.stability_text import standings_page
    from deterrence.show.text import title_line

    show_pages(title_line(found.source), standings_page(atlas.game, point, standings(atlas, point)))


@commands.command()
@click.argument("model", type=MODEL)
@click.argument("values", nargs=-1, required=True)
@as_json
def why(model: str, values: tuple[str, ...], as_json: bool) -> None:
    """Why a profile of MODEL is an equilibrium or not: `why strike-restrain us=strike militia=halt h=4`.

    Every player's gain from every change of action, in symbols, and at the point if parameters are given.
    In a tree name an action for every information set: `why proxy-tree support=fund funded=halt …`, with the
    type where it matters: `answer[soft]=resist`.  In a repeated game name a profile: `profile=grim`.
    """
    from deterrence.algebra.printing import region_text, value_text
    from deterrence.games.normal import NormalForm
    from deterrence.study.deviations import deviations, equilibrium_region, pure_profile

    found = the_model(model)
    given = values_of(values)
    if found.repeated is not None:
        _why_profile(found, given, as_json)
        return
    game = found.game
    if not isinstance(game, NormalForm):
        _why_tree(found, given, as_json)
        return
    choice = {n: v for n, v in given.items() if n in game.names}
    numbers = {n: v for n, v in given.items() if n not in game.names}
    profile = pure_profile(game, choice)
    point = found.domain.point(numbers, defaults=True) if numbers else None
    listed = deviations(game, profile)
    region = equilibrium_region(game, profile)
    if as_json:
        rows = []
        for d in listed:
            row = {"player": d.player, "action": d.action, "instead": d.instead, "gain": value_text(d.gain)}
            row["deterred_where"] = region_text(d.deterred_where)
            if point is not None:
                row["gain_at_point"] = str(d.gain.at(point))
            rows.append(row)
        shown = None if point is None else {n: str(v) for n, v in point.items()}
        print_json(
            {
                "model": found.name,
                "profile": choice,
                "region": region_text(region),
                "point": shown,
                "deviations": rows,
            }
        )
        return
    from rich.text import Text

    from deterrence.show.text import title_line, why_page

    verdict = "everywhere" if region_text(region) == "true" else f"exactly where {region_text(region)}"
    ending = "never a Nash equilibrium" if region_text(region) == "false" else f"a Nash equilibrium {verdict}"
    show_pages(
        title_line(found.source), why_page(game, profile, listed, point), Text(f"The profile is {ending}.")
    )


def _why_profile(found: Model, given: dict[str, str], as_json: bool) -> None:
    """`why` for a listed profile: its one-shot deviations at every joint state."""
    assert found.repeated is not None
    profile = given.pop("profile", "")
    if not profile:
        known = ", ".join(p.id for p in found.repeated.profiles) or "none"
        raise click.UsageError(f"name a profile of {found.name}, as in profile=…; it has: {known}")
    point = found.domain.point(given, defaults=True) if given else None
    if as_json:
        from deterrence.show.why_text import why_profile_json

        print_json({"model": found.name, **why_profile_json(found.repeated, profile, point)})
        return
    from deterrence.show.text import title_line
    from deterrence.show.why_text import why_profile_page

    show_pages(title_line(found.source), why_profile_page(found.repeated, profile, point))


def _why_tree(found: Model, given: dict[str, str], as_json: bool) -> None:
    """`why` for a tree: one-shot deviations from a pure profile by information set."""
    from deterrence.show.tree_view import tree_of
    from deterrence.show.tree_why import why_tree_json, why_tree_page
    from deterrence.study.tree_deviations import pure_behaviour

    tree = tree_of(found)
    numbers = {n: v for n, v in given.items() if n in found.domain.names}
    choice = {n: v for n, v in given.items() if n not in found.domain.names}
    behaviour = pure_behaviour(tree, choice)
    point = found.domain.point(numbers, defaults=True) if numbers else None
    if as_json:
        print_json({"model": found.name, **why_tree_json(tree, behaviour, point)})
        return
    from deterrence.show.text import title_line

    show_pages(title_line(found.source), why_tree_page(tree, behaviour, point))
