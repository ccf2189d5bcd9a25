"""Trees from model files: read completely, copied for types as written by hand, solved through their concept."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from deterrence.algebra.grammar import parse_condition, parse_expression
from deterrence.algebra.value import number
from deterrence.catalogue.checking import check
from deterrence.catalogue.files import read_model_text
from deterrence.catalogue.models import from_text, question, solve
from deterrence.catalogue.schema import json_schema
from deterrence.catalogue.source import NodeSource, OutcomeSource
from deterrence.errors import OutOfScope, UnknownName
from deterrence.games.behaviour import expected_payoffs
from deterrence.games.tree import ExtensiveForm

CRISIS = (Path(__file__).parent / "crisis.toml").read_text(encoding="utf-8")

Z2 = """
name = "unilateral"
kind = "extensive-form"
assumptions = ["cDC > cSQ > cDDh > cCD > cDDs", "dCD > dDDh > dDC > dDDs", "dSQ > dDDh"]
[parameters]
p = { domain = "0 < p < 1", example = "0.3" }
q = { domain = "0 < q < 1", example = "1/4" }
cDC = {}
cSQ = {}
cDDh = {}
cCD = {}
cDDs = {}
dCD = {}
dDDh = {}
dDC = {}
dDDs = {}
dSQ = {}
[players.challenger]
types = { hard = "p", soft = "1 - p" }
[players.defender]
types = { hard = "q", soft = "1 - q" }
[[nodes]]
id = "open"
player = "challenger"
moves = { wait = "SQ", challenge = "answer" }
[[nodes]]
id = "answer"
player = "defender"
moves = { concede = "DC", resist = "press" }
[[nodes]]
id = "press"
player = "challenger"
moves = { back_down = "CD", go_on = "DD" }
[outcomes]
SQ = { challenger = "cSQ", defender = "dSQ" }
DC = { challenger = "cDC", defender = "dDC" }
CD = { challenger = "cCD", defender = "dCD" }
[outcomes.DD]
challenger = { hard = "cDDh", soft = "cDDs" }
defender = { hard = "dDDh", soft = "dDDs" }
"""

# The three-actor tree of the catalogue's entry P1, with the cost of support k and a benefit b of striking.
PROXY = """
name = "proxy"
kind = "extensive-form"
assumptions = ["gF > gW", "b > c"]
[parameters]
gF = {}
gW = { domain = "gW > 0" }
s = { domain = "s > 0" }
v = { domain = "v > 0" }
x = { domain = "x > 0" }
k = { domain = "k > 0" }
b = {}
c = { domain = "c > 0" }
[players.sponsor]
[players.militia]
[players.retaliator]
[[nodes]]
id = "support"
player = "sponsor"
moves = { fund = "funded", withhold = "unfunded" }
[[nodes]]
id = "funded"
player = "militia"
moves = { attack = "reply_f", halt = "FH" }
[[nodes]]
id = "unfunded"
player = "militia"
moves = { attack = "reply_w", halt = "WH" }
[[nodes]]
id = "reply_f"
player = "retaliator"
moves = { strike = "FAS", restrain = "FAN" }
[[nodes]]
id = "reply_w"
player = "retaliator"
moves = { strike = "WAS", restrain = "WAN" }
[outcomes]
FAS = { sponsor = "v - x - k", militia = "gF - s", retaliator = "b - c" }
FAN = { sponsor = "v - k", militia = "gF", retaliator = 0 }
FH = { sponsor = "-k", militia = 0, retaliator = "b" }
WAS = { sponsor = "0", militia = "gW - s", retaliator = "b - c" }
WAN = { sponsor = "0", militia = "gW", retaliator = 0 }
WH = { sponsor = 0, militia = 0, retaliator = "b" }
[[claims]]
id = "middle-band"
given = "gW < s < gF and v != x + k"
every = "P(outcome = FAS) == 1"
expect = "v - x > k"
[[claims]]
id = "never-for-too-strong-a-strike"
given = "s > gF"
every = "P(militia = attack) == 0 and P(support = fund) == 0"
expect = "proved"
"""


def test_a_tree_is_read_completely():
    model = read_model_text(CRISIS, "crisis.toml")
    assert (model.kind, model.concept, model.origin) == ("extensive-form", "perfect-bayesian", "crisis.toml")
    assert [(p.name, p.label, p.types, p.actions) for p in model.players] == [
        ("us", "Challenger", ("hard", "soft"), ("wait", "act")),
        ("them", "them", ("hard", "soft"), ("give", "fight")),
        ("sponsor", "Sponsor", (), ("help", "stay")),
    ]
    assert model.players[0].beliefs == (parse_expression("p"), parse_expression("1 - p"))
    assert model.players[0].belief_texts == ("p", "1 - p")
    assert [n.id for n in model.nodes] == ["weather", "open", "open_foul", "answer", "answer_foul", "aid"]
    weather, opening, _, answer = model.nodes[:4]
    assert weather == NodeSource(
        "weather",
        "chance",
        (("fair", "open"), ("foul", "open_foul")),
        "",
        (parse_expression("calm"), parse_expression("h")),  # in the order of the moves
        ("calm", "h"),
    )
    assert opening == NodeSource("open", "us", (("wait", "SQ"), ("act", "answer")))
    assert (answer.player, answer.information) == ("them", "reply")
    quo, _, war, _ = model.outcomes
    zero = parse_expression("0")
    assert quo == OutcomeSource("SQ", "Status quo", (zero, zero, zero), ("0", "0", "0"))
    assert war.label == "W"
    assert war.payoffs == (
        {"hard": parse_expression("-0.5"), "soft": parse_expression("-w")},
        {"hard": parse_expression("-1/2"), "soft": parse_expression("-w")},
        parse_expression("-h"),
    )
    assert war.payoff_texts[0] == {"hard": "-0.5", "soft": "-w"}
    assert [c.among for c in model.claims] == [None, "d1", "intuitive"]
    assert model.claims[0].some == parse_condition(
        "P(reply[soft] = give) == 1 and open[hard] = act and 0 <= P(us = act) <= 1", play=True
    )


def test_types_split_information_sets_by_the_movers_own_type():
    tree = from_text(CRISIS).game
    assert isinstance(tree, ExtensiveForm)
    assert len(tree.nodes) == 1 + 4 * 6  # the draw, and each node for each of four combinations
    assert [(h.name, h.player, len(h.nodes)) for h in tree.information] == [
        ("open[hard]", "us", 2),
        ("foul_open[hard]", "us", 2),
        ("open[soft]", "us", 2),
        ("foul_open[soft]", "us", 2),
        ("reply[hard]", "them", 4),  # two weathers, two types of the challenger
        ("reply[soft]", "them", 4),
        ("aid", "sponsor", 4),  # the sponsor knows no type but its own, and has one
    ]
    assert [str(v.at({"p": Fraction(1, 3), "q": Fraction(1, 4)})) for v in tree.root.probabilities] == [
        "1/12",
        "1/4",
        "1/6",
        "1/2",
    ]
    assert tree.outcome_names == ("SQ", "G", "W", "L")
    assert tree.outcome("SQ/hard/soft").label == "Status quo"
    assert str(tree.outcome("W/hard/soft").payoffs[1]) == "-w"


def test_the_typed_tree_pays_what_was_worked_out_by_hand():
    """Challenge if hard, resist if hard: four combinations with their weights."""
    model = from_text(Z2)
    assert model.source.concept == "perfect-bayesian"
    tree = model.game
    assert isinstance(tree, ExtensiveForm)
    assert [h.name for h in tree.information] == [
        f"{place}[{kind}]" for place in ("open", "answer", "press") for kind in ("hard", "soft")
    ]
    assert len(tree.nodes) == 13
    point = {n: Fraction(v) for n, v in zip(tree.domain.names, ["3/10", "1/4", *range(1, 11)], strict=True)}
    small = tree.at(point)
    yes = {
        "open[hard]": "challenge",
        "open[soft]": "wait",
        "answer[hard]": "resist",
        "answer[soft]": "concede",
        "press[hard]": "go_on",
        "press[soft]": "back_down",
    }
    play = {h.name: {a: number(int(yes[h.name] == a)) for a in h.actions} for h in small.information}
    p, q = Fraction(3, 10), Fraction(1, 4)
    at = point
    challenger = p * (q * at["cDDh"] + (1 - q) * at["cDC"]) + (1 - p) * at["cSQ"]
    defender = p * (q * at["dDDh"] + (1 - q) * at["dDC"]) + (1 - p) * at["dSQ"]
    assert [v.at({}) for v in expected_payoffs(small, play)] == [challenger, defender]


JOINT = """
[[prior]]
types = { challenger = "hard", defender = "hard" }
probability = "p*q"
[[prior]]
types = { defender = "soft", challenger = "hard" }
probability = "p*(1 - q)"
[[prior]]
types = { challenger = "soft", defender = "soft" }
probability = "1 - p"
"""


def joint(text: str = JOINT) -> str:
    plain = Z2.replace('types = { hard = "p", soft = "1 - p" }', 'types = ["hard", "soft"]')
    return plain.replace('types = { hard = "q", soft = "1 - q" }', 'types = ["hard", "soft"]') + text


def test_a_joint_prior_leaves_out_combinations_without_probability():
    tree = from_text(joint()).game
    assert isinstance(tree, ExtensiveForm)
    assert tree.root.actions == ("hard_hard", "hard_soft", "soft_soft")
    assert len(tree.nodes) == 1 + 3 * 3
    sets = {h.name: len(h.nodes) for h in tree.information}
    assert sets["answer[hard]"] == 1  # a hard defender knows that the challenger is hard
    assert sets["answer[soft]"] == 2
    assert [str(v) for v in tree.root.probabilities] == ["p*q", "p*(1 - q)", "1 - p"]


def test_a_tree_without_types_is_solved_by_its_default_concept():
    model = from_text(PROXY)
    assert model.source.concept == "subgame-perfect"
    assert isinstance(model.game, ExtensiveForm)
    assert [n.id for n in model.game.nodes] == ["support", "funded", "unfunded", "reply_f", "reply_w"]
    assert [(r.claim.id, r.remark) for r in check(model) if not r.as_expected] == []
    assert solve(model.game).concept == solve(model).concept == "subgame-perfect"
    assert solve(model, "backward-induction").complete.scope == "pure"


def test_claims_about_every_equilibrium_of_backward_induction_are_settled():
    """Backward induction is pure by definition, so that searching pure profiles leaves nothing open."""
    model = from_text(PROXY.replace('kind = "ext', 'concept = "backward-induction"\nkind = "ext'))
    assert [(r.claim.id, r.remark) for r in check(model) if not r.as_expected] == []


def test_an_unseen_move_makes_perfect_bayesian_the_default():
    seen = PROXY.replace('id = "reply_f"', 'id = "reply_f"\ninformation = "reply"')
    hidden = seen.replace('id = "reply_w"', 'id = "reply_w"\ninformation = "reply"')
    assert read_model_text(seen).concept == "subgame-perfect"
    model = from_text(hidden)
    assert model.source.concept == "perfect-bayesian"
    assert [h.name for h in model.game.information] == ["support", "funded", "unfunded", "reply"]


def test_concepts_are_looked_up_by_the_kind_of_game():
    with pytest.raises(UnknownName, match="no solution concept named 'pure-nash'; known: subgame-perfect"):
        solve(from_text(PROXY), "pure-nash")
    with pytest.raises(UnknownName, match="known: nash, pure-nash"):
        solve("inspection", "subgame-perfect")


def test_a_question_takes_the_refinement_with_it():
    model = from_text(CRISIS)
    assert [question(model, c).among for c in model.source.claims] == ["", "d1", "intuitive"]


# --- pieces ---

SPLIT = """
name = "split"
kind = "extensive-form"
[parameters]
a = {}
b = {}
[players.us]
[players.them]
[[nodes]]
id = "open"
player = "us"
moves = { wait = "SQ", act = "answer" }
[[nodes]]
id = "answer"
player = "them"
moves = { give = "G", fight = "W" }
[outcomes]
SQ = { us = 0, them = 0 }
G = { us = "min(a, b)", them = "-abs(b)" }
W = { us = "-1", them = "-3" }
[[claims]]
id = "act"
every = "P(us = act) == 1"
expect = "abs(b) < 3 and min(a, b) > 0"
[[claims]]
id = "paid"
given = "abs(b) < 3"
every = "payoff(us) == max(0, min(a, b))"
expect = "proved"
[[claims]]
id = "act-in-some"
given = "0 < a < 1 and b >= 3"
some = "us = act"
expect = "b == 3"
"""


def test_payoffs_with_cases_split_a_tree_and_its_pieces_are_joined():
    model = from_text(SPLIT)
    assert len(model.pieces) > 1
    assert [(r.claim.id, r.remark) for r in check(model) if not r.as_expected] == []
    with pytest.raises(OutOfScope, match="pieces, not one game"):
        model.game  # noqa: B018


def test_groups_by_play_on_the_path_are_joined_across_pieces():
    model = from_text(SPLIT)
    atlas = solve(model, "perfect-bayesian")
    plays = {}
    for path in atlas.paths:
        first = atlas[path.members[0]]
        waits = first.strategy("open")["wait"]
        plays.setdefault(str(waits), []).append(path)
        assert all(atlas[m].path == path.id for m in path.members)
    assert len(plays["1"]) == 1  # the status quo is one group, not one for each piece
    (quo,) = plays["1"]
    at = {"a": Fraction(1), "b": Fraction(5)}
    assert quo.some.contains(at)
    assert not quo.some.contains({"a": Fraction(1), "b": Fraction(1)})
    assert sorted(m for path in atlas.paths for m in path.members) == sorted(e.id for e in atlas)


def test_cases_in_probabilities_are_proved_piece_by_piece_and_refused_by_solve():
    chance = SPLIT.replace('player = "us"\nmoves = {', 'player = "chance"\nmoves = {', 1).replace(
        'moves = { wait = "SQ", act = "answer" }',
        'moves = { wait = "SQ", act = "answer" }\n'
        'probabilities = { wait = "max(0, min(a, 1))", act = "1 - max(0, min(a, 1))" }',
    )
    model = from_text(chance.partition("[[claims]]")[0])
    assert len(model.pieces) > 1
    with pytest.raises(OutOfScope, match="in a probability gives a tree for each case"):
        solve(model)


def test_the_json_schema_has_the_sections_of_a_tree():
    entries = json_schema()["$defs"]
    assert set(entries["NodeEntry"]["properties"]) == {
        "id",
        "player",
        "moves",
        "probabilities",
        "information",
    }
    assert set(entries["NodeEntry"]["required"]) == {"id", "player", "moves"}
    assert set(entries["TreePlayerEntry"]["properties"]) == {"label", "types"}
    assert {"nodes", "outcomes", "players", "prior"} <= set(entries["ExtensiveFormFile"]["properties"])
    assert "object" in entries["OutcomeEntry"]["additionalProperties"]["type"]


# -- payoffs by the type of somebody else ----------------------------------------------------------------
BREAKFAST = """
name = "breakfast"
kind = "extensive-form"
[parameters]
s = { domain = "0 < s < 1", example = "0.9" }
[players.sender]
types = { strong = "s", weak = "1 - s" }
[players.receiver]
[[nodes]]
id = "eat"
player = "sender"
moves = { beer = "b", quiche = "q" }
[[nodes]]
id = "b"
player = "receiver"
moves = { duel = "bd", leave = "bl" }
[[nodes]]
id = "q"
player = "receiver"
moves = { duel = "qd", leave = "ql" }
[outcomes]
bd = { sender = { strong = "1", weak = "0" }, receiver = { strong = "0", weak = "1" } }
bl = { sender = { strong = "3", weak = "2" }, receiver = { strong = "1", weak = "0" } }
qd = { sender = { strong = "0", weak = "1" }, receiver = { strong = "0", weak = "1" } }
ql = { sender = { strong = "2", weak = "3" }, receiver = { strong = "1", weak = "0" } }
[[claims]]
id = "beer"
some = "P(sender = beer) == 1"
expect = "s >= 1/2"
[[claims]]
id = "quiche"
some = "P(sender = quiche) == 1"
expect = "s >= 1/2"
[[claims]]
id = "intuitive-quiche"
among = "intuitive"
some = "P(sender = quiche) == 1"
expect = "s == 1/2"
[[claims]]
id = "mixed"
some = "eat[strong] = beer and 0 < P(eat[weak] = beer) < 1"
expect = "s < 1/2"
"""


def test_beer_and_quiche_from_a_file():
    """[ChoKreps1987]: the receiver is paid by the sender's type, which it does not know.

    If it duels with probability z after quiche, weak gets 3 - 2*z and could get 2 from beer; it must not be
    excluded, so z >= 1/2.  Strong gets 2 - 2*z, and 1 from beer and a duel, so z <= 1/2: a receiver that mixes.
    """
    model = from_text(BREAKFAST)
    assert [(r.claim.id, r.as_expected) for r in check(model)] == [
        ("beer", True),
        ("quiche", True),
        ("intuitive-quiche", True),
        ("mixed", True),
    ]
    paid = {o.id: [str(v) for v in o.payoffs] for o in model.game.outcomes}
    assert paid["bd/strong"] == ["1", "0"] and paid["bd/weak"] == ["0", "1"]
