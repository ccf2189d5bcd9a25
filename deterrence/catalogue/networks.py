"""Network files: what is written once for a group, put out for each of its members.

`g[i]` is the member's own parameter, `g[2]` that of the second, `neighbours(halt)` the number of neighbours
that halt (in payoffs), `count(militia = halt)` how many members do (in claims), `militia[2] = halt` what one
does.
After that a network is read as players with parameters of their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from deterrence.algebra.parameters import Domain
from deterrence.algebra.reading import Cases, Reading, read_value
from deterrence.algebra.syntax import Expression
from deterrence.catalogue.faults import Faults, allowed, check_name, place, show, within
from deterrence.catalogue.network_entries import GroupEntry
from deterrence.catalogue.schema import NetworkFile
from deterrence.catalogue.source import ModelSource, NetworkSource
from deterrence.catalogue.texts import Scope, read_expression
from deterrence.errors import DeterrenceError, Problem
from deterrence.games.network import COUNTED, SHAPES, Network, Pair, links_of

_INDEX = re.compile(r"\[\s*(\w+)\s*\]")
_NEIGHBOURS = re.compile(r"\bneighbours\(\s*(\w+)\s*\)")
_COUNT = re.compile(r"\bcount\(\s*(\w+)\s*=\s*(\w+)\s*\)")
_TEXTS = ("given", "every", "some", "holds", "expect")


def member_names(group: str, count: int) -> tuple[str, ...]:
    """The members of a group: its name with a number, from one."""
    return tuple(f"{group}{k}" for k in range(1, count + 1))


def for_member(text: str, member: int | None) -> str:
    """A text with `[i]` as the number of a member and `[2]` as 2, joined to the name before."""

    def put(found: re.Match[str]) -> str:
        if found[1] == "i" and member is not None:
            return str(member)
        return found[1] if found[1].isdigit() else found[0]

    return _INDEX.sub(put, text)


def expanded(raw: Mapping[str, Any], file: NetworkFile | None, faults: Faults) -> dict[str, Any]:
    """The file with each member as a player and each member's parameters declared; claims likewise."""
    if file is None or len(file.players) != 1:
        if file is not None:
            faults.add("players", "a network has one group", "add [players.NAME] with count = …")
        return {**raw, "players": {}, "parameters": {}, "claims": []}
    (name, group), found = next(iter(file.players.items())), dict(raw)
    members = member_names(name, group.count)
    found["players"] = {
        m: {"label": f"{group.label or name} {k}", "actions": list(group.actions)}
        for k, m in enumerate(members, start=1)
    }
    found["parameters"] = _parameters(raw.get("parameters", {}), file, name, group.count, faults)
    assumptions: list[str] = []
    for text in raw.get("assumptions", []):
        own = range(1, group.count + 1) if "[i]" in re.sub(r"\s", "", text) else (None,)
        assumptions += (for_member(text, k) for k in own)
    found["assumptions"] = assumptions
    found["definitions"] = {k: for_member(v, None) for k, v in file.definitions.items()}
    found["claims"] = [_claim(c, name, members) for c in raw.get("claims", [])]
    return found


