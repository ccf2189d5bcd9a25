"""Commands on games over time and on networks: `stabilise`, `cascade`."""

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
    pass


@commands.command()
@click.argument("model", type=MODEL)
@as_json
def stabilise(model: str, as_json: bool) -> None:
    """In which sense can the profiles of MODEL, a repeated or stochastic game, last, and exactly where?

    One row a profile, one column a concept: Nash, subgame perfect, robust to errors, rounds of recovery,
    share of peace, risk of war, safe from invasion, renegotiation-proof.
    """
    from deterrence.catalogue.stability import stability

    found = the_model(model)
    profiles = found.source.repeated.profiles if found.source.repeated else ()
    bar, step = progress_bar(max(1, len(profiles)))
    with bar:
        report = stability(found, step)
    if as_json:
        from deterrence.show.stability_json import report_json

        print_json(report_json(report, found.name))
        return
    from deterrence.show.stability_text import report_page
    from deterrence.show.text import title_line

    show_pages(title_line(found.source), report_page(report))


@commands.command()
@click.argument("model", type=MODEL)
@click.argument("parameter")
@click.argument("values", nargs=-1)
@click.option(
    "--stop", metavar="ACTION", help="The action that counts as stopping; the second one without it."
)
@as_json
def cascade(model: str, parameter: str, values: tuple[str, ...], stop: str | None, as_json: bool) -> None:
    """Who stops first in MODEL, a network, as PARAMETER rises: `deterrence cascade militia-network s`.

    The threshold of every member in symbols, and the waves in which they stop at the VALUES of the other
    parameters (the model's example values where none are given).
    """
    from deterrence.errors import OutOfScope
    from deterrence.solve.cascade import cascade as waves_of
    from deterrence.solve.cascade import thresholds

    found = the_model(model)
    if found.network is None:
        raise OutOfScope(f"{found.name} is of the kind {found.source.kind}; cascades are for networks")
    listed = thresholds(found.network, parameter, stop)
    point = found.domain.point(values_of(values), defaults=True)
    waves = waves_of(found.network, parameter, point, stop)
    if as_json:
        from deterrence.show.network_json import cascade_json

        print_json(cascade_json(listed, waves, parameter, point, found.name))
        return
    from deterrence.show.network_text import cascade_page
    from deterrence.show.text import title_line

    show_pages(title_line(found.source), cascade_page(found, parameter, listed, waves, point))
