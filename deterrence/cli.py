"""The command line: thin words over the library.  Heavy imports happen inside the commands."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from deterrence.errors import DeterrenceError

if TYPE_CHECKING:
    from fractions import Fraction

    from rich.console import RenderableType

    from deterrence.catalogue.models import Model
    from deterrence.solve.profiles import ProfileAtlas

_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
as_json = click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON on standard output.")


def main() -> None:
    """Run the command line; bad input ends with one message on standard error and exit code 2."""
    try:
        commands(prog_name="deterrence", standalone_mode=False)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.ClickException as fault:
        fault.show()
        sys.exit(2)
    except click.Abort:
        sys.exit(130)
    except DeterrenceError as fault:
        click.echo(f"Error: {fault}", err=True)
        sys.exit(2)
    except OSError as fault:
        click.echo(f"Error: {fault.strerror or fault}: {fault.filename or ''}".rstrip(": "), err=True)
        sys.exit(2)


@click.group(context_settings=_CONTEXT, invoke_without_command=True)
@click.version_option(package_name="deterrence")
@click.pass_context
def commands(context: click.Context) -> None:
    """Exact game theory of deterrence: every equilibrium, where it exists, and a proof.

    Start with `deterrence list`, then `deterrence solve strike-restrain`.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
        click.echo("\nTry: deterrence show strike-restrain, then deterrence solve strike-restrain")


# -- output ---------------------------------------------------------------------------------------
def _show(*pages: RenderableType) -> None:
    from deterrence.show.terminal import console

    out = console()
    for page in pages:
        out.print(page)


def _print_json(data: Any) -> None:
    click.echo(json.dumps(data, indent=2, ensure_ascii=False))


def _model(name: str) -> Model:
    from deterrence.catalogue.models import load

    return load(name)


def _progress(total: int) -> tuple[Any, Callable[[str], None]]:
    from deterrence.show.terminal import progress

    return progress(total)


