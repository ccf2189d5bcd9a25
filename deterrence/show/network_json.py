"""Networks as plain data for `--json`: equilibria at a point, thresholds and cascades."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from deterrence.algebra.printing import value_text
from deterrence.solve.cascade import Threshold, Wave
from deterrence.solve.networks import NetworkEquilibria


def network_json(found: NetworkEquilibria, point: Mapping[str, Fraction], name: str) -> dict[str, Any]:
    """All pure equilibria at a point, and how many are alike but for which members do what."""
    members = found.network.members
    return {
        "model": name,
        "point": {n: str(v) for n, v in point.items()},
        "complete": found.complete,
        "equilibria": [dict(zip(members, p, strict=True)) for p in found.equilibria],
        "kinds": [{"profile": dict(zip(members, p, strict=True)), "count": n} for p, n in found.kinds],
    }


def cascade_json(
    listed: Sequence[Threshold],
    waves: Sequence[Wave],
    instrument: str,
    point: Mapping[str, Fraction],
    name: str,
) -> dict[str, Any]:
    """Thresholds in symbols, and the waves in which members stop at a point."""
    return {
        "model": name,
        "instrument": instrument,
        "thresholds": [
            {"member": t.member, "stopped_neighbours": t.stopped, "above": value_text(t.value)}
            for t in listed
        ],
        "point": {n: str(v) for n, v in point.items() if n != instrument},
        "waves": [{"above": str(w.at), "stop": [list(x) for x in w.waves]} for w in waves],
    }
