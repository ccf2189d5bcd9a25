"""Models: a file's parsed text turned into games, domains and questions that the solvers understand.

Also the catalogue itself: where the packaged model files are and how a name finds one.  Payoffs with `min`,
`max` or `abs` split the parameter space into pieces, each with a game of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from deterrence.algebra.decide import prover
from deterrence.algebra.parameters import Domain, Parameter
from deterrence.algebra.reading import Cases, Reading, read_region
from deterrence.algebra.region import EVERYWHERE, Region, all_of
from deterrence.algebra.syntax import Condition
from deterrence.catalogue.contradictions import contradiction
from deterrence.catalogue.families import family_text
from deterrence.catalogue.files import read_model_file, read_model_text
from deterrence.catalogue.finding import catalogue as catalogue
from deterrence.catalogue.finding import models_folder as models_folder
from deterrence.catalogue.gambit import gambit_model_text, is_gambit_file
from deterrence.catalogue.networks import network_game
from deterrence.catalogue.pieces import cases_or_fault, normal_pieces
from deterrence.catalogue.repeated_games import repeated_game
from deterrence.catalogue.schema import CONCEPTS, PROFILE_CONCEPTS
from deterrence.catalogue.solvers import solver
from deterrence.catalogue.source import ClaimSource, ModelSource
from deterrence.catalogue.tree_games import tree_pieces
from deterrence.errors import DeterrenceError, GameError, ModelError, OutOfScope, Problem, UnknownName, expect
from deterrence.games.network import MAX_TABLE, Network
from deterrence.games.normal import NormalForm
from deterrence.games.repeated import RepeatedGame
from deterrence.games.stochastic import StochasticGame
from deterrence.games.tree import ExtensiveForm
from deterrence.solve.atlas import Atlas, Game
from deterrence.solve.piecewise import join
from deterrence.solve.profiles import ProfileAtlas, listed_profiles
from deterrence.study.play import PlayQuestion
from deterrence.study.questions import Question


@dataclass(frozen=True)
class Model:
    """A model ready to be solved: the file, its domain, its definitions, and its game in pieces.

    `pieces` pairs a guard with the game there; one piece with guard everywhere unless payoffs use
    min, max or abs; none for a statement.  Repeated and stochastic models have `repeated` instead, and
    networks `network` beside the table of their profiles, where they are small enough for one.
    """

    source: ModelSource
    domain: Domain
    definitions: Mapping[str, Cases]
    pieces: tuple[tuple[Region, Game], ...]
    repeated: RepeatedGame | None = None
    network: Network | None = None

    def __hash__(self) -> int:
        return hash((self.source.origin, self.source.text))

    def __repr__(self) -> str:
        return f"Model({self.name}: {self.source.kind})"

    @property
    def name(self) -> str:
        """The model's name."""
        return self.source.name

    @property
    def game(self) -> Game:
        """The game, for models whose payoffs do not split into pieces; OutOfScope otherwise."""
        if self.repeated is not None:
            raise OutOfScope(f"{self.name} is a game over time; its game is the model's attribute `repeated`")
        if not self.pieces:
            raise OutOfScope(f"{self.name} is a statement without players; use check to decide its claims")
        if len(self.pieces) != 1:
            raise OutOfScope(f"{self.name} has {len(self.pieces)} pieces, not one game")
        return self.pieces[0][1]


def load(name: str | Path) -> Model:
    """A model by catalogue name or path to a file, one of ours or Gambit's `.efg` or `.nfg`.

    Raises UnknownName for a name that is neither, ModelError with every fault of a bad file, GameError with
    the line for a bad file of Gambit's.

    >>> load("strike-restrain").name
    'strike-restrain'
    """
    expect("load", name, str, Path)
    text = str(name)
    if (built := family_text(text)) is not None:
        return _built(built, text)
    if text in catalogue():
        return _load(catalogue()[text])
    if is_gambit_file(name):
        return from_text(gambit_model_text(name), text)
    looks_like_path = isinstance(name, Path) or text.endswith(".toml") or "/" in text or "\\" in text
    if not text or (not looks_like_path and not Path(text).exists()):
        raise UnknownName("model", text[:80], catalogue())
    return build(read_model_file(Path(name)))


@lru_cache(maxsize=128)
def _load(path: Path) -> Model:
    return build(read_model_file(path))


@lru_cache(maxsize=128)
def _built(text: str, name: str) -> Model:
    return from_text(text, name)


