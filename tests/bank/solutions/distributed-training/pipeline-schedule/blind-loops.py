# llmprep: distributed-training/pipeline-schedule


def _order(stage, p, m, schedule):
    if schedule == "gpipe":
        return [("F", i) for i in range(m)] + [("B", i) for i in range(m - 1, -1, -1)]
    warm_up = min(m, p - 1 - stage)
    order = [("F", i) for i in range(warm_up)]
    done_backward = 0
    for i in range(warm_up, m):
        order.append(("F", i))
        order.append(("B", done_backward))
        done_backward += 1
    for i in range(done_backward, m):
        order.append(("B", i))
    return order


def pipeline_schedule(stages, micro_batches, schedule, forward_time=1, backward_time=2):
    """Simulate one pipelined step under GPipe or 1F1B; gives timetable, makespan, bubble and peaks."""
    if schedule != "gpipe" and schedule != "1f1b":
        raise ValueError("schedule must be 'gpipe' or '1f1b'")
    for number in (stages, micro_batches, forward_time, backward_time):
        if number < 1:
            raise ValueError("stages, micro-batches and times must be at least 1")
    p, m = stages, micro_batches
    orders = [_order(s, p, m, schedule) for s in range(p)]
    timetable = [[] for _ in range(p)]
    clock = [0] * p
    ended = {}

    remaining = 2 * m * p
    while remaining:
        for s in range(p):
            while len(timetable[s]) < len(orders[s]):
                kind, i = orders[s][len(timetable[s])]
                if kind == "F":
                    need = ("F", i, s - 1) if s > 0 else None
                    duration = forward_time
                else:
                    need = ("B", i, s + 1) if s < p - 1 else ("F", i, s)
                    duration = backward_time
                if need is not None and need not in ended:
                    break
                start = clock[s] if need is None else max(clock[s], ended[need])
                end = start + duration
                clock[s] = end
                ended[kind, i, s] = end
                timetable[s].append((kind + str(i), start, end))
                remaining -= 1

    makespan = max(clock)
    busy = m * (forward_time + backward_time)
    peaks = []
    for order in orders:
        held, peak = 0, 0
        for kind, _ in order:
            held += 1 if kind == "F" else -1
            peak = max(peak, held)
        peaks.append(peak)
    return {
        "timetable": timetable,
        "makespan": makespan,
        "bubble_fraction": (makespan - busy) / makespan,
        "peak_in_flight": peaks,
    }
