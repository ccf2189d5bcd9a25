"""Networks: pure equilibria against the definition, at exact random points, ties included; cascades likewise."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction

import pytest

from deterrence.algebra.value import number, variable
from deterrence.catalogue.models import from_text
from deterrence.errors import DeterrenceError, OutOfScope
from deterrence.games.network import Network, links_of
from deterrence.games.normal import found_domain
from deterrence.solve.cascade import cascade, thresholds
from deterrence.solve.nash import pure_nash
from deterrence.solve.networks import equilibria_at, symmetries

ACTIONS = ("go", "halt")


def random_links(rng: random.Random, count: int) -> frozenset[tuple[int, int]]:
    return frozenset(p for p in itertools.combinations(range(count), 2) if rng.random() < 0.4)


def paying(base: list[int], pull: list[int], links: frozenset[tuple[int, int]]) -> Network:
    """Going on pays base minus one for each neighbour that halts; halting pays pull for each that halts."""
    halting = variable("neighbours_halt")
    rows = tuple((number(b) - halting, number(w) * halting) for b, w in zip(base, pull, strict=True))
    return Network("m", tuple(f"m{k + 1}" for k in range(len(base))), ACTIONS, links, rows)


def by_definition(base, pull, links):
    """Every pure equilibrium by going through all profiles, in plain whole numbers."""
    count, found = len(base), []
    for profile in itertools.product(ACTIONS, repeat=count):
        good = True
        for i in range(count):
            halting = sum(profile[j] == "halt" for a, b in links for j in (a, b) if i in (a, b) and j != i)
            pays = {"go": base[i] - halting, "halt": pull[i] * halting}
            good = good and pays[profile[i]] == max(pays.values())
        if good:
            found.append(profile)
    return found


@pytest.mark.parametrize("seed", range(40))
def test_equilibria_at_a_point_are_those_of_the_definition(seed):
    rng = random.Random(seed)
    count = rng.randint(2, 7)
    links = random_links(rng, count)
    base = [rng.randint(-2, 3) for _ in range(count)]
    pull = [rng.randint(-2, 2) for _ in range(count)]
    found = equilibria_at(paying(base, pull, links))
    assert list(found.equilibria) == by_definition(base, pull, links)
    assert sum(n for _, n in found.kinds) == len(found.equilibria) and found.complete


def test_twelve_different_members_on_a_ring():
    base, pull = [k % 5 - 1 for k in range(12)], [1 + k % 2 for k in range(12)]
    links = links_of("ring", 12)
    found = equilibria_at(paying(base, pull, links))
    assert list(found.equilibria) == by_definition(base, pull, links)


def test_alike_members_are_counted():
    """In a complete network of alike members a kind is a number of members that halt: binomial counts."""
    base, pull = [2] * 5, [1] * 5
    links = links_of("complete", 5)
    found = equilibria_at(paying(base, pull, links))
    assert list(found.equilibria) == by_definition(base, pull, links)
    expected = {0: 1, 5: 1}
    assert {k.count("halt"): n for k, n in found.kinds} == expected


def test_symmetries_of_a_ring_are_its_turns_and_mirrors():
    assert len(symmetries(paying([1] * 6, [1] * 6, links_of("ring", 6)))) == 12
    assert len(symmetries(paying([1, 2, 1, 2, 1, 2], [1] * 6, links_of("ring", 6)))) == 6


@pytest.mark.parametrize("seed", range(10))
def test_regions_of_small_networks_agree_with_points(seed):
    rng = random.Random(seed)
    count = 3
    links = links_of("ring", count)
    names = [f"g{k}" for k in range(1, count + 1)]
    s, e = variable("s"), variable("e")
    rows = tuple(
        (variable(n) + e * variable("neighbours_go") - s, e * variable("neighbours_halt")) for n in names
    )
    domain = found_domain([[v for row in rows for v in row]], [])
    domain = found_domain([[variable(n) for n in (*names, "s", "e")]], [])
    network = Network("m", ("m1", "m2", "m3"), ACTIONS, links, rows, domain)
    atlas = pure_nash(network.normal_form(), cells=False)
    for _ in range(8):
        point = {n: Fraction(rng.randint(-2, 3)) for n in (*names, "s", "e")}
        there = {
            tuple(next(a for a, v in st if not v.is_zero) for _, st in e.profile)
            for e in atlas.equilibria
            if e.region.contains(point)
        }
        assert there == set(equilibria_at(network, point).equilibria)


def independent(count: int) -> Network:
    rows = tuple(
        (variable(f"g{k}") - variable("rho") * variable("s"), number(0)) for k in range(1, count + 1)
    )
    names = [*(f"g{k}" for k in range(1, count + 1)), "rho", "s"]
    domain = found_domain([[variable(n) for n in names]], ["rho > 0"])
    return Network("m", tuple(f"m{k}" for k in range(1, count + 1)), ACTIONS, frozenset(), rows, domain)


def test_thresholds_of_independent_groups_in_closed_form():
    found = thresholds(independent(12), "s")
    rho = variable("rho")
    assert [t.value for t in found] == [variable(f"g{k}") / rho for k in range(1, 13)]


def test_independent_groups_stop_in_the_order_of_their_gains():
    network = independent(4)
    point = {"g1": 3, "g2": 1, "g3": 2, "g4": 1, "rho": Fraction(1, 2), "s": 0}
    waves = cascade(network, "s", {n: Fraction(v) for n, v in point.items()})
    assert [(w.at, w.members) for w in waves] == [(2, ("m2", "m4")), (4, ("m3",)), (6, ("m1",))]


@pytest.mark.parametrize("seed", range(20))
def test_a_cascade_ends_in_the_equilibrium_with_the_fewest_halting(seed):
    """Just above each value of the instrument, those who have stopped are those of the least equilibrium."""
    rng = random.Random(seed)
    count = 5
    links = random_links(rng, count)
    s, halting = variable("s"), variable("neighbours_halt")
    base = [rng.randint(0, 6) for _ in range(count)]
    pull = rng.randint(0, 2)
    rows = tuple((number(b) - s, number(pull) * halting) for b in base)
    domain = found_domain([[s]], [])
    network = Network("m", tuple(f"m{k}" for k in range(1, count + 1)), ACTIONS, links, rows, domain)
    stopped: set[str] = set()
    for wave in cascade(network, "s", {}):
        stopped |= set(wave.members)
        above = {"s": wave.at + Fraction(1, 1000)}
        least = min(equilibria_at(network, above).equilibria, key=lambda p: p.count("halt"))
        assert stopped == {m for m, a in zip(network.members, least, strict=True) if a == "halt"}


def test_no_cascade_where_members_do_not_follow():
    s, halting = variable("s"), variable("neighbours_halt")
    rows = ((number(1) - s + halting, number(0)),) * 2
    network = Network("m", ("m1", "m2"), ACTIONS, frozenset({(0, 1)}), rows, found_domain([[s]], []))
    with pytest.raises(OutOfScope, match="less attractive"):
        cascade(network, "s", {})
    with pytest.raises(OutOfScope, match="not proved to rise"):
        thresholds(
            Network("m", ("m1", "m2"), ACTIONS, frozenset(), ((s, number(0)),) * 2, network.domain), "s"
        )


FILE = """
name = "net"
kind = "network"
[players.m]
count = 3
actions = ["go", "halt"]
links = [[1, 2], [2, 3]]
[players.m.payoffs]
go = "g[i] - s"
halt = "w*neighbours(halt)"
[parameters.g]
each = "m"
domain = "g > 0"
example = ["1", "2", "3"]
[parameters.w]
domain = "w >= 0"
[parameters.s]
domain = "s > 0"
"""


def test_a_file_is_put_out_for_each_member():
    model = from_text(FILE + '[[claims]]\nid = "all"\nsome = "count(m = halt) == 3"\n')
    assert model.domain.names == ("g1", "g2", "g3", "w", "s")
    assert [str(v) for v in model.network.payoffs[1]] == ["g2 - s", "neighbours_halt*w"]
    assert model.network.neighbours == ((1,), (0, 2), (1,))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[[1, 2], [2, 3]]", '"rign"', "did you mean 'ring'"),
        ("[[1, 2], [2, 3]]", "[[1, 4]]", "from 1 to 3"),
        ("[[1, 2], [2, 3]]", "[[1, 2, 3]]", "no pair of members"),
        ('"w*neighbours(halt)"', '"w*neighbours(hold)"', "'hold' is not an action"),
        ('"g[i] - s"', '"g - s"', "'g', which is not declared"),
        ('["1", "2", "3"]', '["1", "2"]', "write 3, one for each member"),
        ('each = "m"', 'each = "n"', "'n' is not the group"),
        ("count = 3", "count = 0", "greater than or equal to 1"),
        ('go = "g[i] - s"\n', "", "that of go is missing"),
    ],
)
def test_faults_of_network_files(old, new, message):
    assert FILE.count(old) == 1
    with pytest.raises(DeterrenceError, match=message.replace("[", r"\[")):
        from_text(FILE.replace(old, new))