def _values(pairs: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in pairs:
        name, sign, text = pair.partition("=")
        if not sign or not name or not text:
            raise click.UsageError(f"{pair!r} is not of the form name=value, such as h=4 or m=1/2")
        if name.strip() in found:
            raise click.UsageError(f"{name.strip()} is given twice")
        found[name.strip()] = text.strip()
    return found


# -- commands -------------------------------------------------------------------------------------
@commands.command("list")
@as_json
def list_models(as_json: bool) -> None:
    """The models of the catalogue."""
    from deterrence.catalogue.models import catalogue, load

    rows = []
    for name, path in catalogue().items():
        source = load(name).source
        shelf = "article" if "article" in path.parts else "canon"
        rows.append(
            {
                "name": name,
                "title": source.title,
                "kind": source.kind,
                "shelf": shelf,
                "claims": len(source.claims),
            }
        )
    rows.sort(key=lambda r: (str(r["shelf"]), str(r["name"])))
    if as_json:
        _print_json(rows)
        return
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in ("model", "title", "kind", "claims"):
        table.add_column(column, overflow="fold")
    shelf = ""
    for row in rows:
        if row["shelf"] != shelf:
            shelf = str(row["shelf"])
            table.add_row(f"[bold]{shelf}[/bold]", "", "", "")
        table.add_row(f"  {row['name']}", str(row["title"]), str(row["kind"]), str(row["claims"]))
    _show(table)


@commands.command()
@click.argument("model")
@click.option("--toml", is_flag=True, help="Print the model file itself.")
def show(model: str, toml: bool) -> None:
    """What MODEL says: players, payoffs, meanings, claims, sources."""
    found = _model(model)
    if toml:
        click.echo(found.source.text, nl=False)
        return
    from deterrence.show.text import model_page

    _show(model_page(found))


@commands.command()
@click.argument("model")
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

    found = _model(model)
    if solve_for and solve_for not in found.domain.names:
        raise UnknownName("parameter", solve_for, found.domain.names)
    if found.repeated is not None and not found.repeated.names:
        _show_chain(found, None, as_json)
        return
    bar, step = _progress(1)
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
    if as_json:
        from deterrence.show.jsonable import atlas_json

        _print_json(atlas_json(atlas, found.name))
        return
    from deterrence.show.text import atlas_page, game_block, title_line

    _show(
        title_line(found.source),
        game_block(found, atlas, mark),
        atlas_page(atlas, found.source, solve_for, everything),
    )


def _show_profiles(found: Model, atlas: ProfileAtlas, concept: str | None, as_json: bool) -> None:
    """`solve` for a repeated game: its listed profiles."""
    if as_json:
        from deterrence.show.stability_json import profiles_json

        _print_json(profiles_json(atlas, found.name, concept or found.source.concept or ""))
        return
    from deterrence.show.stability_text import profiles_page
    from deterrence.show.text import stage_block, title_line

    _show(title_line(found.source), stage_block(found), profiles_page(atlas))


@commands.command()
@click.argument("model")
@as_json
def stabilise(model: str, as_json: bool) -> None:
    """In which sense can the profiles of MODEL, a repeated or stochastic game, last, and exactly where?

    One row a profile, one column a concept: Nash, subgame perfect, robust to errors, rounds of recovery,
    share of peace, risk of war, safe from invasion, renegotiation-proof.
    """
    from deterrence.catalogue.stability import stability

    found = _model(model)
    profiles = found.source.repeated.profiles if found.source.repeated else ()
    bar, step = _progress(max(1, len(profiles)))
    with bar:
        report = stability(found, step)
    if as_json:
        from deterrence.show.stability_json import report_json

        _print_json(report_json(report, found.name))
        return
    from deterrence.show.stability_text import report_page
    from deterrence.show.text import title_line

    _show(title_line(found.source), report_page(report))


@commands.command()
@click.argument("model")
@click.argument("values", nargs=-1)
@as_json
def at(model: str, values: tuple[str, ...], as_json: bool) -> None:
    """The equilibria of MODEL at a point: `deterrence at strike-restrain h=4 m=1/2`.

    Parameters that are not given take the model's example values.
    """
    from deterrence.catalogue import models
    from deterrence.solve.profiles import ProfileAtlas

    found = _model(model)
    point = found.domain.point(_values(values), defaults=True)
    if found.network is not None:
        _show_network(found, point, as_json)
        return
    if found.repeated is not None and not found.repeated.names:
        _show_chain(found, point, as_json)
        return
    atlas = models.solve(found, None, False)
    if isinstance(atlas, ProfileAtlas):
        _show_standings(found, atlas, point, as_json)
        return
    if as_json:
        from deterrence.show.jsonable import point_json

        _print_json(point_json(atlas, point, found.name))
        return
    from deterrence.show.text import point_page, title_line

    _show(title_line(found.source), point_page(atlas, point, atlas.at(point)))


def _show_chain(found: Model, point: dict[str, Fraction] | None, as_json: bool) -> None:
    """`solve` and `at` for a chain without players: where it ends, from every state."""
    from deterrence.show.chain_view import chain_json, chain_page, chain_point_page
    from deterrence.solve.chain_ends import chain_ends

    assert found.repeated is not None
    game = found.repeated.game
    ends = chain_ends(game)
    if as_json:
        _print_json(chain_json(ends, found.name, point))
        return
    from deterrence.show.text import stage_block, title_line

    if point is None:
        _show(title_line(found.source), stage_block(found), chain_page(ends, game))
    else:
        _show(title_line(found.source), chain_point_page(ends, game, point))


def _show_network(found: Model, point: dict[str, Fraction], as_json: bool) -> None:
    """`at` for a network: its pure equilibria at the point, however many members."""
    from deterrence.solve.networks import equilibria_at

    assert found.network is not None
    listed = equilibria_at(found.network, point)
    if as_json:
        from deterrence.show.network_json import network_json

        _print_json(network_json(listed, point, found.name))
        return
    from deterrence.show.network_text import network_point_page
    from deterrence.show.text import title_line

    _show(title_line(found.source), network_point_page(listed, point))


@commands.command()
@click.argument("model")
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

    found = _model(model)
    if found.network is None:
        raise OutOfScope(f"{found.name} is of the kind {found.source.kind}; cascades are for networks")
    listed = thresholds(found.network, parameter, stop)
    point = found.domain.point(_values(values), defaults=True)
    waves = waves_of(found.network, parameter, point, stop)
    if as_json:
        from deterrence.show.network_json import cascade_json

        _print_json(cascade_json(listed, waves, parameter, point, found.name))
        return
    from deterrence.show.network_text import cascade_page
    from deterrence.show.text import title_line

    _show(title_line(found.source), cascade_page(found, parameter, listed, waves, point))


def _show_standings(found: Model, atlas: ProfileAtlas, point: dict[str, Fraction], as_json: bool) -> None:
    """`at` for a repeated game: which of its profiles are equilibria at the point."""
    from deterrence.solve.profiles import standings

    if as_json:
        from deterrence.show.stability_json import standings_json

        _print_json(standings_json(standings(atlas, point), point, found.name))
        return
    from deterrence.show.stability_text import standings_page
    from deterrence.show.text import title_line

    _show(title_line(found.source), standings_page(atlas.game, point, standings(atlas, point)))


@commands.command()
@click.argument("model")
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

    found = _model(model)
    given = _values(values)
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
        _print_json(
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
    _show(title_line(found.source), why_page(game, profile, listed, point), Text(f"The profile is {ending}."))


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

        _print_json({"model": found.name, **why_profile_json(found.repeated, profile, point)})
        return
    from deterrence.show.text import title_line
    from deterrence.show.why_text import why_profile_page

    _show(title_line(found.source), why_profile_page(found.repeated, profile, point))


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
        _print_json({"model": found.name, **why_tree_json(tree, behaviour, point)})
        return
    from deterrence.show.text import title_line

    _show(title_line(found.source), why_tree_page(tree, behaviour, point))


@commands.command()
@click.argument("model")
@click.argument("values", nargs=-1)
@click.option("--output", metavar="FILE", help="Where to write the SVG file; standard output without it.")
@click.option("--concept", metavar="NAME", help="The solution concept of the equilibrium to mark.")
@click.option("--mark", metavar="ID", help="Mark the path of this equilibrium, such as e2 (see solve).")
@click.option("--bare", is_flag=True, help="Draw the tree alone, with no path marked; nothing is solved.")
@click.option("--full", is_flag=True, help="Draw every combination of hidden types, not the tree as written.")
def plot(
    model: str,
    values: tuple[str, ...],
    output: str | None,
    concept: str | None,
    mark: str | None,
    bare: bool,
    full: bool,
) -> None:
    """A picture of MODEL as SVG: `deterrence plot proxy-tree --output tree.svg`.

    Of a tree the tree, with the path of an equilibrium; of a repeated game of two players, at the VALUES of
    its parameters (the others take their examples), what its equilibria can pay:
    `deterrence plot repeated-chicken delta=1/2`.
    """
    from deterrence.catalogue import models
    from deterrence.errors import OutOfScope
    from deterrence.show.tree_pages import marked
    from deterrence.show.tree_svg import tree_svg

    found = _model(model)
    if found.repeated is not None:
        from deterrence.catalogue.payoffs import model_payoff_set
        from deterrence.show.payoff_plot import payoff_set_svg

        _write(payoff_set_svg(model_payoff_set(found, _values(values))), output)
        return
    if not found.source.nodes:
        raise OutOfScope(
            f"{found.name} is of the kind {found.source.kind}, and plot draws trees and the payoffs of "
            f"repeated games so far. Try: deterrence solve {found.name}"
        )
    if values:
        raise click.UsageError("a tree is drawn in symbols; leave out the values")
    marks = None if bare else marked(models.atlas_of(found, concept, False), mark)
    _write(tree_svg(found, marks, full=full), output)


def _write(text: str, output: str | None) -> None:
    """A file's text, to the file if one is named, else to standard output."""
    from pathlib import Path

    if output is None:
        click.echo(text)
        return
    Path(output).write_text(text + "\n", encoding="utf-8")
    click.echo(f"wrote {output}")


@commands.command()
@click.argument("model")
@click.argument("values", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(["efg", "nfg", "latex", "toml"]),
    required=True,
    help="Gambit's files efg and nfg (numbers), latex (symbols), or toml, a model file.",
)
@click.option("--output", metavar="FILE", help="Where to write the file; standard output without it.")
def export(model: str, values: tuple[str, ...], form: str, output: str | None) -> None:
    """MODEL for another program: `deterrence export chicken --format nfg T=8 --output chicken.nfg`.

    Gambit's formats need numbers: parameters that are not given take the model's example values.
    """
    from pathlib import Path

    from deterrence.catalogue.export import exported
    from deterrence.show.latex_page import model_latex

    found, given = _model(model), _values(values)
    if form == "latex" and given:
        raise click.UsageError("latex shows a model in symbols; leave out the values, or ask for nfg or efg")
    text = model_latex(found) if form == "latex" else exported(found, form, given)
    if output is None:
        click.echo(text, nl=False)
        return
    Path(output).write_text(text, encoding="utf-8")
    click.echo(f"wrote {output}")


@commands.command()
@click.argument("models", nargs=-1, required=True)
@click.option("--proofs", metavar="DIR", help="Write the claims' proofs as SMT-LIB 2 files into this folder.")
@as_json
def check(models: tuple[str, ...], proofs: str | None, as_json: bool) -> None:
    """Decide every claim of the MODELS; exit code 1 if one is not as the file expects."""
    from deterrence.catalogue.checking import check as check_model

    pages = []
    for name in models:
        model = _model(name)
        bar, step = _progress(1)
        with bar:
            step(f"checking {model.name}")
            pages.append((model, check_model(model)))
        if proofs:
            from deterrence.catalogue.proofs import write_claim_proofs

            write_claim_proofs(model, proofs)
    results = [r for _, found in pages for r in found]
    if as_json:
        from deterrence.show.jsonable import results_json

        _print_json(results_json(results))
    else:
        from deterrence.show.claims_text import check_page

        _show(*(check_page(model.name, found) for model, found in pages))
    if not all(r.as_expected for r in results):
        sys.exit(1)


@commands.command()
@click.argument("article", required=False)
@click.option("--markdown", is_flag=True, help="Print the ledger as Markdown.")
@click.option("--html", is_flag=True, help="Print the ledger as an HTML page.")
@as_json
def ledger(article: str | None, markdown: bool, html: bool, as_json: bool) -> None:
    """The article's claims, each decided; ARTICLE (such as A4) explains one in depth.

    What is decided is kept until a model or the library changes; DETERRENCE_CACHE=off keeps nothing.
    """
    from deterrence.catalogue import ledger as ledgers

    if markdown + html + as_json > 1:
        raise click.UsageError("choose one of --json, --markdown and --html")
    bar, step = _progress(ledgers.ledger_size(article))
    with bar:
        entries = ledgers.ledger(article, step)
    results = [r for e in entries for r in e.results]
    if as_json:
        from deterrence.show.jsonable import results_json

        _print_json(results_json(results))
    elif markdown or html:
        from deterrence.show.ledger_pages import ledger_html, ledger_markdown

        click.echo(ledger_markdown(entries) if markdown else ledger_html(entries))
    else:
        from deterrence.show.ledger_text import entry_page, ledger_page

        _show(ledger_page(entries) if article is None else entry_page(entries[0]))
    if not all(r.as_expected for r in results):
        sys.exit(1)


@commands.command()
@click.argument("model", required=False)
@click.option("--out", metavar="FILE", help="Where to write the page; MODEL.html without it.")
@click.option("--ledger", "of_ledger", is_flag=True, help="The article's page: every claim with its models.")
def explore(model: str | None, out: str | None, of_ledger: bool) -> None:
    """A page to play with MODEL: sliders, phase diagram, claims; one HTML file that needs no network."""
    from pathlib import Path

    from deterrence.show.explorer import explorer_page, ledger_explorer_page

    if of_ledger == (model is not None):
        raise click.UsageError("name a model, or ask for --ledger")
    if model is None:
        from deterrence.catalogue import ledger as ledgers

        bar, step = _progress(ledgers.ledger_size())
        with bar:
            page = ledger_explorer_page(ledgers.ledger(None, step))
    else:
        from deterrence.catalogue.ledger import results_of

        found = _model(model)
        bar, step = _progress(1)
        with bar:
            step(f"solving {found.name}")
            page = explorer_page(found, results_of(found))
    path = Path(out or f"{'ledger' if model is None else found.name}.html")
    path.write_text(page, encoding="utf-8")
    click.echo(f"wrote {path} ({path.stat().st_size / 1000:.0f} kB); open it in a browser", err=True)


@commands.command()
@click.argument("path")
def new(path: str) -> None:
    """Write a commented starter model to PATH (it will not overwrite a file)."""
    from deterrence.catalogue.starter import write_starter

    written = write_starter(path)
    click.echo(f"wrote {written}; next: deterrence solve {written}")


@commands.command()
def schema() -> None:
    """The JSON Schema of model files."""
    from deterrence.catalogue.schema import json_schema

    _print_json(json_schema())


if __name__ == "__main__":
    main()
