"""Terminal output for networks: what the group's members can do, who stops at what, equilibria at a point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from deterrence.algebra.decide import prover
from deterrence.catalogue.models import Model
from deterrence.show.paragraphs import heading, indented
from deterrence.show.phrases import point_text, value_words
from deterrence.solve.cascade import Threshold, Wave
from deterrence.solve.networks import NetworkEquilibria, Profile

_SHOWN = 40


def network_block(model: Model) -> RenderableType:
    """The group: how many members, who is linked with whom, what each action pays a member."""
    source = model.source.network
    assert source is not None
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("action", style="bold")
    table.add_column("pays a member", overflow="fold")
    for action, text in zip(source.actions, source.payoff_texts, strict=True):
        table.add_row(action, text)
    count = len(source.members)
    links = {
        "": ", ".join(f"{a + 1}-{b + 1}" for a, b in sorted(source.links)) or "no links",
        "none": "no links: each for itself",
        "complete": "all linked with all",
    }.get(source.shape, f"linked in a {source.shape}")
    return Group(
        Text(f"{source.label}: {count} members, {source.members[0]} to {source.members[-1]}; {links}"), table
    )


def network_point_page(found: NetworkEquilibria, point: Mapping[str, Fraction]) -> RenderableType:
    """What `at` prints for a network: its pure equilibria at the point, alike members counted together."""
    parts: list[RenderableType] = [heading(f"At {point_text(point)}")]
    actions = found.network.actions
    total = f"{len(found.equilibria)} pure equilibria" if len(found.equilibria) != 1 else "1 pure equilibrium"
    if not found.complete:
        total = f"more than {total}; these are the first found"
    kinds = f", of {len(found.kinds)} kinds" if len(found.kinds) < len(found.equilibria) else ""
    parts.append(indented(total + kinds))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for action in actions:
        table.add_column(action, overflow="fold")
    if kinds:
        table.add_column("like it", justify="right")
    for profile, count in found.kinds[:_SHOWN]:
        row = [_who(profile, action, found) for action in actions]
        table.add_row(*row, *([str(count)] if kinds else []))
    parts.append(table)
    if len(found.kinds) > _SHOWN:
        parts.append(indented(f"and {len(found.kinds) - _SHOWN} more: --json lists them all"))
    return Group(*parts)


def _who(profile: Profile, action: str, found: NetworkEquilibria) -> str:
    members = [m for m, a in zip(found.network.members, profile, strict=True) if a == action]
    if not members:
        return "none"
    return "all" if len(members) == len(profile) else " ".join(members)


def _wave(wave: Wave, instrument: str) -> str:
    first, *rest = wave.waves
    text = f"above {instrument} = {wave.at}: {', '.join(first)}"
    return text + "".join(f", then {', '.join(w)}" for w in rest)


def cascade_page(
    model: Model,
    instrument: str,
    listed: Sequence[Threshold],
    waves: Sequence[Wave],
    point: Mapping[str, Fraction],
) -> RenderableType:
    """What `cascade` prints: everybody's threshold in symbols, then who stops when at a point."""
    ask = prover(model.domain.given)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("member", style="bold")
    several = any(t.stopped for t in listed)
    if several:
        table.add_column("neighbours that have stopped", justify="right")
    table.add_column(f"stops above {instrument} =", overflow="fold")
    shown = ""
    for t in listed:
        name = "" if t.member == shown else t.member
        table.add_row(name, *([str(t.stopped)] if several else []), value_words(t.value, ask))
        shown = t.member
    others = {n: v for n, v in point.items() if n != instrument}
    return Group(
        heading(f"Who stops as {instrument} rises"),
        table,
        heading(f"From everybody going on, at {point_text(others)}"),
        *(indented(_wave(w, instrument)) for w in waves),
    )
