"""What the pictures share: colours and hatches, SVG text that is the same every time, axes with meanings.

The colours are those of [OkabeIto2008], which people with any colour vision tell apart; hatches and line
styles do the same work in print.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from fractions import Fraction
from io import StringIO
from math import isqrt
from textwrap import fill
from typing import TYPE_CHECKING

from deterrence.algebra.parameters import Domain, Parameter, exact_number
from deterrence.errors import DomainError, UnknownName
from deterrence.solve.isolation import Root

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SKY, ORANGE, GREEN, YELLOW = "#56B4E9", "#E69F00", "#009E73", "#F0E442"
PINK, BLUE, RED, GREY = "#CC79A7", "#0072B2", "#D55E00", "#BBBBBB"
COLOURS = (SKY, ORANGE, GREEN, YELLOW, PINK, BLUE, RED, GREY)
HATCHES = ("", "//", "\\\\", "xx", "--", "||", "++", "..")  # dots last: as a picture they are large
INK, SOFT = "#1F2430", "#5A6270"  # what is said, and what is said by the way
_LONG = 12  # characters of an exact number, beyond which a decimal is easier to read


def svg_text(draw: Callable[[Axes], object], width: float, height: float) -> str:
    """What `draw` makes of the axes of a new figure of so many inches, as SVG text, the same every time."""
    import matplotlib
    from matplotlib.figure import Figure

    with (
        matplotlib.rc_context({"svg.hashsalt": "deterrence", "svg.fonttype": "none"}),
        warnings.catch_warnings(),
    ):
        warnings.filterwarnings(
            "ignore", module="matplotlib"
        )  # for who writes pictures, not who asks for one
        warnings.filterwarnings("ignore", category=UserWarning, module="deterrence")
        figure = Figure(figsize=(width, height), layout="constrained")
        draw(figure.subplots())
        out = StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue().rstrip()


def new_axes(axes: Axes | None, width: float, height: float) -> Axes:
    """The axes given, or those of a new figure of so many inches."""
    if axes is not None:
        return axes
    import matplotlib.pyplot as plt

    return plt.subplots(figsize=(width, height), layout="constrained")[1]


def parameter(domain: Domain, name: str) -> Parameter:
    """A parameter by name; UnknownName lists them."""
    for p in domain.parameters:
        if p.name == name:
            return p
    raise UnknownName("parameter", name, domain.names)


def span(domain: Domain, name: str) -> tuple[Fraction, Fraction]:
    """What an axis shows of a parameter: its range, or one around its example."""
    p = parameter(domain, name)
    if p.range is not None:
        return p.range
    top = Fraction(1) if p.example is None or p.example < 1 else 2 * p.example
    return (Fraction(0), top) if p.example is None or p.example >= 0 else (2 * p.example, Fraction(0))


def axis_label(domain: Domain, name: str, width: int = 60) -> str:
    """A parameter with its meaning, on as many lines as it takes."""
    meaning = parameter(domain, name).meaning
    return fill(f"{name}: {meaning}", width) if meaning else name


def others_at(domain: Domain, name: str, values: Mapping[str, object]) -> dict[str, Fraction]:
    """Exact values of all parameters but one; those that are not given take their example.

    Raises UnknownName, InexactNumber and DomainError, the last also for a value that is missing.
    """
    point = {n: v for n, v in domain.example.items() if n != name}
    for n, raw in values.items():
        if n not in domain.names:
            raise UnknownName("parameter", n, domain.names)
        if n != name:
            point[n] = exact_number(raw, n)
    missing = [n for n in domain.names if n != name and n not in point]
    if missing:
        raise DomainError(f"no value for {', '.join(missing)}; give each one, for example {missing[0]}=1/2")
    return {n: point[n] for n in domain.names if n != name}


def at_words(point: Mapping[str, Fraction], width: int = 90) -> str:
    """Values that are fixed, for a title: `at T = 7, R = 6`, on as many lines as it takes."""
    said = ", ".join(f"{n} = {v}" for n, v in point.items())
    return fill(f"at {said}", width) if said else ""


def number_text(end: Fraction | Root) -> str:
    """A number as people write it: `1/5`, `√3/3 ≈ 0.577`, or a decimal where that is longer.

    >>> number_text(Fraction(1, 5)), number_text(Fraction(1234567, 9999991))
    ('1/5', '≈ 0.123')
    """
    rough = float(end.low if isinstance(end, Root) else end)
    text = str(end) if isinstance(end, Fraction) else surd(end)
    if text is None or len(text) > _LONG:
        return f"≈ {rough:.3f}"
    return text if isinstance(end, Fraction) else f"{text} ≈ {rough:.3f}"


def surd(root: Root) -> str | None:
    """A root of a quadratic polynomial in exact form; None for other degrees."""
    (name,) = root.of.names
    if root.of.degree(name) != 2:
        return None
    c, b, a = (Fraction(p.constant_value()) for p in root.of.coefficients(name))
    if a < 0:
        a, b, c = -a, -b, -c
    whole = (b * b - 4 * a * c) * (scale := (b * b - 4 * a * c).denominator) ** 2
    outside, inside = _square_part(int(whole))
    # (-b ± outside·√inside/scale)/(2a)
    upper = root.low * 2 * a + b > 0
    first, second, below = -b, Fraction(outside, scale), 2 * a
    common = Fraction(1)
    for v in (first, second, below):
        common = common * v.denominator
    p, q, r = (int(v * common) for v in (first, second, below))
    factor = _divisor(_divisor(p, q), r)
    p, q, r = p // factor, q // factor, r // factor
    root_text = f"√{inside}" if q == 1 else f"{q}√{inside}"
    sign = "" if upper else "−"
    if p == 0:
        return f"{sign}{root_text}" if r == 1 else f"{sign}{root_text}/{r}"
    lead = f"−{-p}" if p < 0 else str(p)
    inner = f"{root_text} − {-p}" if upper and p < 0 else f"{lead} {'+' if upper else '−'} {root_text}"
    return inner if r == 1 else f"({inner})/{r}"


def _square_part(number: int) -> tuple[int, int]:
    """A whole number as outside**2 * inside, with the largest outside that small factors give."""
    outside, inside, k = 1, number, 2
    while k * k <= inside and k < 1000:
        while inside % (k * k) == 0:
            outside, inside = outside * k, inside // (k * k)
        k += 1
    whole = isqrt(inside)
    return (outside * whole, 1) if whole * whole == inside else (outside, inside)


def _divisor(a: int, b: int) -> int:
    while b:
        a, b = b, a % b
    return abs(a)
