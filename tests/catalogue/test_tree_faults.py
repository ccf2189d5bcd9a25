"""Every fault of a tree's file, found in one edit of `crisis.toml`: its place, what is wrong, and the remedy."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deterrence.catalogue.files import read_model_text
from deterrence.catalogue.models import from_text
from deterrence.errors import ModelError

CRISIS = (Path(__file__).parent / "crisis.toml").read_text(encoding="utf-8")


def faults(text: str) -> list[tuple[str, str, str]]:
    with pytest.raises(ModelError) as caught:
        from_text(text, "bad.toml")
    assert all(p.place and p.problem and p.remedy for p in caught.value.problems)
    assert len({(p.place, p.problem) for p in caught.value.problems}) == len(caught.value.problems)
    return [(p.place, p.problem, p.remedy) for p in caught.value.problems]


def edited(*edits: tuple[str, str]) -> str:
    text = CRISIS
    for old, new in edits:
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times"
        text = text.replace(old, new)
    return text


OPEN_FOUL = 'information = "foul_open"'
AID_MOVES = 'moves = { help = "W", stay = "L" }'
HARD_US = 'us = { hard = "-0.5", soft = "-w" }'
CLAIM = "P(aid = help) >= 0 and payoff(sponsor) <= 0"

# what to replace in crisis.toml, by what; the one place to be named, part of the problem, part of the remedy
FAULTS = [
    # shape
    ('player = "sponsor"\n', "", "nodes[aid].player", "is missing", "add it: player"),
    (AID_MOVES, "", "nodes[aid].moves", "is missing", "add it: moves"),
    (AID_MOVES, "moves = {}", "nodes[aid].moves", "there are none", "make it an outcome"),
    (AID_MOVES, 'moves = "W"', "nodes[aid].moves", "'W' is not a table", "{ … }"),
    (AID_MOVES, AID_MOVES + '\ninfo = "x"', "nodes[aid].info", "unknown key 'info'", "id, player, moves"),
    ('label = "Sponsor"', 'actions = ["a"]', "players.sponsor.actions", "unknown key", "label, types"),
    (
        'types = { hard = "p", soft = "1 - p" }',
        "types = 3",
        "players.us.types",
        "gives no types",
        "[[prior]]",
    ),
    (HARD_US, "us = [1]", "outcomes.W.us", "a list is not text", "double quotes"),
    (
        HARD_US,
        "us = { hard = [1], soft = 1 }",
        "outcomes.W.us",
        "one of its entries is not text",
        "each type",
    ),
    # players
    ("[players.sponsor]", "[players.sponsr]", "nodes[aid].player", "'sponsor' is not a player", "'sponsr'?"),
    # nodes and where they lead
    ('help = "W"', 'help = "WW"', "nodes[aid].moves.help", "leads to 'WW', which is neither", "mean 'W'?"),
    ('player = "sponsor"', 'player = "spons"', "nodes[aid].player", "'spons' is not a player", "'sponsor'?"),
    ('id = "open"\n', 'id = "id"\n', "nodes[id].id", "'id' is a word of the grammar", "rename the node"),
    (
        OPEN_FOUL,
        'information = "answer_foul"',
        "nodes[open_foul].information",
        "the name of the node 'answer_foul', which is not in it",
        "rename the information set",
    ),
    (
        OPEN_FOUL,
        'information = "sponsor"',
        "nodes[open_foul].information",
        "its information set has the name of the player sponsor",
        "different names",
    ),
    (
        OPEN_FOUL,
        'information = "outcome"',
        "nodes[open_foul].information",
        "'outcome' has a meaning of its own",
        "rename the information set",
    ),
    # chance
    (
        'probabilities = { foul = "h", fair = "calm" }\n',
        "",
        "nodes[weather].probabilities",
        "is missing, and chance moves here",
        'fair = "…", foul = "…"',
    ),
    (
        '{ foul = "h", fair = "calm" }',
        '{ fair = "calm" }',
        "nodes[weather].probabilities",
        "the probability of foul is missing",
        'foul = "…"',
    ),
    (
        '{ foul = "h", fair = "calm" }',
        '{ foul = "h", fair = "clam" }',
        "nodes[weather].probabilities.fair",
        "uses 'clam', which is not declared",
        "did you mean 'calm'?",
    ),
    (
        'fair = "calm" }',
        'fair = "calm", fine = 0 }',
        "nodes[weather].probabilities.fine",
        "is not a move of this node",
        "allowed: fair, foul",
    ),
    (
        'player = "chance"',
        'player = "chance"\ninformation = "sky"',
        "nodes[weather].information",
        "chance knows nothing",
        "remove this key",
    ),
    (
        AID_MOVES,
        AID_MOVES + "\nprobabilities = { help = 1, stay = 0 }",
        "nodes[aid].probabilities",
        "'sponsor' moves here, not chance",
        "remove the probabilities",
    ),
    (
        '"1 - h"',
        '"1 - h/2"',
        "nodes[weather]",
        "the probabilities sum to (h + 2)/2, which is not proved to be 1",
        "one minus the others",
    ),
    (
        'assumptions = ["h < 1"]',
        "",
        "nodes[weather]",
        "the probability 1 - h of 'fair' is not proved to be at least 0",
        "0 <= 1 - h <= 1",
    ),
    # types
    (
        '{ hard = "q", soft = "1 - q" }',
        '{ hard = "q", soft = "1 - p" }',
        "players.them.types",
        "which is not proved to be 1",
        "one minus the others",
    ),
    (
        '{ hard = "q", soft = "1 - q" }',
        '["hard", "soft"]',
        "players.them.types",
        "the types have no probabilities",
        "[[prior]]",
    ),
    (
        HARD_US,
        'us = { hard = "-0.5", sof = "-w", soft = 1 }',
        "outcomes.W.us.sof",
        "'sof' is not a type of us",
        "did you mean 'soft'?",
    ),
    (HARD_US, 'us = { hard = "-0.5" }', "outcomes.W.us", "the payoff of type soft is missing", 'soft = "…"'),
    (
        'sponsor = "-h"',
        'sponsor = { hard = "-h" }',
        "outcomes.W.sponsor",
        "it is given by type ('hard'), and sponsor has no types",
        "types to [players.sponsor], or give it for each type of us (hard, soft)",
    ),
    (
        'sponsor = "-h"',
        'sponsor = { hard = "-h", soft = "0" }',
        "outcomes.W.sponsor",
        "it is given by type, and us and them both have the types hard, soft",
        "different names",
    ),
    # outcomes
    ('us = "1"\n', "", "outcomes.L.us", "the payoff of us is missing", 'us = "…"'),
    (
        'us = "1"\n',
        'us = "1"\nyou = "1"\n',
        "outcomes.L.you",
        "unknown key 'you'",
        "label, us, them, sponsor",
    ),
    ('us = "1"\n', 'us = "1 +"\n', "outcomes.L.us", "the text ends too early", "expected is"),
    # the tree itself
    ('help = "W"', 'help = "open"', "nodes[open]", "in a circle: open -> answer -> aid -> open", "copy it"),
    ('act = "answer_foul"', 'act = "aid"', "nodes[aid]", "reached by 2 moves, at open_foul, answer", "copy"),
    (
        'act = "answer_foul"',
        'act = "W"',
        "nodes[answer_foul]",
        "no move leads to it from the root 'weather'",
        "lead a move to it",
    ),
    (
        "[outcomes.L]",
        "[outcomes.M]\nus = 0\nthem = 0\nsponsor = 0\n[outcomes.L]",
        "outcomes.M",
        "no move leads to it",
        "remove it",
    ),
    (
        'player = "sponsor"',
        'player = "sponsor"\ninformation = "foul_open"',
        "nodes[aid]",
        "joins it with 'open_foul', but sponsor moves here and us there",
        "one player",
    ),
    (
        'fight = "aid"',
        'fight = "aid", wait = "W"',
        "nodes[answer_foul]",
        "the moves here are give, fight and there give, fight, wait",
        "same moves",
    ),
    (
        'player = "sponsor"\n' + AID_MOVES,
        'player = "us"\ninformation = "foul_open"\nmoves = { wait = "W", act = "L" }',
        "nodes[aid]",
        "us would forget what it knew: at the information set 'foul_open' it cannot tell",
        "perfect recall",
    ),
    # claims
    (
        CLAIM,
        "P(ai = help) > 0",
        "claims[aid].every",
        "names 'ai', which is no player and no inf",
        "mean 'aid'?",
    ),
    (CLAIM, "P(aid = hel) > 0", "claims[aid].every", "'hel', which is not a move at aid", "mean 'help'?"),
    (CLAIM, "P(sponsor = x) > 0", "claims[aid].every", "'x', which is not a move of sponsor", "help, stay"),
    (
        CLAIM,
        "P(outcome = Q) > 0",
        "claims[aid].every",
        "'Q', which is not an outcome",
        "allowed: SQ, G, W, L",
    ),
    (CLAIM, "outcome[hard] = G", "claims[aid].every", "names a type of 'outcome'", "write outcome = G"),
    (
        CLAIM,
        "reply = give",
        "claims[aid].every",
        "does not say which type moves at reply",
        "reply[hard], reply[",
    ),
    (CLAIM, "reply[sof] = give", "claims[aid].every", "'sof', which is not a type of them", "mean 'soft'?"),
    (
        CLAIM,
        "aid[hard] = help",
        "claims[aid].every",
        "sponsor, who moves at aid, has none",
        "write aid = help",
    ),
    (CLAIM, "us[hard] = act", "claims[aid].every", "names a type of 'us'", "open[hard], foul_open[hard]"),
    (CLAIM, "answer[hard] = give", "claims[aid].every", "'answer', which is no player and", "reply"),
    (CLAIM, "payoff(you) > 0", "claims[aid].every", "'you', which is not a player", "us, them, sponsor"),
    (CLAIM, "payoff(us[sof]) > 0", "claims[aid].every", "'sof', which is not a type of us", "mean 'soft'?"),
    (CLAIM, "payoff(sponsor[a]) > 0", "claims[aid].every", "'a', which is not a type of", "payoff(sponsor)"),
    (CLAIM, "outcome == G", "claims[aid].every", "uses 'outcome', which is not declared", "single ="),
    ('"intuitive"', '"intuitve"', "claims[aid].among", "not a refinement", "did you mean 'intuitive'?"),
    (
        '"weak-perfect-bayesian"',
        '"nash"',
        "claims[aid].among",
        "the equilibria of concept 'nash' have no refinements",
        "perfect-bayesian, weak-perfect-bayesian",
    ),
    (
        '"weak-perfect-bayesian"',
        '"pure-nash"',
        "claims[aid].concept",
        "not a solution concept of kind extensive-form",
        "nash",
    ),
]


@pytest.mark.parametrize(("old", "new", "place", "problem", "remedy"), FAULTS)
def test_each_fault_has_its_place_its_problem_and_its_remedy(old, new, place, problem, remedy):
    text = edited((old, new))
    found = [f for f in faults(text) if f[0] == place and problem in f[1]]
    assert found, faults(text)
    assert len(found) == 1
    assert remedy in found[0][2]


BAD_TREES = ("circle", "no move leads to it from", "joins it", "the moves here are", "forget", "sum to")


@pytest.mark.parametrize(
    ("old", "new", "place", "problem"), [f[:4] for f in FAULTS if any(w in f[3] for w in BAD_TREES)]
)
def test_a_bad_tree_has_one_message_and_it_names_the_node(old, new, place, problem):
    ((where, text, _),) = faults(edited((old, new)).replace(CLAIM, "payoff(sponsor) <= 0"))
    assert (where, problem in text) == (place, True)
    assert where.startswith("nodes[")


def test_every_kind_of_bad_tree_is_among_them():
    assert all(any(word in f[3] for f in FAULTS) for word in BAD_TREES)


def test_a_node_that_is_also_an_outcome():
    text = edited(("[outcomes.L]", "[outcomes.aid]"), ('stay = "L"', 'stay = "aid"'))
    found = faults(text)
    assert ("nodes[aid].id", "'aid' is the id of a node and of an outcome") in [f[:2] for f in found]


def test_two_nodes_with_one_id():
    text = edited(('id = "answer_foul"', 'id = "answer"'))
    assert ("nodes[5].id", "'answer' is the id of nodes[4] too") in [f[:2] for f in faults(text)]


def test_names_with_a_meaning_of_their_own():
    text = edited(
        ("[players.sponsor]", "[players.outcome]"),
        ('id = "aid"\nplayer', 'id = "types"\nplayer'),
        ('fight = "aid"', 'fight = "types"'),
    )
    places = [f[0] for f in faults(text)]
    assert "players.outcome" in places
    assert "nodes[types].id" in places


def test_a_tree_without_nodes_players_or_outcomes():
    head = 'name = "x"\nkind = "extensive-form"\n'
    assert [f[:2] for f in faults(head)] == [(s, "is missing") for s in ("players", "nodes", "outcomes")]
    empty = faults(head + "nodes = []\nplayers = {}\noutcomes = {}\n")
    assert [f[0] for f in empty] == ["players", "nodes"]
    assert faults(head.replace("ext", "exst") + "nodes = []\nplayers = {}\noutcomes = {}\n")[0][2].endswith(
        "did you mean 'extensive-form'?"
    )


def test_all_faults_of_a_tree_are_reported_at_once():
    text = edited(
        ('title = "A crisis"', 'titel = "A crisis"'),
        ('domain = "w > 1"', 'domain = "w > z"'),
        ('{ foul = "h", fair = "calm" }', '{ foul = "h", fair = "clam" }'),
        ('help = "W"', 'help = "WW"'),
        (HARD_US, 'us = { hard = "-0.5", soft = "-ww" }'),
        ('sponsor = "-h"', 'sponsor = "-hh"'),
        ('"1 - q"', '"1 - "'),
        ('"intuitive"', '"intuitve"'),
        ("P(aid = help)", "P(aid = halp)"),
    )
    assert sorted(f[0] for f in faults(text)) == [
        "claims[aid].among",
        "claims[aid].every",
        "nodes[aid].moves.help",
        "nodes[weather].probabilities.fair",
        "outcomes.W.sponsor",
        "outcomes.W.us.soft",
        "parameters.w.domain",
        "players.them.types.soft",
        "titel",
    ]


# --- a joint prior ---

LISTS = [
    ('types = { hard = "p", soft = "1 - p" }', 'types = ["hard", "soft"]'),
    ('types = { hard = "q", soft = "1 - q" }', 'types = ["hard", "soft"]'),
]


def prior(*rows: tuple[str, str, str]) -> str:
    entry = '[[prior]]\ntypes = {{ us = "{}", them = "{}" }}\nprobability = "{}"\n'
    return "".join(entry.format(*row) for row in rows)


def with_prior(text: str, *edits: tuple[str, str]) -> str:
    return edited(*(edits or LISTS)).replace("[[nodes]]", text + "[[nodes]]", 1)


BOTH = (("hard", "hard", "p"), ("soft", "soft", "1 - p"))


def test_a_sound_joint_prior():
    model = read_model_text(with_prior(prior(*BOTH)))
    assert [q.types for q in model.prior] == [
        (("us", "hard"), ("them", "hard")),
        (("us", "soft"), ("them", "soft")),
    ]


@pytest.mark.parametrize(
    ("text", "place", "problem", "remedy"),
    [
        (prior(*BOTH, ("hard", "hard", "q")), "prior[3].types", "has a probability already", "list it once"),
        (prior(("hard", "hard", "1")), "prior", "no combination has the type soft of us", "add one"),
        (prior(*BOTH, ("hard", "meek", "q")), "prior[3].types", "'meek' is not a type of them", "hard, soft"),
        (prior(*BOTH, ("hard", "soft", "z")), "prior[3].probability", "uses 'z'", "[parameters.z]"),
        (prior(*BOTH).replace(", them =", ", you ="), "prior[1].types", "'you' is no player", "us, them"),
        (prior(BOTH[0], ("soft", "soft", "1 - q")), "prior", "which is not proved to be 1", "one minus"),
        (prior(("hard", "hard", "2"), ("soft", "soft", "-1")), "prior", "'soft and soft' is not", "0 <= -1"),
    ],
)
def test_faults_of_a_joint_prior(text, place, problem, remedy):
    found = [f for f in faults(with_prior(text)) if f[0] == place and problem in f[1]]
    assert len(found) == 1, faults(with_prior(text))
    assert remedy in found[0][2]


def test_probabilities_in_two_places_and_a_prior_without_types():
    assert faults(with_prior(prior(*BOTH), LISTS[0]))[0][:2] == (
        "players.them.types",
        "the types have probabilities here, and in [[prior]] too",
    )
    none = with_prior(prior(*BOTH), *((old, "") for old, _ in LISTS))
    assert ("prior", "no player has types") in [f[:2] for f in faults(none)]


# --- limits ---


@pytest.mark.parametrize(
    ("section", "place", "problem"),
    [
        ('[[nodes]]\nid = "a"\nplayer = "p"\nmoves = { x = "E" }\n' * 2001, "nodes", "has 2001 entries"),
        ("[outcomes]\n" + "".join(f"o{n} = {{}}\n" for n in range(2001)), "outcomes", "has 2001 entries"),
        ("[players.a]\ntypes = " + str([f"t{n}" for n in range(11)]), "players.a.types", "has 11 entries"),
        (
            "[players]\n"
            + "".join(f"p{n} = {{ types = {[f't{i}' for i in range(10)]} }}\n" for n in range(5))
            + '[[nodes]]\nid = "a"\nplayer = "p1"\nmoves = { x = "E" }\n',
            "players",
            "the tree has 100000 nodes",
        ),
    ],
)
def test_too_many_of_anything_in_a_tree(section, place, problem):
    found = faults(f'name = "x"\nkind = "extensive-form"\n{section}')
    assert any(p == place and problem in text and "at most" in remedy for p, text, remedy in found), found


def long_tree(player: str, ending: str, nodes: int = 2000) -> str:
    text = 'name = "x"\nkind = "extensive-form"\n[players.a]\n'
    for k in range(nodes):
        onward = f"n{k + 1}" if k + 1 < nodes else "o0"
        text += f'[[nodes]]\nid = "n{k}"\nplayer = "{player}"\n'
        text += f'moves = {{ x = "o{k}{ending}", y = "{onward}{ending}" }}\n'
    return text + "".join(f"[outcomes.o{k}]\na = {k}\n" for k in range(nodes))


@pytest.mark.parametrize(
    "text",
    [
        long_tree("a", "q"),
        long_tree("b", ""),
        long_tree("a", "").replace('"n1999"', '"n0"'),
        long_tree("a", "") + '[[claims]]\nid = "c"\nevery = "' + "n0 = zz and " * 300 + 'n0 = x"\n',
        long_tree("a", "").replace('id = "n1', 'information = "o1"\nid = "n1'),
    ],
    ids=range(5),
)
def test_large_bad_trees_are_refused_in_time(text):
    start = time.process_time()
    assert faults(text)
    assert time.process_time() - start < 3


def test_a_long_sound_tree_is_read():
    assert len(from_text(long_tree("a", "")).game.nodes) == 2000


# --- damage ---

PIECES = st.sampled_from(
    [
        *[
            "us",
            "hard",
            '"',
            "=",
            "{",
            "}",
            "[",
            "]",
            "chance",
            "1e5",
            "[[nodes]]",
            "aid",
            "outcome",
            "x",
            "**",
            "\x00",
            "answer",
        ],
        "\n",
    ]
)


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_any_damage_gives_a_tree_or_a_model_error(data):
    start = data.draw(st.integers(0, len(CRISIS)))
    end = data.draw(st.integers(start, min(len(CRISIS), start + 60)))
    text = CRISIS[:start] + "".join(data.draw(st.lists(PIECES, max_size=4))) + CRISIS[end:]
    try:
        model = read_model_text(text)
    except ModelError as error:
        assert error.problems
        assert len({(p.place, p.problem) for p in error.problems}) == len(error.problems)
    else:
        assert model.nodes
