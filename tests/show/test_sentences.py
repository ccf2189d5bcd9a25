"""Equilibria in words: how a mixture of several actions reads."""

import deterrence as dt
from deterrence.algebra.decide import prover
from deterrence.show.sentences import profile_sentence


def test_a_mixture_of_three_plans_has_one_comma_between_them():
    atlas = dt.solve("unilateral-deterrence", "nash", cells=False)
    ask = prover(atlas.domain.given)
    wide = [e for e in atlas if max(map(len, e.support)) == 3]
    assert wide  # a tie: the challenger is indifferent between all of its plans
    for e in atlas:
        said = profile_sentence(e, atlas.game, ask)
        assert ",," not in said
        assert ", ;" not in said and ",;" not in said
    [words] = {profile_sentence(e, atlas.game, ask) for e in wide}
    assert words.count(" with probability ") == 4  # three plans of the challenger, one of two of the defender
    assert ", challenge_go_on with probability " in words
