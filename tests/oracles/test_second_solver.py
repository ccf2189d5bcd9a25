"""Exported proofs put to cvc5, a solver that shares no code with z3: it may run out of time, never disagree.

cvc5 ignores its own time limit inside coverings, so each batch runs in a process that can be killed.
"""

import subprocess
import sys

import pytest

from deterrence.catalogue.models import load, solve
from deterrence.catalogue.proofs import write_claim_proofs, write_proofs

ONE_FILE = """
import sys, cvc5
solver = cvc5.Solver()
parser = cvc5.InputParser(solver)
parser.setFileInput(cvc5.InputLanguage.SMT_LIB_2_6, sys.argv[1])
symbols = parser.getSymbolManager()
while not (command := parser.nextCommand()).isNull():
    text = str(command.invoke(solver, symbols)).strip()
    if text:
        print(text)
"""


def second_opinion(path):
    try:
        done = subprocess.run(
            [sys.executable, "-c", ONE_FILE, str(path)], capture_output=True, text=True, timeout=10
        )
    except subprocess.TimeoutExpired:
        return "timeout"
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("name", ["strike-restrain", "inspection", "chicken"])
def test_cvc5_never_disagrees_and_settles_most(name, tmp_path):
    model = load(name)
    write_proofs(solve(model), name, tmp_path)
    write_claim_proofs(model, tmp_path)
    answers = {p.name: second_opinion(p) for p in sorted(tmp_path.glob("*.smt2"))}
    assert answers
    assert "sat" not in answers.values(), answers
    settled = [a for a in answers.values() if a == "unsat"]
    assert len(settled) >= 0.8 * len(answers), answers