def _parameters(
    written: Mapping[str, Any], file: NetworkFile, group: str, count: int, faults: Faults
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, entry in file.parameters.items():
        plain = {k: v for k, v in written[name].items() if k != "each"}
        if entry.each is None:
            if isinstance(entry.example, tuple):
                faults.add(place("parameters", name, "example"), "a list", "write one, or add each = …")
                plain.pop("example", None)
            found[name] = plain
            continue
        if entry.each != group:
            there = place("parameters", name, "each")
            faults.add(there, f"{show(entry.each)} is not the group", allowed(entry.each, (group,)))
        examples = entry.example if isinstance(entry.example, tuple) else (entry.example,) * count
        if len(examples) != count:
            there = place("parameters", name, "example")
            faults.add(
                there, f"it has {len(examples)} entries", f"write {count}, one for each member, or one text"
            )
            examples = (None,) * count
        own = re.compile(rf"\b{re.escape(name)}\b(?!\s*\[)")
        for k, example in enumerate(examples, start=1):
            each = dict(plain)
            if "domain" in each and isinstance(each["domain"], str):
                each["domain"] = own.sub(f"{name}{k}", for_member(each["domain"], k))
            if "meaning" in each:
                each["meaning"] = f"{each['meaning']}, of {group} {k}"
            each.pop("example", None)
            if example is not None:
                each["example"] = example
            found[f"{name}{k}"] = each
            if k > 1:  # what is wrong with one is wrong with all
                faults.settled |= {place("parameters", f"{name}{k}", key) for key in ("domain", "range")}
    return found


def _claim(claim: Any, group: str, members: tuple[str, ...]) -> Any:
    """A claim with its members' names put in, and counts of them as sums of probabilities."""

    def put(text: object) -> object:
        if not isinstance(text, str):
            return text

        def total(found: re.Match[str]) -> str:
            if found[1] != group:
                return found[0]
            return "(" + " + ".join(f"P({m} = {found[2]})" for m in members) + ")"

        return _COUNT.sub(total, for_member(text, None))

    if not isinstance(claim, dict):
        return claim
    found: dict[str, Any] = {k: put(v) if k in _TEXTS else v for k, v in claim.items()}
    if isinstance(found.get("effect"), dict):
        effect: dict[str, Any] = found["effect"]
        found["effect"] = {k: put(v) if k in ("of", "on") else v for k, v in effect.items()}
    return found


def read_network(file: NetworkFile, scope: Scope, faults: Faults) -> NetworkSource | None:
    """The group's payoffs, read for each member, and its links."""
    if len(file.players) != 1:
        return None
    name, group = next(iter(file.players.items()))
    where = place("players", name)
    check_name(name, where, "group", faults)
    for action in group.payoffs:
        if action not in group.actions:
            there = within(where, "payoffs", action)
            faults.add(there, f"{show(action)} is not an action of {name}", allowed(action, group.actions))
    counted = tuple(COUNTED + a for a in group.actions)
    inside = replace(scope, parameters=(*scope.parameters, *counted))
    rows: list[tuple[Expression, ...]] = []
    for k in range(1, group.count + 1):
        trees = [_payoff(group, action, k, where, inside, faults) for action in group.actions]
        if any(t is None for t in trees):
            return None
        rows.append(tuple(t for t in trees if t is not None))
    links = _links(group, where, faults)
    return NetworkSource(
        name,
        group.label or name,
        member_names(name, group.count),
        group.actions,
        group.links if isinstance(group.links, str) else "",
        links,
        tuple(rows),
        tuple(group.payoffs.get(a, "0") for a in group.actions),
    )


def _payoff(
    group: GroupEntry, action: str, member: int, where: str, scope: Scope, faults: Faults
) -> Expression | None:
    there = within(where, "payoffs", action)
    text = group.payoffs.get(action)
    if text is None:
        faults.add(f"{where}.payoffs", f"that of {action} is missing", f'add it: {action} = "…"')
        return None
    for found in _NEIGHBOURS.finditer(text):
        if found[1] not in group.actions:
            problem = f"{show(found[1])} is not an action"
            faults.add(there, problem, allowed(found[1], group.actions))
            return None
    return read_expression(for_member(_NEIGHBOURS.sub(rf"{COUNTED}\1", text), member), there, scope, faults)


def _links(group: GroupEntry, where: str, faults: Faults) -> frozenset[Pair]:
    if isinstance(group.links, str):
        if group.links not in SHAPES:
            remedy = f"{allowed(group.links, SHAPES)}; or a list of pairs, [[1, 2], [2, 3]]"
            faults.add(f"{where}.links", f"{show(group.links)} is not a shape", remedy)
            return frozenset()
        return links_of(group.links, group.count)
    found = set()
    for n, (one, two) in enumerate(group.links):
        if not (1 <= one <= group.count and 1 <= two <= group.count and one != two):
            remedy = f"write two different numbers from 1 to {group.count}"
            faults.add(within(where, "links", n), f"[{one}, {two}] is no pair of members", remedy)
            continue
        found.add((min(one, two) - 1, max(one, two) - 1))
    return frozenset(found)


def network_game(
    source: ModelSource, domain: Domain, definitions: Mapping[str, Cases], problems: list[Problem]
) -> Network | None:
    """The network of a model; None, and problems noted, on a fault."""
    written = source.network
    assert written is not None
    reading = Reading(given=domain.given, definitions=definitions)
    rows = []
    for member, trees in zip(written.members, written.payoffs, strict=True):
        row = []
        for action, tree in zip(written.actions, trees, strict=True):
            try:
                row.append(read_value(tree, reading))
            except DeterrenceError as fault:
                where = f"players.{written.group}.payoffs.{action}"
                problems.append(Problem(where, f"for {member}: {fault}", "rewrite this expression"))
                return None
        rows.append(tuple(row))
    return Network(
        written.group, written.members, written.actions, written.links, tuple(rows), domain, written.label
    )
