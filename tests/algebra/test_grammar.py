"""The grammar: trees and precedence, every message, attacks and limits."""

from __future__ import annotations

import sys
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from deterrence.algebra.grammar import (
    KEYWORDS,
    MAX_CHARACTERS,
    NAME,
    children,
    names_in,
    parse_condition,
    parse_expression,
    walk,
)
from deterrence.algebra.syntax import (
    And,
    Arithmetic,
    Call,
    Comparison,
    Name,
    Negate,
    Not,
    Number,
    Or,
    PayoffOf,
    Plays,
    Power,
    Probability,
    Quantified,
    Truth,
)
from deterrence.errors import ExpressionError


def shape(node):
    """The tree as a fully bracketed text, without positions."""
    match node:
        case Number(value):
            return str(value)
        case Name(name):
            return name
        case Truth(value):
            return str(value)
        case Negate(body):
            return f"(neg {shape(body)})"
        case Arithmetic(op, left, right):
            return f"({op} {shape(left)} {shape(right)})"
        case Power(base, exponent):
            return f"(pow {shape(base)} {exponent})"
        case Call(function, arguments):
            return f"({function} {' '.join(map(shape, arguments))})"
        case Comparison(terms, relations):
            rest = " ".join(f"{r} {shape(t)}" for r, t in zip(relations, terms[1:], strict=True))
            return f"[{shape(terms[0])} {rest}]"
        case Not(body):
            return f"(not {shape(body)})"
        case And(parts):
            return f"(and {' '.join(map(shape, parts))})"
        case Or(parts):
            return f"(or {' '.join(map(shape, parts))})"
        case Quantified(quantifier, names, body):
            return f"({quantifier} {','.join(names)} {shape(body)})"
        case Plays(place, action, kind):
            return f"{place}[{kind}]={action}" if kind else f"{place}={action}"
        case Probability(place, action, kind):
            return f"P({place}[{kind}]={action})" if kind else f"P({place}={action})"
        case PayoffOf(player, kind):
            return f"payoff({player}[{kind}])" if kind else f"payoff({player})"


EXPRESSIONS = {
    "12": "12",
    "0.1": "1/10",
    "3.50": "7/2",
    " \t h\r\n": "h",
    "W_R": "W_R",
    "P": "P",
    "P*(a)": "(* P a)",
    "payoff - P": "(- payoff P)",
    "-h": "(neg h)",
    "+h": "h",
    "-+-h": "(neg (neg h))",
    "a-b-c": "(- (- a b) c)",
    "a/b/c": "(/ (/ a b) c)",
    "a/b*c": "(* (/ a b) c)",
    "a+b*c": "(+ a (* b c))",
    "a*b+c": "(+ (* a b) c)",
    "(a+b)*c": "(* (+ a b) c)",
    "a-(b-c)": "(- a (- b c))",
    "-a**2": "(neg (pow a 2))",
    "-a*b": "(* (neg a) b)",
    "-a+b": "(+ (neg a) b)",
    "2*-a": "(* 2 (neg a))",
    "2*-a**2*b": "(* (* 2 (neg (pow a 2))) b)",
    "a**-8": "(pow a -8)",
    "a**(-2)": "(pow a -2)",
    "a**(3)*b": "(* (pow a 3) b)",
    "(a**2)**3": "(pow (pow a 2) 3)",
    "min(a, 1, b)": "(min a 1 b)",
    "max(a, -b)": "(max a (neg b))",
    "abs(a - b)*c": "(* (abs (- a b)) c)",
    "sqrt(a)": "(sqrt a)",
    "diff(a*b, b)": "(diff (* a b) b)",
    "exists1 + not_ + diffx": "(+ (+ exists1 not_) diffx)",
}

