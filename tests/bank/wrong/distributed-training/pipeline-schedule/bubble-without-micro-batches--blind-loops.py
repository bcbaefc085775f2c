# llmprep: distributed-training/pipeline-schedule


def pipeline_schedule(stages, micro_batches, schedule, forward_time=1, backward_time=2):
    """Pipeline timetable."""
    if schedule not in ("gpipe", "1f1b"):
        raise ValueError("schedule")
    if min(stages, micro_batches, forward_time, backward_time) < 1:
        raise ValueError("numbers")

    plan = []
    for s in range(stages):
        if schedule == "gpipe":
            ops = ["F%d" % i for i in range(micro_batches)] + ["B%d" % i for i in reversed(range(micro_batches))]
        else:
            warm = min(micro_batches, stages - 1 - s)
            fwd = ["F%d" % i for i in range(micro_batches)]
            bwd = ["B%d" % i for i in range(micro_batches)]
            ops = fwd[:warm]
            fwd = fwd[warm:]
            while fwd:
                ops.append(fwd.pop(0))
                ops.append(bwd.pop(0))
            ops += bwd
        plan.append(ops)

    done = {}
    pointer = [0] * stages
    rows = [[] for _ in range(stages)]
    progress = True
    while progress:
        progress = False
        for s in range(stages):
            if pointer[s] == len(plan[s]):
                continue
            op = plan[s][pointer[s]]
            ready = rows[s][-1][2] if rows[s] else 0
            source = s - 1 if op[0] == "F" else s + 1
            if 0 <= source < stages:
                if (source, op) not in done:
                    continue
                ready = max(ready, done[source, op])
            finish = ready + (forward_time if op[0] == "F" else backward_time)
            done[s, op] = finish
            rows[s].append((op, ready, finish))
            pointer[s] += 1
            progress = True

    peaks = []
    for ops in plan:
        level = best = 0
        for op in ops:
            level += 1 if op[0] == "F" else -1
            best = max(best, level)
        peaks.append(best)
    return {
        "timetable": rows,
        "makespan": max(row[-1][2] for row in rows),
        "bubble_fraction": (stages - 1) / stages,
        "peak_in_flight": peaks,
    }
