"""A table of what every exercise's suite refuses: mutants of the reference, impostors, and by what margin.

Exit code 1 if a suite falls short.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from llmprep.bank import Bank
from llmprep.checking.prove import Proof, prove
from llmprep.cli.paths import bank_folder, user_paths
from llmprep.errors import UsageError
from llmprep.model import Exercise, Language
from llmprep.ui.text import explain, say

HEADER = (
    f"{'exercise':44}{'mutants':>8}{'killed':>8}{'listed':>8}{'survivors':>10}{'rate':>8}"
    f"{'impostors':>10}{'margin':>9}{'variant':>8}{'s':>7}"
)
SOLUTIONS = Path(__file__).resolve().parent.parent / "tests" / "bank" / "solutions"


def variants(exercise: Exercise) -> dict[str, str]:
    """The other right solutions that the tests keep."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((SOLUTIONS / exercise.id).glob("*.py"))}


def item_id(name: str) -> str:
    """An id as it is, and that of an item's file."""
    path = Path(name)
    return f"{path.absolute().parent.name}/{path.stem}" if path.suffix == ".yaml" else name


def row(proof: Proof, seconds: float) -> str:
    """A proof on one line."""
    least, nearest = proof.least_margin, proof.nearest_variant
    margin = f"{least.times:9.1e}" if least else f"{'':>9}"
    near = f"{nearest.times:8.1e}" if nearest else f"{'—':>8}"
    figures = f"{proof.mutants:8}{proof.killed:8}{proof.listed:8}{len(proof.survivors):10}{proof.rate:8.1%}"
    return f"{proof.exercise:44}{figures}{proof.impostors:10}{margin}{near}{seconds:7.0f}"


def main() -> None:
    """Prove, and print as it goes."""
    cache = user_paths(os.environ).cache
    bank = Bank.open(bank_folder(), cache)
    names = [item_id(name) for name in sys.argv[1:]] or [
        summary.id for summary in bank.summaries() if summary.kind == "exercise"
    ]
    print(HEADER)
    proofs = []
    for name in names:
        try:
            exercise = bank.exercise(name)
        except UsageError as error:
            sys.exit(explain(error, Language.EN))
        begun = time.perf_counter()
        proof = prove(exercise, bank_file=bank.source_path(exercise.id), cache=cache, variants=variants(exercise))
        proofs.append(proof)
        print(row(proof, time.perf_counter() - begun), flush=True)
        for survivor in proof.survivors:
            print(f"    {survivor}")
        for problem in proof.problems:
            print(f"  ! {problem.file}:{problem.line}: {say(problem.key, Language.EN, **problem.facts)}", flush=True)
    killed, mutants = sum(proof.killed for proof in proofs), sum(proof.mutants - proof.listed for proof in proofs)
    short = [proof.exercise for proof in proofs if proof.problems]
    print(
        f"{killed} of {mutants} mutants refused ({killed / max(1, mutants):.1%}), {len(proofs)} exercises", flush=True
    )
    if short:
        sys.exit(f"fall short: {', '.join(short)}")


if __name__ == "__main__":
    main()