CONDITIONS = {
    "true": "True",
    "not false": "(not False)",
    "x>0": "[x > 0]",
    "0 < p <= 1": "[0 < p <= 1]",
    "a!=b==c>=d": "[a != b == c >= d]",
    "a + 1 < b * 2": "[(+ a 1) < (* b 2)]",
    "a>0 and b>0 and c>0": "(and [a > 0] [b > 0] [c > 0])",
    "a>0 or b>0 or c>0": "(or [a > 0] [b > 0] [c > 0])",
    "a>0 and b>0 or c>0": "(or (and [a > 0] [b > 0]) [c > 0])",
    "a>0 or b>0 and c>0": "(or [a > 0] (and [b > 0] [c > 0]))",
    "(a>0 or b>0) and c>0": "(and (or [a > 0] [b > 0]) [c > 0])",
    "((a)>(0))": "[a > 0]",
    "(a + b) > 0 and ((b) > 1)": "(and [(+ a b) > 0] [b > 1])",
    "not a>0 and b>0": "(and (not [a > 0]) [b > 0])",
    "not (a>0 and b>0)": "(not (and [a > 0] [b > 0]))",
    "not not a>0": "(not (not [a > 0]))",
    "exists x: a>x and b>x or c>x": "(exists x (or (and [a > x] [b > x]) [c > x]))",
    "forall x, y: a>x": "(forall x,y [a > x])",
    "c>0 and exists x: a>x or b>x": "(and [c > 0] (exists x (or [a > x] [b > x])))",
    "(exists x: a>x) or b>0": "(or (exists x [a > x]) [b > 0])",
    "not exists x: a>x": "(not (exists x [a > x]))",
    "exists x: forall y: x>y": "(exists x (forall y [x > y]))",
    "c >= h*m or d < 2*(g*(1 - m) + r)": "(or [c >= (* h m)] [d < (* 2 (+ (* g (- 1 m)) r))])",
}

PLAY = {
    "us = strike": "us=strike",
    "not us=strike or militia = halt": "(or (not us=strike) militia=halt)",
    "answer[soft] = resist": "answer[soft]=resist",
    "P(militia = continue) == 1": "[P(militia=continue) == 1]",
    "0 < P(open[soft] = challenge) < 1": "[0 < P(open[soft]=challenge) < 1]",
    "payoff(us) >= payoff(militia) + P*2": "[payoff(us) >= (+ payoff(militia) (* P 2))]",
    "(us = strike) and P > 0": "(and us=strike [P > 0])",
}


@pytest.mark.parametrize(("text", "tree"), EXPRESSIONS.items())
def test_expression_trees(text, tree):
    assert shape(parse_expression(text)) == tree
    assert shape(parse_expression(text, play=True)) == tree


@pytest.mark.parametrize(("text", "tree"), CONDITIONS.items())
def test_condition_trees(text, tree):
    assert shape(parse_condition(text)) == tree
    assert shape(parse_condition(text, play=True)) == tree


@pytest.mark.parametrize(("text", "tree"), PLAY.items())
def test_claim_predicates_only_with_play(text, tree):
    assert shape(parse_condition(text, play=True)) == tree
    with pytest.raises(ExpressionError):
        parse_condition(text)


def test_play_in_an_expression():
    tree = parse_expression("2*P(us = strike) - payoff(us)", play=True)
    assert shape(tree) == "(- (* 2 P(us=strike)) payoff(us))"


def test_positions_point_into_the_text():
    text = "a + min(b, c/d)**2 < exx"
    tree = parse_condition(text)
    at = {
        type(n).__name__ + getattr(n, "op", getattr(n, "name", "")): n.position
        for n in walk(tree)
        if hasattr(n, "position")
    }
    assert at == {
        "Comparison": text.index("<"),
        "Arithmetic+": text.index("+"),
        "Power": text.index("**"),
        "Call": text.index("min"),
        "Arithmetic/": text.index("/"),
        "Namea": 0,
        "Nameb": text.index("b"),
        "Namec": text.index("c/"),
        "Named": text.index("d)"),
        "Nameexx": text.index("exx"),
    }  # fmt: skip
    probability = parse_expression("1 + P(us = strike)", play=True).right
    assert probability == Probability("us", "strike", None, 4)


