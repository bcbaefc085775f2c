"""Prove that every exercise's suite refuses its mistakes, the mutants of its reference and impostors.

    scripts/prove                       what is missing or stale in the ledger, tests/bank/proofs.jsonl
    scripts/prove --all                 everything
    scripts/prove ITEM...               these
    scripts/prove --seeds N [ITEM...]   cases drawn from N seeds: what is right passes, what is wrong does not

Each proof is recorded as soon as it is made: an interrupted run goes on where it was.
Exit code 1 if a suite falls short.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING

from llmprep.bank import Bank
from llmprep.cli.paths import bank_folder, user_paths
from llmprep.errors import UsageError
from llmprep.files import write_whole
from llmprep.messages.say import explain, say
from llmprep.model import Exercise, Language
from llmprep.proving.ledger import line_of, render
from llmprep.proving.proof import Programs, Proof
from llmprep.proving.prover import prove
from llmprep.proving.seed_stability import find_flakes

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from kept import LEDGER, bases, read_ledger, right_programs, unproved, wrong_programs

if TYPE_CHECKING:
    from llmprep.proving.ledger import Basis, Line

HEADER = (
    f"{'exercise':44}{'mutants':>8}{'killed':>8}{'listed':>8}{'survivors':>10}{'rate':>8}"
    f"{'impostors':>10}{'named':>8}{'others':>8}{'margin':>9}{'variant':>8}{'s':>7}"
)


def item_id(name: str) -> str:
    """Return an id as it is, and for an item's file the item's id."""
    path = Path(name)
    return f"{path.absolute().parent.name}/{path.stem}" if path.suffix == ".yaml" else name


def row(proof: Proof, seconds: float) -> str:
    """Format a proof on one line."""
    least, nearest = proof.least_margin, proof.nearest_variant
    margin = f"{least.times:9.1e}" if least else f"{'':>9}"
    near = f"{nearest.times:8.1e}" if nearest else f"{'—':>8}"
    figures = f"{proof.mutants:8}{proof.killed:8}{proof.listed:8}{len(proof.survivors):10}{proof.rate:8.1%}"
    named = f"{f'{proof.named}/{proof.mistakes}':>8}{f'{proof.others_named}/{proof.others}':>8}"
    return f"{proof.exercise:44}{figures}{proof.impostors:10}{named}{margin}{near}{seconds:7.0f}"


def prove_seeds(exercises: list[Exercise], number: int) -> list[str]:
    """Draw the cases anew, over and over; the exercises that fall short."""
    print(f"{'exercise':44}{'seeds':>7}{'right':>7}{'wrong':>7}{'flakes':>7}{'s':>7}")
    short = []
    for exercise in exercises:
        others = right_programs(exercise)
        begun = time.perf_counter()
        tried = find_flakes(exercise, variants=others, seeds=range(1, number + 1))
        found = [flake for _, flakes in tried for flake in flakes]
        figures = f"{number:7}{1 + len(others):7}{len(exercise.mistakes):7}{len(found):7}"
        print(f"{exercise.id:44}{figures}{time.perf_counter() - begun:7.0f}", flush=True)
        for flake in found:
            print(f"  ! seed {flake.seed}: {flake.name} {'is refused' if flake.refused else 'passes'}", flush=True)
        short += [exercise.id] if found else []
    return short


def prove_one(cache: Path, exercise: Exercise) -> tuple[Proof, float]:
    """Prove one exercise; the proof and the seconds that it took."""
    begun = time.perf_counter()
    proof = prove(
        exercise,
        cache,
        Programs(right_programs(exercise), wrong_programs(exercise)),
        jobs=1,
    )
    return proof, time.perf_counter() - begun


def record(proof: Proof, basis: Basis) -> None:
    """Put a proof's line into the ledger, or take it out if the exercise falls short."""
    lines = read_ledger()
    lines.pop(proof.exercise, None)
    if not proof.problems:
        lines[proof.exercise] = line_of(proof, basis)
    write_ledger(lines)


def write_ledger(lines: dict[str, Line]) -> None:
    """Write the ledger, whole or not at all."""
    write_whole(LEDGER, render(lines.values()).encode())


def prove_all(cache: Path, exercises: list[Exercise], jobs: int) -> list[str]:
    """Prove exercises, some at a time, and record each; those that fall short."""
    wanted = bases(exercises)
    print(HEADER)
    proofs = []
    with ThreadPoolExecutor(jobs) as pool:
        running = [pool.submit(prove_one, cache, exercise) for exercise in exercises]
        try:
            for done in as_completed(running):
                proof, seconds = done.result()
                proofs.append(proof)
                record(proof, wanted[proof.exercise])
                print(row(proof, seconds), flush=True)
                for one in proof.problems:
                    print(f"  ! {one.file}:{one.line}: {say(one.key, Language.EN, **one.facts)}", flush=True)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    named, others = sum(proof.others_named for proof in proofs), sum(proof.others for proof in proofs)
    killed, mutants = sum(proof.killed for proof in proofs), sum(proof.mutants - proof.listed for proof in proofs)
    print(f"{named} of {others} submissions that make a mistake in other code are told which")
    print(f"{killed} of {mutants} mutants refused ({killed / max(1, mutants):.1%}), {len(proofs)} exercises")
    return sorted(proof.exercise for proof in proofs if proof.problems)


def main() -> None:
    """Prove, and print as it goes."""
    parser = argparse.ArgumentParser(prog="scripts/prove")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--seeds", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("items", nargs="*")
    chosen = parser.parse_args()
    cache = user_paths(os.environ).cache
    bank = Bank.open(bank_folder(), cache)
    known = [summary.id for summary in bank.summaries() if summary.kind == "exercise"]
    try:
        exercises = [bank.exercise(name) for name in [*map(item_id, chosen.items)] or known]
    except UsageError as error:
        sys.exit(explain(error, Language.EN))
    if chosen.seeds:
        short = prove_seeds(exercises, chosen.seeds)
    else:
        # An exercise that is gone leaves no line.
        write_ledger({item: line for item, line in read_ledger().items() if item in known})
        if not chosen.items and not chosen.all:
            open_ones = set(unproved(exercises))
            exercises = [exercise for exercise in exercises if exercise.id in open_ones]
        short = prove_all(cache, exercises, chosen.jobs) if exercises else []
    if not chosen.seeds and not exercises:
        print("The ledger is up to date.")
    if short:
        sys.exit(f"fall short: {', '.join(short)}")


if __name__ == "__main__":
    main()