def from_text(text: str, origin: str = "text") -> Model:
    """A model from the text of a file; errors as for `load`."""
    expect("from_text", text, str)
    return build(read_model_text(text, origin))


def build(source: ModelSource) -> Model:
    """A model from a parsed file.

    Raises ModelError for what only the algebra can see: contradictory assumptions, denominators that may be
    zero, examples outside the domain.
    """
    problems: list[Problem] = []
    domain = _domain(source, problems)
    if problems:
        raise ModelError(source.origin, problems)
    given = domain.given
    if prover(given).satisfiable(EVERYWHERE) is False:
        raise ModelError(source.origin, [contradiction(source, domain)])
    definitions = _definitions(source, given, problems)
    for p in source.parameters:
        if p.example is not None and not _example_fits(p.name, domain):
            problems.append(
                Problem(
                    f"parameters.{p.name}.example",
                    f"{p.example} is outside {p.domain_text}",
                    "choose a value inside",
                )
            )
    if not problems and len(domain.example) == len(domain.names) and not given.contains(domain.example):
        broken = [
            t
            for t, r in zip(source.assumption_texts, domain.assumptions, strict=True)
            if not r.contains(domain.example)
        ]
        problems.append(
            Problem(
                "parameters",
                f"the example point breaks the assumption {'; '.join(broken)}",
                "change an example",
            )
        )
    if source.repeated is not None:
        game = repeated_game(source, domain, definitions, problems)
        if problems:
            raise ModelError(source.origin, problems)
        return Model(source, domain, definitions, (), game)
    if source.network is not None:
        network = network_game(source, domain, definitions, problems)
        if problems or network is None:
            raise ModelError(source.origin, problems)
        small = len(network.members) <= MAX_TABLE
        table = ((EVERYWHERE, network.normal_form()),) if small else ()
        return Model(source, domain, definitions, table, network=network)
    pieces = _pieces(source, domain, definitions, problems)
    if problems:
        raise ModelError(source.origin, problems)
    return Model(source, domain, definitions, pieces)


def _example_fits(name: str, domain: Domain) -> bool:
    parameter = next(p for p in domain.parameters if p.name == name)
    try:
        return parameter.domain.contains(domain.example)
    except DeterrenceError:
        return True  # the domain mentions a parameter without an example


def _region(tree: Condition, reading: Reading, place: str, problems: list[Problem]) -> Region:
    try:
        return read_region(tree, reading)
    except DeterrenceError as fault:
        problems.append(Problem(place, str(fault), "rewrite this condition"))
        return EVERYWHERE


def _domain(source: ModelSource, problems: list[Problem]) -> Domain:
    """Domains first, then joint assumptions, each read under those before it; definitions are put in."""
    parameters = []
    given: Region = EVERYWHERE
    for p in source.parameters:
        region = EVERYWHERE
        if p.domain is not None:
            region = _region(p.domain, Reading(given=given), f"parameters.{p.name}.domain", problems)
        parameters.append(Parameter(p.name, p.meaning, region, p.example, p.range))
        given = all_of((given, region))
    assumptions: list[Region] = []
    for i, tree in enumerate(source.assumptions):
        definitions = _definitions(source, given, [])
        reading = Reading(given=given, definitions=definitions)
        region = _region(tree, reading, f"assumptions[{i}]", problems)
        assumptions.append(region)
        given = all_of((given, region))
    return Domain(tuple(parameters), tuple(assumptions))


def _definitions(source: ModelSource, given: Region, problems: list[Problem]) -> dict[str, Cases]:
    table: dict[str, Cases] = {}
    for name, tree in source.definitions:
        found = cases_or_fault(tree, Reading(given=given, definitions=table), f"definitions.{name}", problems)
        if found:
            table[name] = found
    return table


def _pieces(
    source: ModelSource, domain: Domain, definitions: Mapping[str, Cases], problems: list[Problem]
) -> tuple[tuple[Region, Game], ...]:
    if source.nodes:
        return tree_pieces(source, domain, definitions, problems)
    return normal_pieces(source, domain, definitions, problems) if source.players else ()