def test_names_and_children():
    tree = parse_condition("exists s, t: rho*s >= g and not diff(a*b, b) < min(1, c)")
    assert names_in(tree) == {"s", "t", "rho", "g", "a", "b", "c"}
    assert names_in(parse_condition("us = strike and P(us = strike) > p*payoff(us)", play=True)) == {"p"}
    assert children(parse_expression("a - b")) == (Name("a", 0), Name("b", 4))
    assert [shape(n) for n in walk(parse_expression("a*b + c"))] == [
        "(+ (* a b) c)",
        "(* a b)",
        "a",
        "b",
        "c",
    ]


def test_name_pattern():
    assert all(NAME.fullmatch(good) for good in ("h", "W_R", "c2", "Lambda_"))
    assert not any(NAME.fullmatch(bad) for bad in ("", "_h", "2h", "h-m", "h m", "é", "h\n", "٣"))
    words = "and or not exists forall true false min max abs diff sqrt when id label group state signal"
    assert set(words.split()) == KEYWORDS


# --- messages: (text, position from zero, part of the problem, part of the remedy) ---

BAD = [
    ("", 0, "no expression", "write one"),
    ("   ", 0, "no expression", "write one"),
    ("a b", 2, "'b' cannot stand here", "operator is missing"),
    ("2(a)", 1, "'(' cannot stand here", "operator is missing"),
    ("2x", 0, "runs into the name 'x'", "2*x"),
    ("(a", 2, "ends too early", "not closed"),
    ("a)", 1, "')' cannot stand here", "not opened"),
    ("()", 1, "')' cannot stand here", "expected is a number"),
    ("a +", 3, "ends too early", "expected is a number"),
    ("a ^ 2", 2, "'^' is not allowed", "write **"),
    ("a ** 9", 5, "exponent 9 is too large", "-8 to 8"),
    ("9**9**9", 3, "exponent 9 is too large", "-8 to 8"),
    ("2**2**2", 4, "power of a power", "(x**2)**3"),
    ("a**b", 3, "'b' cannot stand here", "whole number"),
    ("a**(1/2)", 5, "'/' cannot stand here", "sqrt"),
    ("a**0.5", 3, "'0.5' cannot stand here", "sqrt"),
    ("1e-3", 0, "scientific notation", "0.001"),
    ("1E5*a", 0, "scientific notation", "1/1000"),
    (".5", 0, "'.' is not allowed", "0.5"),
    ("5.", 0, "malformed number", "0.5"),
    ("1.2.3", 0, "malformed number", "0.5"),
    ("1_000", 0, "malformed number", "without separators"),
    ("1" * 31, 0, "31 digits, more than the 30", "round it"),
    ("0." + "1" * 30, 0, "31 digits, more than the 30", "round it"),
    ("nan", 0, "'nan' is not a number", "declared parameter"),
    ("1 + -inf", 5, "'inf' is not a number", "declared parameter"),
    ("Infinity", 0, "'Infinity' is not a number", "declared parameter"),
    ("exp(a)", 0, "no function 'exp'", "min, max, abs, diff, sqrt"),
    ("a*h(1)", 2, "no function 'h'", "h*(…)"),
    ("min(a)", 0, "min has 1 argument", "min(a, b)"),
    ("sqrt(a, b)", 0, "sqrt has 2 argument", "sqrt(a)"),
    ("diff(a, 2)", 0, "one parameter", "diff(a, x)"),
    ("diff(a, b, c)", 0, "one parameter", "diff(a, x)"),
    ("min + 1", 0, "'min' is a function", "min(a, b)"),
    ("when + 1", 0, "'when' is a word of the grammar", "expected is a number"),
    ("a.b", 1, "'.' is not allowed", "names contain no dots"),
    ("_a", 0, "'_' is not allowed", "starts with a letter"),
    ("'a'", 0, "is not allowed", "without quotes"),
    ("a\0b", 1, "U+0000 is not allowed", "ASCII letters"),
    ("ä", 0, "'ä' is not allowed", "ASCII letters"),
    ("a \N{GREATER-THAN OR EQUAL TO} b", 2, "is not allowed", "write >="),
    ("a // b", 2, "'//' is not in the grammar", "write /"),
    ("a, b", 1, "',' cannot stand here", "operator is missing"),
    ("a < b", 0, "a condition stands where an expression is needed", "without comparisons"),
    ("1 + (a < b)", 2, "a condition stands where an expression", "without comparisons"),
    ("a[1]", 1, "'[' cannot stand here", "operator is missing"),
    ("P(us = strike)", 0, "only in a claim about play", "P*(…)"),
    ("payoff(us)", 0, "only in a claim about play", "payoff*(…)"),
]

