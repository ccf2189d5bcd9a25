"""Commands that study answers: `statics`, `window`, `needs`, `taxonomy`."""

from __future__ import annotations

import click

from deterrence.commands.base import MODEL, as_json, commands, print_json, progress_bar, show_pages, the_model

_given = click.option("--given", metavar="CONDITION", help="A premise, in the grammar of model files.")
_concept = click.option("--concept", metavar="NAME", help="Another solution concept than the model's own.")


@commands.command()
@click.argument("model", type=MODEL)
@click.argument("parameter")
@click.argument("quantity")
@_given
@_concept
@as_json
def statics(
    model: str, parameter: str, quantity: str, given: str | None, concept: str | None, as_json: bool
) -> None:
    """How QUANTITY moves in equilibrium as PARAMETER rises: `statics inspection s "P(militia = attack)"`.

    Within each equilibrium and across all of them; each statement is proved, or refuted by a pair of points.
    """
    from deterrence.catalogue.readings import statics as ask

    found = the_model(model)
    bar, step = progress_bar(1)
    with bar:
        step(f"comparing {found.name}")
        answer = ask(found, parameter, quantity, given, concept=concept)
    if as_json:
        from deterrence.show.statics import statics_json

        print_json({"model": found.name, **statics_json(answer)})
        return
    from deterrence.show.statics import statics_page
    from deterrence.show.text import title_line

    show_pages(title_line(found.source), statics_page(answer))


@commands.command()
@click.argument("model", type=MODEL)
@click.argument("parameter")
@click.argument("claim", required=False)
@click.option("--every", metavar="PREDICATE", help="The goal: true in every equilibrium.")
@click.option("--some", metavar="PREDICATE", help="The goal: true in some equilibrium.")
@click.option("--holds", metavar="CONDITION", help="The goal: a condition on the parameters.")
@_given
@_concept
@as_json
def window(
    model: str,
    parameter: str,
    claim: str | None,
    every: str | None,
    some: str | None,
    holds: str | None,
    given: str | None,
    concept: str | None,
    as_json: bool,
) -> None:
    """For which values of PARAMETER a goal is reached: `window MODEL r CLAIM`, or --some "us = halt".

    The goal is a CLAIM of the model by its id, or what --every, --some and --holds say together.
    """
    from deterrence.catalogue.readings import window as ask

    if claim is None and every is None and some is None and holds is None:
        raise click.UsageError("name a claim of the model, or give the goal with --every, --some or --holds")
    found = the_model(model)
    bar, step = progress_bar(1)
    with bar:
        step(f"looking for a window in {found.name}")
        answer = ask(
            found, parameter, claim, every=every, some=some, holds=holds, given=given, concept=concept
        )
    if as_json:
        from deterrence.show.windows import window_json

        print_json({"model": found.name, **window_json(answer)})
        return
    from deterrence.show.text import title_line
    from deterrence.show.windows import window_page

    show_pages(title_line(found.source), window_page(answer))


@commands.command()
@click.argument("model", type=MODEL)
@click.argument("claim")
@as_json
def needs(model: str, claim: str, as_json: bool) -> None:
    """Which assumptions a CLAIM of MODEL rests on, or what it lacks: `needs inspection attack-rate`."""
    from deterrence.catalogue.load_bearing import load_bearing

    found = the_model(model)
    bar, step = progress_bar(1)
    with bar:
        step(f"leaving out assumptions of {found.name}")
        answer = load_bearing(found, claim)
    if as_json:
        from deterrence.show.load_bearing import load_bearing_json

        print_json({"model": found.name, "claim": claim, **load_bearing_json(answer)})
        return
    from deterrence.show.load_bearing import load_bearing_page
    from deterrence.show.text import title_line

    show_pages(title_line(found.source), load_bearing_page(answer))


@commands.command()
@click.argument("model", type=MODEL)
@as_json
def taxonomy(model: str, as_json: bool) -> None:
    """Which named 2x2 game MODEL is, where: the parts of the parameter space with their names."""
    from deterrence.errors import OutOfScope
    from deterrence.games.normal import NormalForm
    from deterrence.show.taxonomy_view import taxonomy_json, taxonomy_page
    from deterrence.study.partition import taxonomy as parts

    found = the_model(model)
    if not isinstance(found.game, NormalForm):
        raise OutOfScope(f"{found.name} is of the kind {found.source.kind}; the taxonomy is of 2x2 tables")
    bar, step = progress_bar(1)
    with bar:
        step(f"naming the parts of {found.name}")
        answer = parts(found.game)
    if as_json:
        print_json(taxonomy_json(answer, found.name))
        return
    from deterrence.show.text import title_line

    show_pages(title_line(found.source), taxonomy_page(answer))
