def pipeline_schedule(stages, micro_batches, schedule, forward_time=1, backward_time=2):
    if schedule not in {"gpipe", "1f1b"}:
        raise ValueError
    if stages < 1 or micro_batches < 1 or forward_time < 1 or backward_time < 1:
        raise ValueError
    orders = []
    for s in range(stages):
        if schedule == "gpipe":
            ops = [("F", m) for m in range(micro_batches)] + [("B", m) for m in reversed(range(micro_batches))]
        else:
            warm = min(stages - s - 1, micro_batches)
            ops, f = [("F", m) for m in range(warm)], warm
            for m in range(micro_batches):
                if f < micro_batches:
                    ops.append(("F", f))
                    f += 1
                ops.append(("B", m))
        orders.append(ops)
    done, table, at, clock = {}, [[] for _ in range(stages)], [0] * stages, [0] * stages
    while any(at[s] < len(orders[s]) for s in range(stages)):
        for s in range(stages):
            while at[s] < len(orders[s]):
                kind, m = orders[s][at[s]]
                before = (kind, m, s - 1) if kind == "F" else (kind, m, s + 1)
                edge = s == 0 if kind == "F" else s == stages - 1
                if not edge and before not in done:
                    break
                begin = max(clock[s], 0 if edge else done[before])
                end = begin + (forward_time if kind == "F" else backward_time)
                done[kind, m, s] = clock[s] = end
                table[s].append((f"{kind}{m}", begin, end))
                at[s] += 1
    makespan = max(clock)
    ideal = micro_batches * (forward_time + backward_time)
    peaks = []
    for ops in orders:
        held = most = 0
        for kind, _ in ops:
            held += 1 if kind == "F" else -1
            most = max(most, held)
        peaks.append(most)
    return {"timetable": table, "makespan": makespan, "bubble_fraction": makespan / ideal - 1, "peak_in_flight": peaks}