BAD_CONDITIONS = [
    ("a", 0, "an expression stands where a condition is needed", "x > 0"),
    ("a and b > 0", 2, "an expression stands where a condition is needed", "x > 0"),
    ("not a", 0, "an expression stands where a condition is needed", "x > 0"),
    ("a = b", 2, "single =", "write == to compare"),
    ("a < b = c", 6, "single =", "write == to compare"),
    ("a => b", 2, "'=>' is not in the grammar", "write >="),
    ("a =< b", 2, "'=<' is not in the grammar", "write <="),
    ("a <> b", 2, "'<>' is not in the grammar", "write !="),
    ("a > 0 && b > 0", 6, "'&&' is not in the grammar", "write and"),
    ("a > 0 | b > 0", 6, "'|' is not allowed", "write or"),
    ("!a", 0, "'!' is not allowed", "write not"),
    ("(a < b) < c", 8, "a condition stands where an expression", "without comparisons"),
    ("a == not b", 5, "an expression stands", "x > 0"),
    ("a < b <", 7, "ends too early", "expected is a number"),
    ("exists x", 8, "ends too early", "exists x, y: condition"),
    ("exists 2: a > 0", 7, "'2' cannot stand here", "exists x, y: condition"),
    ("forall min: a > 0", 7, "'min' is a word of the grammar", "forall x, y: condition"),
    ("exists x, x: x > 0", 0, "quantified twice", "once"),
    ("exists x: x", 0, "an expression stands", "x > 0"),
    ("a > 0 and", 9, "ends too early", "expected is a number"),
]

BAD_PLAY = [
    ("us == strike = a", 3, "a condition stands where", "without comparisons"),
    ("x = 1", 4, "'1' cannot stand here", "write == to compare"),
    ("P(us = strike) = 1", 15, "single =", "write == to compare"),
    ("P(us == strike) > 0", 5, "== compares numbers", "player = action"),
    ("P(us) > 0", 4, "')' cannot stand here", "player = action"),
    ("P(us = and) > 0", 7, "'and' is a word of the grammar", "action"),
    ("payoff(1) > 0", 7, "'1' cannot stand here", "payoff(player)"),
    ("us[soft] > 0", 9, "'>' cannot stand here", "player = action"),
    ("us = strike + 1", 12, "a condition stands where", "without comparisons"),
]


@pytest.mark.parametrize(
    ("parse", "play", "text", "position", "problem", "remedy"),
    [(parse_expression, False, *row) for row in BAD]
    + [(parse_condition, False, *row) for row in BAD_CONDITIONS]
    + [(parse_condition, True, *row) for row in BAD_PLAY],
)
def test_messages_name_the_place_the_problem_and_the_remedy(parse, play, text, position, problem, remedy):
    with pytest.raises(ExpressionError) as caught:
        parse(text, play=play)
    assert (caught.value.position, caught.value.text) == (position, text)
    assert problem in caught.value.problem
    assert remedy in caught.value.remedy
    assert f"at character {position + 1} of" in str(caught.value)


# --- attacks and limits ---

