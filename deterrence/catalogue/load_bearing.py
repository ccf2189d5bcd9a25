"""Load-bearing assumptions of a claim of a model, or of a question to an atlas, a game or a domain.

Dropping an assumption gives another model: it is built and solved again, so that nothing which the assumption
kept away is missed, and a payoff that is undefined without it is a finding, not a crash.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from deterrence.algebra.grammar import names_in, parse_condition
from deterrence.algebra.parameters import Domain
from deterrence.algebra.reading import Cases
from deterrence.algebra.region import EVERYWHERE, all_of
from deterrence.algebra.verdicts import Verdict
from deterrence.catalogue.checking import decided
from deterrence.catalogue.models import Model, atlas_of, load, question
from deterrence.catalogue.solvers import solver
from deterrence.catalogue.source import ClaimSource
from deterrence.catalogue.weakened import Part, conjunction, parts_of, weakened
from deterrence.errors import GameError, UnknownName
from deterrence.games.normal import NormalForm
from deterrence.games.stochastic import StochasticGame
from deterrence.games.strategic import StrategicForm
from deterrence.games.tree import ExtensiveForm
from deterrence.solve.atlas import Atlas, Game
from deterrence.study.ask import condition, known_names
from deterrence.study.assumptions import SECONDS, Assumption, Decide, conjuncts, needed
from deterrence.study.claims import decide_claim
from deterrence.study.load_bearing import LoadBearing, examine
from deterrence.study.never import Never, why_never
from deterrence.study.questions import Question


def load_bearing(
    source: Model | Atlas | Game | Domain | str | Path,
    claim: str | None = None,
    *,
    every: str | None = None,
    some: str | None = None,
    holds: str | None = None,
    given: str | None = None,
    among: str = "",
    concept: str | None = None,
    conditions: Sequence[str] | None = None,
    definitions: Mapping[str, Cases] | None = None,
    progress: Callable[[str], None] | None = None,
    seconds: float = SECONDS,
) -> LoadBearing:
    """Which assumptions a claim rests on if it is proved, and what it lacks if it is not.

    `claim` is the id of one in the model; else one of `every`, `some`, `holds` asks, under the premise
    `given`.  `conditions` are the candidates for an extra premise; without them, comparisons of two
    parameters, signs and the parts of the exact region are tried.  `progress` is told what is dropped, and
    after `seconds` what is left is undecided (a solver that is at work is not interrupted).

    Raises UnknownName, ExpressionError, GameError for no question or an atlas that cannot be solved again.

    >>> from deterrence.algebra.parameters import Domain, Parameter
    >>> from deterrence.study.ask import region
    >>> domain = Domain((Parameter("a"), Parameter("b", domain=region("b > 0"))), (region("a < b"),))
    >>> found = load_bearing(domain, holds="a < 2*b")
    >>> [(w.assumption.text, w.status, str(w.weakest)) for w in found.support.without]
    [('b > 0', 'load-bearing', 'a < 2*b'), ('b > a', 'load-bearing', 'a < 2*b')]
    """
    texts = {k: t for k, t in (("every", every), ("some", some), ("holds", holds)) if t is not None}
    if (claim is not None) + len(texts) != 1:
        raise GameError("ask one thing: a claim of the model by its id, or one of every, some and holds")
    if isinstance(source, str | Path):
        source = load(source)
    if isinstance(source, Model):
        asked = _claim(source, claim) if claim is not None else _asked(source, texts, given, among, concept)
        return _of_model(source, asked, conditions, progress, seconds)
    if claim is not None:
        raise GameError("only a model has claims with ids; ask with every, some or holds")
    if concept is not None and isinstance(source, Atlas) and concept != source.concept:
        raise GameError(f"this atlas is for {source.concept}; solve the game for {concept} first")
    ((kind, text),) = texts.items()
    return _of_game(
        source, kind, text, given, among, concept, conditions, definitions or {}, progress, seconds
    )


# -- models -----------------------------------------------------------------------------------------
def _claim(model: Model, identifier: str) -> ClaimSource:
    for found in model.source.claims:
        if found.id == identifier:
            return found
    raise UnknownName("claim", identifier, (c.id for c in model.source.claims))


def _asked(
    model: Model, texts: Mapping[str, str], given: str | None, among: str, concept: str | None
) -> ClaimSource:
    """A question in words as a claim of the model."""
    ((kind, text),) = texts.items()
    tree = parse_condition(text, play=kind != "holds")
    premise = None if given is None else parse_condition(given)
    for one in (tree, premise):
        if one is not None:
            known_names(names_in(one), model.domain, model.definitions)
    return ClaimSource(
        id="",
        text=f"{kind}: {text}",
        article=None,
        given=premise,
        given_text=given,
        effect=None,
        expect=None,
        expect_text=None,
        concept=concept,
        among=among or None,
        every=tree if kind == "every" else None,
        every_text=text if kind == "every" else None,
        some=tree if kind == "some" else None,
        some_text=text if kind == "some" else None,
        holds=tree if kind == "holds" else None,
        holds_text=text if kind == "holds" else None,
    )


def rests_on(model: Model, claim: str, seconds: float = SECONDS) -> tuple[tuple[Assumption, ...], bool]:
    """The assumptions that a proved claim of a model fails without, and whether all were tried in time.

    Raises UnknownName for no claim of the model.
    """
    asked = _claim(model, claim)
    parts = list(parts_of(model, asked))
    return needed([a for a, _ in parts], _decide(model, asked, parts, ()), seconds)


def _decide(model: Model, asked: ClaimSource, parts: Sequence[Part], extra: Sequence[Part]) -> Decide:
    """Decides a claim under some of a model's assumptions, on the model that has no others."""

    def decide(kept: tuple[Assumption, ...]) -> Verdict:
        trees = [(a, next(t for b, t in (*parts, *extra) if b is a or b == a)) for a in kept]
        whole = all(any(a is b for a in kept) for b, _ in parts)
        premise = [t for a, t in trees if a.kind == "premise"]
        narrowed = replace(asked, given=conjunction(premise), given_text=None)
        return decided(model if whole else weakened(model, narrowed, trees), narrowed)

    return decide


