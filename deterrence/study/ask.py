"""Questions to an atlas in one line of text: `every(atlas, "P(militia = halt) == 1")`.

The same predicates as in model files, with `definitions` (those of a model: `model.definitions`) and `among`
as there; the answers are the same verdicts that `check` gives.
"""

from __future__ import annotations

from collections.abc import Mapping

from deterrence.algebra.grammar import names_in, parse_condition, parse_expression
from deterrence.algebra.parameters import Domain
from deterrence.algebra.reading import Cases, Reading, read_region, read_value
from deterrence.algebra.region import EVERYWHERE, Region
from deterrence.algebra.value import Value
from deterrence.algebra.verdicts import Verdict
from deterrence.errors import UnknownName, expect
from deterrence.solve.atlas import Atlas
from deterrence.study.claims import decide_claim
from deterrence.study.questions import Question

Definitions = Mapping[str, Cases]


def every(
    atlas: Atlas,
    predicate: str,
    given: str | None = None,
    *,
    among: str = "",
    definitions: Definitions | None = None,
) -> Verdict:
    """Whether the predicate is true in every equilibrium, for every parameter value (where `given` holds).

    `among` names a refinement, such as d1: only equilibria that it keeps count.  `definitions` are names
    that may stand for expressions.  Raises ExpressionError for text that cannot be read, UnknownName for a
    player, action, parameter or refinement that the atlas lacks.

    >>> from deterrence.games.normal import NormalForm
    >>> from deterrence.solve.nash import nash
    >>> game = NormalForm.from_arrays([["b", 0], [0, 1]], [[0, 1], [1, 0]], assumptions=["b > 0"])
    >>> every(nash(game), "P(column = column1) == 1/(1 + b)").word
    'proved'
    """
    return _ask("every", atlas, predicate, given, among, definitions)


def some(
    atlas: Atlas,
    predicate: str,
    given: str | None = None,
    *,
    among: str = "",
    definitions: Definitions | None = None,
) -> Verdict:
    """Whether the predicate is true in at least one equilibrium; arguments and errors as for `every`."""
    return _ask("some", atlas, predicate, given, among, definitions)


def holds(
    domain: Domain, text: str, given: str | None = None, *, definitions: Definitions | None = None
) -> Verdict:
    """Whether a condition on the parameters is true all over a domain; errors as for `every`.

    >>> from deterrence.algebra.parameters import positive
    >>> str(holds(positive(["a", "b"]), "a + b > a - b and a > b").holds_where)
    'a > b'
    """
    tree = parse_condition(text)
    named = definitions or {}
    known_names(names_in(tree), domain, named)
    premise = EVERYWHERE if given is None else condition(domain, given, definitions=named)
    return decide_claim(Question("holds", tree, premise, named), domain.given)


def region(text: str) -> Region:
    """A condition on any parameters as a region; each name ranges over all numbers.

    Raises ExpressionError for text that cannot be read.

    >>> print(region("a > 0 and a*b >= 0") & region("b != 0"))
    a > 0 and a*b >= 0 and b != 0
    """
    expect("region", text, str)
    return read_region(parse_condition(text), Reading(lenient=True))


def condition(domain: Domain, text: str, *, definitions: Definitions | None = None) -> Region:
    """A condition on the parameters of a domain as a region; errors as for `every`."""
    tree = parse_condition(text)
    named = definitions or {}
    known_names(names_in(tree), domain, named)
    return read_region(tree, Reading(given=domain.given, definitions=named))


def quantity(domain: Domain, text: str, *, definitions: Definitions | None = None) -> Value:
    """An expression in the parameters of a domain as an exact value; `.at(point)` puts numbers in.

    Raises ExpressionError for text that cannot be read, UnknownName for a name that is neither a parameter
    nor a definition, DomainError for a denominator that is not proved nonzero, OutOfScope where min, max or
    abs split it into cases.

    >>> from deterrence.algebra.parameters import positive
    >>> chances = positive(["a", "b"])
    >>> odds = quantity(chances, "a/(a + b)")
    >>> print(odds, "=", odds.at(chances.point({"a": 1, "b": 2})))
    a/(a + b) = 1/3
    """
    tree = parse_expression(text)
    named = definitions or {}
    known_names(names_in(tree), domain, named)
    return read_value(tree, Reading(given=domain.given, definitions=named))


def _ask(
    kind: str, atlas: Atlas, predicate: str, given: str | None, among: str, definitions: Definitions | None
) -> Verdict:
    tree = parse_condition(predicate, play=True)
    named = definitions or {}
    known_names(names_in(tree), atlas.domain, named)
    premise = EVERYWHERE if given is None else condition(atlas.domain, given, definitions=named)
    question = Question(kind, tree, premise, named, among=among)
    return decide_claim(question, atlas.domain.given, atlas)


def known_names(names: frozenset[str], domain: Domain, definitions: Definitions) -> None:
    """Raises UnknownName for a name that is neither a parameter nor a definition."""
    for name in sorted(names):
        if name not in domain.names and name not in definitions:
            raise UnknownName("parameter", name, (*domain.names, *definitions))