ATTACKS = [
    "__import__('os')",
    "().__class__.__base__.__subclasses__()",
    "lambda: 1",
    "(lambda x: x)(1)",
    "[x for x in y]",
    "{1: 2}",
    "x if y else z",
    "x := 1",
    "open('/etc/passwd').read()",
    "eval('1')",
    "exec",
    "f'{x}'",
    "a; b",
    "a\\b",
    "#",
    "@",
    "`a`",
    "$a",
    "9**9**9",
    "9**99999999999",
    "9**(9**9)",
    "(" * 10_000 + ")" * 10_000,
    "(" * 10_000,
    "(" * 1900 + "a" + ")" * 1900,
    "-" * 3900 + "a",
    "- not " * 600 + "a",
    "a + not " * 400 + "a",
    "a < not " * 400 + "a",
    "min(" * 900 + "a",
    "P(" * 900,
    "not " * 900 + "a < b",
    "not (" * 700 + "a < b",
    "exists x: " * 300 + "a < b",
    "not exists x: " * 200 + "a < b",
    "+".join("a" * 1500),
    "*".join("a" * 1500),
    "1" * 3900,
    "0" * 3900,
    "1e999999999",
    "0x" + "f" * 1000,
    "a" * 1_000_000,
    "\0" * 100,
    "\ud800",
    "\N{FULLWIDTH LATIN SMALL LETTER A}",
    "\N{ARABIC-INDIC DIGIT THREE}",
    "a\N{NO-BREAK SPACE}b",
    "a\fb",
    "1,",
    "True is True",
    "~a",
    "a @ b",
    "a % b",
    "a <- b" + "<" * 1000,
    "1j",
    "...",
]


@pytest.mark.parametrize("text", ATTACKS, ids=range(len(ATTACKS)))
@pytest.mark.parametrize("play", [False, True])
def test_attacks_are_refused_at_once(text, play):
    if text == "exec":
        assert parse_expression(text) == Name("exec", 0)  # a name like any other
        return
    start = time.perf_counter()
    for parse in (parse_expression, parse_condition):
        with pytest.raises(ExpressionError) as caught:
            parse(text, play=play)
        assert len(str(caught.value)) < 500
    assert time.perf_counter() - start < 1


def test_long_flat_texts_within_the_limits_are_read():
    assert len(parse_condition("<".join("1" * 900)).terms) == 900
    assert len(parse_condition(" or ".join(["a<b"] * 500)).parts) == 500
    assert len(parse_expression("min(" + ",".join("a" * 64) + ")").arguments) == 64
    high = parse_expression("+".join("a" * 200))
    assert names_in(high) == {"a"}
    assert high == parse_expression("+".join("a" * 200)) and hash(high) and repr(high)
    assert shape(parse_expression("(" * 60 + "a" + ")" * 60)) == "a"
    assert parse_expression(" " * (MAX_CHARACTERS - 1) + "a") == Name("a", MAX_CHARACTERS - 1)


@pytest.mark.parametrize(
    "text",
    [
        "+".join("a" * 201),
        "(" * 61 + "a" + ")" * 61,
        " " * MAX_CHARACTERS + "a",
        "min(" + ",".join("a" * 1999) + ",b)",
    ],
)
def test_one_past_a_limit_is_refused(text):
    with pytest.raises(ExpressionError, match="more than"):
        parse_expression(text)


def test_the_worst_nesting_stays_far_from_the_recursion_limit():
    texts = ["(not -(" * 15 + "a", "min(1, -(" * 29 + "a", "exists x: not (" * 20 + "a", "a*(b+-(" * 29 + "a"]
    limit = sys.getrecursionlimit()
    frame, depth = sys._getframe(), 0
    while frame is not None:
        frame, depth = frame.f_back, depth + 1
    try:
        sys.setrecursionlimit(depth + 450)
        for text in texts:
            with pytest.raises(ExpressionError):
                parse_condition(text)
    finally:
        sys.setrecursionlimit(limit)


WORDS = """( ) not and or exists|x: forall|y,z: a b P payoff min diff sqrt 1 0.5 ** 2 * / + - < <= == =  , :
[ ] when true inf"""
FRAGMENTS = st.sampled_from(WORDS.split()).map(lambda word: " " + word.replace("|", " "))


@settings(deadline=None, max_examples=500)
@given(
    text=st.one_of(st.text(max_size=60), st.lists(FRAGMENTS, max_size=40).map("".join)), play=st.booleans()
)
@example(text="a + not a + not a", play=False)
@example(text="exists", play=True)
def test_any_text_gives_a_tree_or_an_expression_error(text, play):
    for parse in (parse_expression, parse_condition):
        try:
            tree = parse(text, play=play)
        except ExpressionError as error:
            assert 0 <= error.position <= len(text)
            assert error.problem and error.remedy
        else:
            assert tree == parse(text, play=play) and hash(tree) == hash(parse(text, play=play))
            assert shape(tree)
