# llmprep: distributed-training/pipeline-schedule
import numpy as np


def _stage_order(stage, stages, micro_batches, schedule):
    """The (kind, micro-batch) operations of one stage in their fixed order."""
    forwards = [("F", i) for i in range(micro_batches)]
    backwards = [("B", i) for i in range(micro_batches)]
    if schedule == "gpipe":
        return forwards + backwards[::-1]
    warmup = min(micro_batches, stages - 1 - stage)
    steady = [op for pair in zip(forwards[warmup:], backwards) for op in pair]
    return forwards[:warmup] + steady + backwards[micro_batches - warmup :]


def pipeline_schedule(stages, micro_batches, schedule, forward_time=1, backward_time=2):
    """Play one training step through the pipeline.

    Return a dict: timetable, makespan, bubble_fraction, peak_in_flight.
    """
    if schedule not in ("gpipe", "1f1b"):
        raise ValueError("unknown schedule")
    if min(stages, micro_batches, forward_time, backward_time) < 1:
        raise ValueError("all sizes and times must be at least 1")

    orders = [_stage_order(s, stages, micro_batches, schedule) for s in range(stages)]
    # Times at which each result exists; -1 is not yet. Row 0 of forward_end is the input of the first stage.
    forward_end = np.full((stages + 1, micro_batches), -1, dtype=np.int64)
    backward_end = np.full((stages, micro_batches), -1, dtype=np.int64)
    forward_end[0] = 0

    timetable = [[] for _ in range(stages)]
    clocks = [0] * stages
    left = 2 * stages * micro_batches
    while left:
        for s, row in enumerate(timetable):
            while len(row) < len(orders[s]):
                kind, i = orders[s][len(row)]
                if kind == "F":
                    ready, duration, done = forward_end[s, i], forward_time, forward_end[s + 1]
                else:
                    ready = backward_end[s + 1, i] if s + 1 < stages else forward_end[stages, i]
                    duration, done = backward_time, backward_end[s]
                if ready < 0:
                    break
                start = max(clocks[s], int(ready))
                clocks[s] = start + duration
                done[i] = clocks[s]
                row.append((f"{kind}{i}", start, clocks[s]))
                left -= 1

    makespan = max(clocks)
    busy = micro_batches * (forward_time + backward_time)
    held = np.cumsum([[1 if kind == "F" else -1 for kind, _ in order] for order in orders], axis=1)
    return {
        "timetable": timetable,
        "makespan": makespan,
        "bubble_fraction": (makespan - busy) / makespan,
        "peak_in_flight": held.max(axis=1).tolist(),
    }
