"""Outlines without the points in the middle of a straight line, which make files large and change nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matplotlib.contour import QuadContourSet
    from matplotlib.path import Path

_FLAT = 1e-9  # of the cross product of two steps, relative to their lengths


def thin(drawn: QuadContourSet) -> None:
    """Thin the outlines of filled contours in place."""
    drawn.set_paths([_thinned(path) for path in drawn.get_paths()])


def _thinned(path: Path) -> Path:
    """The same outline with its corners alone; every closed ring keeps its first and last point."""
    from matplotlib.path import Path as Outline

    if path.codes is None or len(path) < 3:
        return path
    at, codes = np.asarray(path.vertices, dtype=float), np.asarray(path.codes)
    before, after = np.diff(at, axis=0)[:-1], np.diff(at, axis=0)[1:]
    cross = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
    ahead = (before * after).sum(axis=1) > 0
    straight = ahead & (np.abs(cross) <= _FLAT * np.hypot(*before.T) * np.hypot(*after.T))
    line, closed = (codes == code for code in (Outline.LINETO, Outline.CLOSEPOLY))
    middle = np.zeros(len(at), dtype=bool)
    middle[1:-1] = straight & line[1:-1] & (line | closed)[2:]
    return Outline(at[~middle], codes[~middle])