# -- solving and asking -----------------------------------------------------------------------------
def solve(
    model: Model | Game | RepeatedGame | str | Path, concept: str | None = None, cells: bool = True
) -> Atlas | ProfileAtlas:
    """The atlas of a model (a Model, a name, a path) or of a game.

    It is for the model's own solution concept, or for `concept`: `nash` or `pure-nash`; for trees
    `subgame-perfect`, `backward-induction`, `perfect-bayesian`, `weak-perfect-bayesian` or `nash`; for
    stochastic games `markov-perfect`.  A repeated game gives its listed profiles with their regions, and so
    does a stochastic one for `subgame-perfect`.

    Without `cells` the phase diagram is left out, which is quicker.  Raises OutOfScope for a statement,
    which has no game to solve, and UnknownName for another concept.

    >>> len(solve(load("inspection")).equilibria)
    1
    """
    if isinstance(model, str | Path):
        model = load(model)
    if isinstance(model, RepeatedGame):
        return listed_profiles(model)
    if isinstance(model, Model) and _lists_profiles(model, concept):
        assert model.repeated is not None
        return _listed(model)
    return atlas_of(model, concept, cells)


def atlas_of(model: Model | Game | str | Path, concept: str | None = None, cells: bool = True) -> Atlas:
    """As `solve`, for what has an atlas of equilibria; OutOfScope for a game with listed profiles only."""
    if isinstance(model, str | Path):
        model = load(model)
    if isinstance(model, NormalForm | ExtensiveForm | StochasticGame):
        return solver(model, concept)(model, cells=cells)
    if not isinstance(model, Model):
        raise GameError(f"{model!r} is not a model; give a Model, a game, a name or a path")
    return _solve(model, concept, cells)


def _lists_profiles(model: Model, concept: str | None) -> bool:
    return model.repeated is not None and (concept or model.source.concept) in PROFILE_CONCEPTS


@lru_cache(maxsize=64)
def _listed(model: Model) -> ProfileAtlas:
    assert model.repeated is not None
    return listed_profiles(model.repeated)


@lru_cache(maxsize=64)
def _solve(model: Model, concept: str | None, cells: bool) -> Atlas:
    if model.repeated is not None:
        return _solve_in_time(model, model.repeated, concept or model.source.concept, cells)
    if model.network is not None and not model.pieces:
        raise OutOfScope(
            f"{model.name} has {len(model.network.members)} members, too many for regions; ask for its "
            f"equilibria at a point: deterrence at {model.name}"
        )
    if not model.pieces:
        raise OutOfScope(f"{model.name} is a statement without players; use check to decide its claims")
    run = solver(model.pieces[0][1], concept or model.source.concept)
    if len(model.pieces) == 1:
        return run(model.pieces[0][1], cells=cells)
    parts = [(guard, run(game, cells=False)) for guard, game in model.pieces]
    return join(parts, model.domain, cells=cells)


def _solve_in_time(model: Model, game: RepeatedGame, concept: str | None, cells: bool) -> Atlas:
    known = CONCEPTS[model.source.kind]
    if concept not in known:
        raise UnknownName("solution concept", str(concept), known)
    if not game.names:
        raise OutOfScope(f"{model.name} is a chain without players; use check to decide its claims")
    if concept != "markov-perfect":
        raise OutOfScope(
            f"{model.name} has listed profiles rather than all equilibria; ask stability or check, and in "
            "claims use profile with is or holds"
        )
    return solver(game.game, concept)(game.game, cells=cells)


def play_question(model: Model, claim: ClaimSource) -> PlayQuestion:
    """A claim about a profile, or about a chain, as a question for `study.play`."""
    reading = Reading(given=model.domain.given, definitions=model.definitions)
    premise = EVERYWHERE if claim.given is None else read_region(claim.given, reading)
    return PlayQuestion(
        profile=claim.profile or "",
        is_=claim.is_ or "",
        predicate=claim.holds,
        premise=premise,
        definitions=model.definitions,
        noise=claim.noise,
        start=claim.start or "",
    )


def asks_about_play(model: Model, claim: ClaimSource) -> bool:
    """Whether a claim is about a listed profile, or about the course of a chain."""
    chain = model.repeated is not None and not model.repeated.names
    return claim.about_play or (chain and claim.question == "holds")


def question(model: Model, claim: ClaimSource) -> Question:
    """A claim of the model as a question for `study.claims`."""
    reading = Reading(given=model.domain.given, definitions=model.definitions)
    premise = EVERYWHERE if claim.given is None else read_region(claim.given, reading)
    if claim.effect is not None:
        return Question(
            "effect",
            premise=premise,
            definitions=model.definitions,
            effect_of=claim.effect.of,
            effect_on=claim.effect.on,
            effect_is=claim.effect.change,
            across=claim.effect.across,
            among=claim.among or "",
        )
    predicate = claim.every or claim.some or claim.holds
    return Question(claim.question, predicate, premise, model.definitions, among=claim.among or "")
