# llmprep: distributed-training/pipeline-schedule
import numpy as np


def _order(stage, p, m, schedule):
    """Signed operations of a stage: i + 1 for forward i, -(i + 1) for backward i."""
    forward = np.arange(1, m + 1)
    if schedule == "gpipe":
        return np.concatenate([forward, -forward[::-1]])
    warm = min(m, p - 1 - stage)
    middle = np.stack([forward[warm:], -forward[: m - warm]], axis=1).ravel()
    return np.concatenate([forward[:warm], middle, -forward[m - warm :]])


def pipeline_schedule(stages, micro_batches, schedule, forward_time=1, backward_time=2):
    """Simulate a pipeline step stage by stage."""
    if schedule not in {"gpipe", "1f1b"}:
        raise ValueError(schedule)
    if stages < 1 or micro_batches < 1 or forward_time < 1 or backward_time < 1:
        raise ValueError("arguments below 1")

    duration = forward_time
    orders = [_order(s, stages, micro_batches, schedule).tolist() for s in range(stages)]
    ends = {}
    rows = [[] for _ in orders]
    progress = True
    while progress:
        progress = False
        for s, (order, row) in enumerate(zip(orders, rows)):
            if len(row) == len(order):
                continue
            op = order[len(row)]
            if op > 0:
                ready = 0 if s == 0 else ends.get((s - 1, op))
            else:
                ready = ends.get((s, -op) if s == stages - 1 else (s + 1, op))
            if ready is None:
                continue
            start = max(ready, row[-1][2] if row else 0)
            ends[s, op] = start + duration
            row.append((("F" if op > 0 else "B") + str(abs(op) - 1), start, start + duration))
            progress = True

    makespan = max(ends.values())
    working = sum(end - start for row in rows for _, start, end in row)
    return {
        "timetable": rows,
        "makespan": makespan,
        "bubble_fraction": 1 - working / (stages * makespan),
        "peak_in_flight": np.cumsum(np.sign(orders), axis=1).max(axis=1).tolist(),
    }
