# Forged frames whose values are records that only the parent sends: unknown helpers, generators without a seed.
# llmprep: mini/shuffle
import os
import sys

frame = sys._getframe()
while "job" not in frame.f_locals:
    frame = frame.f_back
job, answer = frame.f_locals["job"], frame.f_locals["answer"]
Arguments = frame.f_globals["Arguments"]
worker = frame.f_globals["run_case"].__globals__
records = [
    worker["Bound"]("system", ("true",), {}),
    worker["Generator"](-1),
    Arguments((1,), {}),
    worker["Array"]("float64", (0, 2**63, 2**63), b""),
]
for index, inputs in enumerate(job["plans"]):
    answer("case", index, [0] if index == 0 else [records[index % len(records)]], (), False, (), 0, 0.0)
for index in job["again"]:
    answer("again", index, [0])
answer("end")
os._exit(0)


def shuffle(n, rng):
    return [0]
