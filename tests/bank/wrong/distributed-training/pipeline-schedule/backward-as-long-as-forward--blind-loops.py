# llmprep: distributed-training/pipeline-schedule


class _Stage:
    def __init__(self, operations):
        self.operations = operations
        self.row = []
        self.free_at = 0

    def next_operation(self):
        return self.operations[len(self.row)] if len(self.row) < len(self.operations) else None


def _operations(s, p, m, schedule):
    if schedule == "gpipe":
        return [("F", i) for i in range(m)] + [("B", m - 1 - i) for i in range(m)]
    ahead = min(m, p - 1 - s)
    result = [("F", i) for i in range(ahead)]
    for i in range(m):
        if ahead + i < m:
            result.append(("F", ahead + i))
        result.append(("B", i))
    return result


def pipeline_schedule(stages, micro_batches, schedule, forward_time=1, backward_time=2):
    """Pipeline timetable."""
    if schedule not in ("gpipe", "1f1b"):
        raise ValueError("unknown schedule")
    if any(v < 1 for v in (stages, micro_batches, forward_time, backward_time)):
        raise ValueError("below 1")
    pipe = [_Stage(_operations(s, stages, micro_batches, schedule)) for s in range(stages)]
    finished = {}
    while any(stage.next_operation() for stage in pipe):
        for s, stage in enumerate(pipe):
            op = stage.next_operation()
            if op is None:
                continue
            kind, i = op
            before = s - 1 if kind == "F" else s + 1
            arrival = finished.get((kind, i, before)) if 0 <= before < stages else 0
            if arrival is None:
                continue
            start = max(stage.free_at, arrival)
            stage.free_at = start + forward_time
            finished[kind, i, s] = stage.free_at
            stage.row.append((f"{kind}{i}", start, stage.free_at))

    makespan = max(stage.free_at for stage in pipe)
    work = sum(end - start for stage in pipe for _, start, end in stage.row)
    peaks = []
    for stage in pipe:
        balance = [
            sum(1 if kind == "F" else -1 for kind, _ in stage.operations[: i + 1]) for i in range(len(stage.operations))
        ]
        peaks.append(max(balance))
    return {
        "timetable": [stage.row for stage in pipe],
        "makespan": makespan,
        "bubble_fraction": 1 - work / (stages * makespan),
        "peak_in_flight": peaks,
    }
