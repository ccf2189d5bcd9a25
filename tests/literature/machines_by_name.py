"""The strategies that model files call by name, written from their descriptions; nothing of the library.

A player cooperates by one action and defects by another; `seen` has what everybody did in a round.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tests.oracles.plays import Machine

ONE = Fraction(1)


@dataclass(frozen=True)
class Roles:
    """Who plays against whom, and by what they cooperate and defect."""

    me: str
    other: str
    cooperate: str
    defect: str
    other_cooperate: str
    other_defect: str

    def peace(self, seen: Mapping[str, str]) -> bool:
        return (seen[self.me], seen[self.other]) == (self.cooperate, self.other_cooperate)

    def war(self, seen: Mapping[str, str]) -> bool:
        return (seen[self.me], seen[self.other]) == (self.defect, self.other_defect)

    def forgone(self, seen: Mapping[str, str]) -> bool:
        """Whether the other cooperated."""
        return seen[self.other] == self.other_cooperate


def machine(initial, play, follow) -> Machine:
    """`play` gives an action or a mixture by mind, `follow` the next mind."""

    def plays(mind: str, state: str) -> Mapping[str, Fraction]:
        action = play(mind)
        return {action: ONE} if isinstance(action, str) else action

    return Machine(initial, plays, lambda mind, seen: {follow(mind, seen): ONE})


def by_name(name: str, roles: Roles, options: Mapping) -> Machine:
    """The strategy of that name in the hands of a player."""
    c, d = roles.cooperate, roles.defect

    def blow(mind: str) -> str:
        return c if mind == "peace" else d

    def echo(mind: str, seen: Mapping[str, str]) -> str:
        return "peace" if roles.forgone(seen) else "war"

    if name == "always-cooperate":
        return machine("peace", lambda mind: c, lambda mind, seen: mind)
    if name in ("always-defect", "forward-defence"):
        return machine("war", lambda mind: d, lambda mind, seen: mind)
    if name == "grim":
        return machine(
            "peace", blow, lambda mind, seen: "peace" if mind == "peace" and roles.peace(seen) else "war"
        )
    if name == "tit-for-tat":
        return machine("peace", blow, echo)
    if name == "suspicious-tit-for-tat":
        return machine("war", blow, echo)
    if name == "generous-tit-for-tat":
        angry = {c: options["forgive"], d: 1 - options["forgive"]}
        return machine("peace", lambda mind: c if mind == "peace" else angry, echo)
    if name == "contrite-tit-for-tat":
        return contrite(roles)
    if name == "tit-for-two-tats":
        return machine(
            "0",
            lambda mind: d if mind == "2" else c,
            lambda mind, seen: "0" if roles.forgone(seen) else str(min(2, int(mind) + 1)),
        )
    if name == "two-tits-for-tat":
        return machine(
            "0",
            lambda mind: c if mind == "0" else d,
            lambda mind, seen: str(max(0, int(mind) - 1)) if roles.forgone(seen) else "2",
        )
    if name == "win-stay-lose-shift":
        return machine(
            "peace", blow, lambda mind, seen: "peace" if roles.peace(seen) or roles.war(seen) else "war"
        )
    if name == "limited-retaliation":
        return limited(roles, options["rounds"], options["restart"])
    if name == "graduated-retaliation":
        return graduated(roles, options["levels"])
    if name == "nash-reversion":
        return reversion(roles)
    if name == "halt-when-struck":
        return machine(  # the number of quiet rounds left
            "0",
            lambda mind: d if mind == "0" else c,
            lambda mind, seen: (
                str(options["quiet"])
                if seen[roles.other] == roles.other_defect
                else str(max(0, int(mind) - 1))
            ),
        )
    if name == "retaliate-and-sanction":
        return retaliate_and_sanction(roles, options["sanction"], options["rounds"])
    if name == "strike-after-attack":
        return machine(
            "keep", lambda mind: d if mind == "keep" else c, lambda mind, seen: lapse(mind, seen, roles.me, c)
        )
    if name == "halt-while-enforced":
        return machine(
            "keep",
            lambda mind: c if mind == "keep" else d,
            lambda mind, seen: lapse(mind, seen, roles.other, roles.other_cooperate),
        )
    raise ValueError(name)


def lapse(mind: str, seen: Mapping[str, str], player: str, omission: str) -> str:
    return "lapsed" if mind == "lapsed" or seen.get(player) == omission else "keep"


def contrite(roles: Roles) -> Machine:
    """Standing: own and other's, g or b.  Defects only in good standing against bad.

    A defection that was not called for brings bad standing, cooperation good standing.
    """

    def called_for(own: str, other: str) -> bool:
        return own == "g" and other == "b"

    def after(cooperated: bool, was: str, called: bool) -> str:
        return "g" if cooperated else (was if called else "b")

    def follow(mind: str, seen: Mapping[str, str]) -> str:
        own, other = mind
        mine = after(seen[roles.me] == roles.cooperate, own, called_for(own, other))
        theirs = after(seen[roles.other] == roles.other_cooperate, other, called_for(other, own))
        return mine + theirs

    return machine("gg", lambda mind: roles.defect if called_for(*mind) else roles.cooperate, follow)


def limited(roles: Roles, length: int, restart: bool) -> Machine:
    """The number of rounds of punishment left."""

    def follow(mind: str, seen: Mapping[str, str]) -> str:
        left = int(mind)
        if left == 0:
            return "0" if roles.peace(seen) else str(length)
        return str(left - 1) if roles.war(seen) or not restart else str(length)

    return machine("0", lambda mind: roles.cooperate if mind == "0" else roles.defect, follow)


def graduated(roles: Roles, levels: int) -> Machine:
    """The level, and the rounds of punishment left at it."""

    def follow(mind: str, seen: Mapping[str, str]) -> str:
        level, left = map(int, mind.split())
        if left:
            return f"{level} {left - 1}"
        if roles.peace(seen):
            return f"{max(0, level - 1)} 0"
        up = min(levels, level + 1)
        return f"{up} {up}"

    def play(mind: str) -> str:
        return roles.defect if int(mind.split()[1]) else roles.cooperate

    return machine("0 0", play, follow)


def reversion(roles: Roles) -> Machine:
    """Whoever defects alone cooperates against defection for ever."""

    def follow(mind: str, seen: Mapping[str, str]) -> str:
        if mind != "peace":
            return mind
        mine, theirs = seen[roles.me] == roles.defect, seen[roles.other] == roles.other_defect
        return "guilty" if mine and not theirs else "wronged" if theirs and not mine else "peace"

    return machine("peace", lambda mind: roles.defect if mind == "wronged" else roles.cooperate, follow)


def retaliate_and_sanction(roles: Roles, sanction: str, length: int) -> Machine:
    """Strikes after a defection; then so many rounds of sanctions are left."""

    def follow(mind: str, seen: Mapping[str, str]) -> str:
        if seen[roles.other] == roles.other_defect:
            return "strike"
        left = length if mind == "strike" else max(0, int(mind) - 1)
        return str(left)

    def play(mind: str) -> str:
        return roles.defect if mind == "strike" else sanction if int(mind) else roles.cooperate

    return machine("0", play, follow)
