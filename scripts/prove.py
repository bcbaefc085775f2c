"""A table of what every exercise's suite refuses: mutants of the reference, impostors, and by what margin.

    scripts/prove [ITEM...]             mutants, impostors, margins
    scripts/prove --seeds N [ITEM...]   cases drawn from N seeds: what is right passes, what is wrong does not

Exit code 1 if a suite falls short.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from llmprep.bank import Bank
from llmprep.cli.paths import bank_folder, user_paths
from llmprep.errors import UsageError
from llmprep.messages.say import explain, say
from llmprep.model import Exercise, Language
from llmprep.proving.proof import Proof, prove
from llmprep.proving.seed_stability import slips

HEADER = (
    f"{'exercise':44}{'mutants':>8}{'killed':>8}{'listed':>8}{'survivors':>10}{'rate':>8}"
    f"{'impostors':>10}{'named':>8}{'others':>8}{'margin':>9}{'variant':>8}{'s':>7}"
)
KEPT = Path(__file__).resolve().parent.parent / "tests" / "bank"


def kept(folder: str, exercise: Exercise) -> dict[str, str]:
    """What the tests keep for an exercise: `solutions`, which are right, or `wrong`, each by the mistake it makes."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((KEPT / folder / exercise.id).glob("*.py"))}


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
    named = f"{f'{proof.named}/{proof.mistakes}':>8}{f'{proof.others_named}/{proof.others}':>8}"
    return f"{proof.exercise:44}{figures}{proof.impostors:10}{named}{margin}{near}{seconds:7.0f}"


def prove_seeds(bank: Bank, names: list[str], number: int) -> None:
    """Draw the cases anew, over and over."""
    print(f"{'exercise':44}{'seeds':>7}{'right':>7}{'wrong':>7}{'slips':>7}{'s':>7}")
    short = []
    for name in names:
        exercise = bank.exercise(name)
        others = kept("solutions", exercise)
        begun = time.perf_counter()
        tried = slips(exercise, bank_file=bank.source_path(name), variants=others, seeds=range(1, number + 1))
        found = [slip for _, slipped in tried for slip in slipped]
        figures = f"{number:7}{1 + len(others):7}{len(exercise.mistakes):7}{len(found):7}"
        print(f"{name:44}{figures}{time.perf_counter() - begun:7.0f}", flush=True)
        for slip in found:
            print(f"  ! seed {slip.seed}: {slip.name} {'is refused' if slip.refused else 'passes'}", flush=True)
        short += [name] if found else []
    if short:
        sys.exit(f"fall short: {', '.join(short)}")


def main() -> None:
    """Prove, and print as it goes."""
    parser = argparse.ArgumentParser(prog="scripts/prove")
    parser.add_argument("--seeds", type=int, default=0)
    parser.add_argument("items", nargs="*")
    chosen = parser.parse_args()
    cache = user_paths(os.environ).cache
    bank = Bank.open(bank_folder(), cache)
    names = [item_id(name) for name in chosen.items] or [
        summary.id for summary in bank.summaries() if summary.kind == "exercise"
    ]
    if chosen.seeds:
        prove_seeds(bank, names, chosen.seeds)
        return
    print(HEADER)
    proofs = []
    for name in names:
        try:
            exercise = bank.exercise(name)
        except UsageError as error:
            sys.exit(explain(error, Language.EN))
        begun = time.perf_counter()
        proof = prove(
            exercise,
            bank_file=bank.source_path(exercise.id),
            cache=cache,
            variants=kept("solutions", exercise),
            others=kept("wrong", exercise),
        )
        proofs.append(proof)
        print(row(proof, time.perf_counter() - begun), flush=True)
        for problem in proof.problems:
            print(f"  ! {problem.file}:{problem.line}: {say(problem.key, Language.EN, **problem.facts)}", flush=True)
    killed, mutants = sum(proof.killed for proof in proofs), sum(proof.mutants - proof.listed for proof in proofs)
    short = [proof.exercise for proof in proofs if proof.problems]
    named, others = sum(proof.others_named for proof in proofs), sum(proof.others for proof in proofs)
    print(f"{named} of {others} submissions that make a mistake in other code are told which", flush=True)
    print(
        f"{killed} of {mutants} mutants refused ({killed / max(1, mutants):.1%}), {len(proofs)} exercises", flush=True
    )
    if short:
        sys.exit(f"fall short: {', '.join(short)}")


if __name__ == "__main__":
    main()
