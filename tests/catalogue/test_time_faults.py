"""Every fault of a file over time, found in one edit of `truce.toml` or `border.toml`: place, fault, remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from deterrence.catalogue.models import from_text
from deterrence.errors import ModelError

HERE = Path(__file__).parent
TRUCE = (HERE / "truce.toml").read_text(encoding="utf-8")
BORDER = (HERE / "border.toml").read_text(encoding="utf-8")


def faults(text: str) -> list[tuple[str, str, str]]:
    with pytest.raises(ModelError) as caught:
        from_text(text, "bad.toml")
    assert all(p.place and p.problem and p.remedy for p in caught.value.problems)
    return [(p.place, p.problem, p.remedy) for p in caught.value.problems]


def edited(text: str, old: str, new: str) -> str:
    assert text.count(old) >= 1, f"{old!r} does not occur"
    return text.replace(old, new, 1)


CALM = '[strategies.warn_once.states.calm]\nplay = "keep"'
RULES = 'next = [{ when = { other = "breach" }, to = "warned" }, { to = "calm" }]'

# what to replace, by what; the one place to be named, part of the problem, part of the remedy
IN_TRUCE = [
    ('discount = "delta"\n', "", "discount", "is missing", 'add discount = "delta"'),
    (
        'discount = "delta"',
        'discount = { north = "delta" }',
        "discount",
        "that of south is missing",
        "south =",
    ),
    (
        'discount = "delta"',
        'discount = { north = "delta", south = "delta", east = "delta" }',
        "discount.east",
        "'east' is not a player",
        "allowed: north, south",
    ),
    ('discount = "delta"', 'discount = "1"', "the game", "the discount factor 1 of north", "0 < delta < 1"),
    (
        'domain = "0 < delta < 1"',
        'domain = "delta > 0"',
        "the game",
        "between 0 and 1",
        "assume 0 < delta < 1",
    ),
    ('cooperate = "keep"', 'cooperate = "kep"', "roles.north.cooperate", "'kep' is not an action", "'keep'?"),
    ('defect = "breach"', 'defect = "keep"', "roles.north", "both cooperates and defects", "two actions"),
    ("[roles.north]", "[roles.east]", "roles.east", "'east' is not a player", "allowed: north, south"),
    (
        'builtin = "limited-retaliation"',
        'builtin = "limited-retaliaton"',
        "strategies.two_rounds.builtin",
        "is not in the library",
        "did you mean 'limited-retaliation'?",
    ),
    ("rounds = 2, ", "", "strategies.two_rounds.with", "limited-retaliation needs rounds", "rounds = …"),
    ("rounds = 2", "rounds = 0", "strategies.two_rounds.with.rounds", "it is 0", "from 1 to 50"),
    ("restart = true", 'restart = "yes"', "strategies.two_rounds.with.restart", "'yes'", "true or false"),
    (
        "restart = true",
        "restart = true, often = 3",
        "strategies.two_rounds.with.often",
        "takes no option 'often'",
        "allowed: rounds, restart",
    ),
    (
        "[strategies.two_rounds]                  # one of the library, with its options\n",
        '[strategies.two_rounds]\ninitial = "calm"\n',
        "strategies.two_rounds",
        "a builtin and states of its own",
        "keep one",
    ),
    (CALM, CALM.replace("keep", "kep"), "strategies.warn_once.states.calm.play", "'kep'", "'keep'?"),
    (
        'initial = "calm"',
        'initial = "clam"',
        "strategies.warn_once.initial",
        "'clam'",
        "did you mean 'calm'?",
    ),
    (
        RULES,
        RULES.replace("warned", "wanred"),
        "strategies.warn_once.states.calm.next[1].to",
        "'wanred'",
        "?",
    ),
    (
        RULES,
        RULES.replace(', { to = "calm" }', ""),
        "strategies.warn_once.states.calm.next",
        "no rule fits north = keep, south = keep",
        "a last rule without when",
    ),
    (
        RULES,
        'next = [{ to = "calm" }]',
        "strategies.warn_once.states.warned",
        "no rule leads to it",
        "remove it",
    ),
    (
        RULES,
        RULES.replace("other =", "weather ="),
        "strategies.warn_once.states.calm.next[1].when",
        "'weather' is nothing that can be seen",
        "allowed: own, other, north, south",
    ),
    (
        RULES,
        RULES.replace("other =", "signal ="),
        "strategies.warn_once.states.calm.next[1].when",
        "there are no signals",
        "allowed: own, other",
    ),
    (
        RULES,
        RULES.replace('"breach"', '"breech"'),
        "strategies.warn_once.states.calm.next[1].when",
        "'breech' cannot be seen of other",
        "did you mean 'breach'?",
    ),
    (
        'north = "grim"',
        'north = "grimm"',
        "profiles[1].north",
        "'grimm' is no strategy",
        "did you mean 'grim'?",
    ),
    (
        'north = "grim"',
        'north = "limited-retaliation"',
        "profiles[1].north",
        "is no strategy",
        "declare it: [strategies.X]",
    ),
    ('north = "grim"\n', "", "profiles[1]", "the strategy of north is missing", "north ="),
    ('id = "two-rounds"', 'id = "grim"', "profiles[2].id", "an earlier profile", "its own"),
    (
        'profile = "two-rounds"',
        'profile = "two"',
        "claims[two-rounds-last].profile",
        "'two'",
        "allowed: grim",
    ),
    ('is = "nash"', 'is = "nahs"', "claims[leniency-is-exploited].is", "'nahs'", "did you mean 'nash'?"),
    (
        'profile = "two-rounds"\n',
        "",
        "claims[two-rounds-last]",
        "does not say which profile",
        "add profile",
    ),
    (
        'profile = "grim"\nis = "subgame-perfect"',
        'every = "north = keep"',
        "claims[grim-lasts].every",
        "more equilibria than can be listed",
        "ask about a profile",
    ),
    (
        "payoff(north) == 0 and",
        "absorb(war) == 0 and",
        "claims[worth-of-peace].holds",
        "'war', which is not an absorbing state",
        "none is declared",
    ),
    (
        "payoff(north) == 0 and",
        "share(nord = keep) == 0 and",
        "claims[worth-of-peace].holds",
        "'nord', which is not a player",
        "did you mean 'north'?",
    ),
    ('kind = "repeated"', 'kind = "repeated"\nstage = "chiken"', "stage", "'chiken' is not a model", "list"),
    (
        'kind = "repeated"',
        'kind = "repeated"\nstage = "proxy-tree"',
        "payoffs",
        "the stage has this already",
        "leave out stage",
    ),
    (
        'kind = "repeated"',
        'kind = "repeated"\nnoise = { kind = "static", rate = "1/10" }',
        "noise.kind",
        "'static' is not a kind of noise",
        "allowed: implementation, perception",
    ),
    (
        'kind = "repeated"',
        'kind = "repeated"\nnoise = { kind = "implementation", rate = "2" }',
        "the game",
        "the rate of noise: 2 is not proved to be <= 1",
        "a number from 0 to 1",
    ),
    (
        CALM,
        CALM.replace('"keep"', '{ keep = "g", breach = "1 - g" }'),
        "the game",
        "g is not proved to be <= 1, as the probability of keep must be",
        "assume 0 <= g <= 1",
    ),
    ('kind = "repeated"', 'kind = "repeated"\nrounds = 0', "rounds", "it is 0", "greater than or equal to 1"),
    (
        "[strategies.two_rounds]",
        '[monitoring]\nkind = "private"\nsignals = ["a"]\ncases = [{ signal = "a" }]\n[strategies.two_rounds]',
        "monitoring.kind",
        "'private' is not a kind of monitoring",
        "allowed: public",
    ),
]

IN_BORDER = [
    ('initial = "quiet"', 'initial = "quite"', "initial", "'quite' is not a state", "did you mean 'quiet'?"),
    ('movers = ["guard"]', 'movers = ["gard"]', "states.raided.movers", "'gard' is not a player", "'guard'?"),
    ('to = "night"', 'to = "nihgt"', "states.quiet.cases[2].to", "'nihgt' is not a state", "'night'?"),
    (
        'when = { raiders = "raid" }',
        'when = { raiders = "rade" }',
        "states.quiet.cases[1].when",
        "'rade' is not an action of raiders here",
        "did you mean 'raid'?",
    ),
    (
        'when = { guard = "answer" }',
        'when = { raiders = "raid" }',
        "states.raided.cases[1].when",
        "'raiders' does not move here",
        "allowed: guard",
    ),
    (
        '[[states.quiet.cases]]\nto = "night"',
        '[[states.quiet.cases]]\nwhen = { raiders = "raid" }\nto = "night"',
        "states.quiet.cases",
        "no case fits raiders = stay",
        "a last case without when",
    ),
    (
        "absorbing = true",
        'absorbing = true\nmovers = ["guard"]',
        "states.war",
        "nothing follows",
        "leave out",
    ),
    ('war = "h" }', 'war = "h/2" }', "the game", "sum to (2 - h)/2", "mend"),
    ('guard = "-W"', 'gaurd = "-W"', "states.war.gaurd", "unknown key 'gaurd'", "did you mean 'guard'?"),
    ('guard = "-l"', 'gaurd = "-l"', "states.quiet.cases[1].gaurd", "unknown key 'gaurd'", "'guard'?"),
    ("instant = true", 'instant = "yes"', "states.quiet.instant", "neither true nor false", "without quotes"),
    (
        'guard = "strike-after-attack"',
        'guard = "grim"',
        "the strategy grim.builtin",
        "all choose at once",
        "write",
    ),
    ('start = "raided"', 'start = "rained"', "claims[war-from-one-raid].start", "'rained'", "'raided'?"),
    (
        'every = "raided = let_go"',
        'every = "night = let_go"',
        "claims[no-answer-without-memory].every",
        "'night', which is no state where somebody moves",
        "allowed: quiet, raided",
    ),
    (
        'every = "raided = let_go"',
        'every = "raided = letgo"',
        "claims[no-answer-without-memory].every",
        "'letgo', which is not a move at raided",
        "did you mean 'let_go'?",
    ),
    (
        "[states.night]\n",
        "[states.night]\ninstant = true\n",
        "the game",
        "run in a circle",
        "let time pass",
    ),
]


@pytest.mark.parametrize(("old", "new", "place", "problem", "remedy"), IN_TRUCE)
def test_faults_of_repeated_models(old, new, place, problem, remedy):
    found = faults(edited(TRUCE, old, new))
    assert any(p == place and problem in q and remedy in r for p, q, r in found), found


@pytest.mark.parametrize(("old", "new", "place", "problem", "remedy"), IN_BORDER)
def test_faults_of_stochastic_models(old, new, place, problem, remedy):
    found = faults(edited(BORDER, old, new))
    assert any(p == place and problem in q and remedy in r for p, q, r in found), found


def test_a_fault_of_shape_makes_claims_no_faults():
    """Where the sections on time cannot be read, nothing is said of what claims take from them."""
    (only,) = faults(edited(TRUCE, 'kind = "repeated"', 'kind = "repeated"\nrounds = 0'))
    assert only[0] == "rounds"


def test_the_models_themselves_have_no_fault():
    assert from_text(TRUCE).repeated.names == ("north", "south")
    assert from_text(BORDER).repeated.names == ("guard", "raiders")


def test_a_normal_form_may_not_ask_about_profiles():
    text = (HERE / "good.toml").read_text(encoding="utf-8")
    found = faults(text + '\n[[claims]]\nid = "x"\nprofile = "grim"\nis = "nash"\n')
    assert {place for place, _, _ in found} == {"claims[x].is", "claims[x].profile"}
