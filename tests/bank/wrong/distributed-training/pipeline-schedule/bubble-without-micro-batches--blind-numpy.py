# llmprep: distributed-training/pipeline-schedule
import numpy as np


def pipeline_schedule(stages, micro_batches, schedule, forward_time=1, backward_time=2):
    """Timetable and summary numbers of one pipeline-parallel step."""
    if schedule != "gpipe" and schedule != "1f1b":
        raise ValueError("schedule must be gpipe or 1f1b")
    if any(value < 1 for value in (stages, micro_batches, forward_time, backward_time)):
        raise ValueError("sizes and times start at 1")

    pending = []
    for stage in range(stages):
        if schedule == "gpipe":
            order = [f"F{i}" for i in range(micro_batches)] + [f"B{i}" for i in reversed(range(micro_batches))]
        else:
            ahead = min(micro_batches, stages - 1 - stage)
            order = [f"F{i}" for i in range(ahead)]
            for i in range(micro_batches):
                order += [f"F{ahead + i}"] * (ahead + i < micro_batches) + [f"B{i}"]
        pending.append(order[::-1])

    finished = {}
    timetable = [[] for _ in range(stages)]
    while any(pending):
        for stage in range(stages):
            while pending[stage]:
                name = pending[stage][-1]
                if name[0] == "F":
                    needs = (stage - 1, name) if stage else None
                elif stage == stages - 1:
                    needs = (stage, "F" + name[1:])
                else:
                    needs = (stage + 1, name)
                if needs is not None and needs not in finished:
                    break
                free = timetable[stage][-1][2] if timetable[stage] else 0
                start = max(free, finished.get(needs, 0))
                end = start + (forward_time if name[0] == "F" else backward_time)
                timetable[stage].append((name, start, end))
                finished[stage, name] = end
                pending[stage].pop()

    steps = np.array([[1 if name[0] == "F" else -1 for name, _, _ in row] for row in timetable])
    return {
        "timetable": timetable,
        "makespan": max(row[-1][2] for row in timetable),
        "bubble_fraction": (stages - 1) / stages,
        "peak_in_flight": [int(peak) for peak in steps.cumsum(axis=1).max(axis=1)],
    }