def _of_model(
    model: Model,
    asked: ClaimSource,
    conditions: Sequence[str] | None,
    progress: Callable[[str], None] | None,
    seconds: float,
) -> LoadBearing:
    parts = list(parts_of(model, asked))
    extra = [] if conditions is None else [_condition_part(model, text) for text in conditions]

    def why() -> Never | None:
        if not model.pieces or asked.question not in ("every", "some"):
            return None
        atlas = atlas_of(model, asked.concept, cells=False)
        return why_never(question(model, asked), model.domain.given, atlas)

    return examine(
        asked.text,
        model.domain,
        [a for a, _ in parts],
        _decide(model, asked, parts, extra),
        exact=asked.question != "effect",
        conditions=None if conditions is None else [a.region for a, _ in extra],
        why=why,
        progress=progress,
        seconds=seconds,
    )


def _condition_part(model: Model, text: str) -> Part:
    tree = parse_condition(text)
    region = condition(model.domain, text, definitions=model.definitions)
    return Assumption("premise", region, str(region)), tree


# -- atlases, games and domains ---------------------------------------------------------------------
def _of_game(
    source: Atlas | Game | Domain,
    kind: str,
    text: str,
    given: str | None,
    among: str,
    concept: str | None,
    conditions: Sequence[str] | None,
    definitions: Mapping[str, Cases],
    progress: Callable[[str], None] | None,
    seconds: float,
) -> LoadBearing:
    game, concept = _game(source, concept)
    domain = game if isinstance(game, Domain) else game.domain
    if isinstance(game, Domain) and kind != "holds":
        raise GameError(f"{kind} is about equilibria; give an atlas or a game, or ask with holds")
    tree = parse_condition(text, play=kind != "holds")
    known_names(names_in(tree), domain, definitions)
    premise = EVERYWHERE if given is None else condition(domain, given, definitions=definitions)
    asked = Question(kind, tree, premise, definitions, among=among)
    listed = [a for p in domain.parameters for a in conjuncts(p.domain, "domain", p.name)]
    listed += [a for region in domain.assumptions for a in conjuncts(region, "joint")]
    listed += conjuncts(premise, "premise")

    def decide(kept: tuple[Assumption, ...]) -> Verdict:
        fewer = _fewer(domain, kept)
        within = replace(asked, premise=all_of(a.region for a in kept if a.kind == "premise"))
        atlas = None if kind == "holds" or isinstance(game, Domain) else _solved(game, fewer, concept)
        return decide_claim(within, fewer.given, atlas)

    def why() -> Never | None:
        if kind == "holds" or isinstance(game, Domain):
            return None
        return why_never(asked, domain.given, _solved(game, domain, concept))

    tried = None
    if conditions is not None:
        tried = [condition(domain, text, definitions=definitions) for text in conditions]
    return examine(
        f"{kind}: {text}",
        domain,
        listed,
        decide,
        conditions=tried,
        why=why,
        progress=progress,
        seconds=seconds,
    )


def _game(source: Atlas | Game | Domain, concept: str | None) -> tuple[Game | Domain, str | None]:
    """What is solved again, and for which concept."""
    if isinstance(source, Domain):
        return source, None
    if isinstance(source, Atlas):
        if any(e.family for e in source.equilibria):
            raise GameError(
                "this atlas joins several games, one for each case of min, max or abs; ask the model instead"
            )
        return _game(source.game, source.concept)
    if isinstance(source, StrategicForm):
        source = source.tree
    if not isinstance(source, NormalForm | ExtensiveForm | StochasticGame):
        raise GameError(f"{source!r} is no model, atlas, game or domain")
    return source, concept


def _fewer(domain: Domain, kept: Sequence[Assumption]) -> Domain:
    """The domain under some of its assumptions."""
    parameters = tuple(
        replace(p, domain=all_of(a.region for a in kept if a.about == p.name)) for p in domain.parameters
    )
    return Domain(parameters, tuple(a.region for a in kept if a.kind == "joint"))


def _solved(game: Game, domain: Domain, concept: str | None) -> Atlas:
    narrowed: Game = replace(game, domain=domain)
    return solver(narrowed, concept)(narrowed, cells=False)
