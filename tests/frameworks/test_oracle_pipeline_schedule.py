"""Laws: each stage's order is the one in which torch's pipeline schedules run it; the times are SciPy's longest paths
through the graph of what waits for what.
"""

import json
from datetime import timedelta
from itertools import pairwise

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pipelining = pytest.importorskip("torch.distributed.pipelining")
csgraph = pytest.importorskip("scipy.sparse.csgraph")

EXERCISE = "distributed-training/pipeline-schedule"
SCHEDULES = {"gpipe": pipelining.ScheduleGPipe, "1f1b": pipelining.Schedule1F1B}
PROCESSES = 3
RUNS = [(schedule, p, m) for schedule in SCHEDULES for p in (2, 3) for m in (p, p + 1, 2 * p + 1)]


class RecordingStage(pipelining.PipelineStage):
    """A stage that notes what it is told to compute, and computes it."""

    def forward_one_chunk(self, index, *args, **kwargs):
        self.record.append(f"F{index}")
        return super().forward_one_chunk(index, *args, **kwargs)

    def backward_one_chunk(self, index, *args, **kwargs):
        self.record.append(f"B{index}")
        return super().backward_one_chunk(index, *args, **kwargs)


def rank_main(rank, folder):
    """Be one stage of every run that has so many, and write down the orders."""
    torch.set_num_threads(1)
    store = torch.distributed.FileStore(f"{folder}/store", PROCESSES)
    torch.distributed.init_process_group(
        "gloo", store=store, rank=rank, world_size=PROCESSES, timeout=timedelta(seconds=300)
    )
    groups = {p: torch.distributed.new_group(range(p)) for p in (2, 3)}
    orders = {}
    for schedule, p, m in RUNS:
        if rank >= p:
            continue
        stage = RecordingStage(torch.nn.Linear(2, 2), rank, p, torch.device("cpu"), group=groups[p])
        stage.record = []
        batch = torch.ones(m, 2)
        pipeline = SCHEDULES[schedule](stage, m, loss_fn=torch.nn.functional.mse_loss)
        pipeline.step(*[batch] if rank == 0 else [], target=batch if rank == p - 1 else None)
        orders[f"{schedule} {p} {m}"] = stage.record
    with open(f"{folder}/{rank}.json", "w", encoding="utf-8") as file:  # noqa: PTH123
        json.dump(orders, file)
    torch.distributed.destroy_process_group()


def test_torch_runs_in_the_same_order(reference, tmp_path):
    """Each stage is a process with a layer of its own. torch wants as many micro-batches as stages; and its GPipe runs
    the backward passes in ascending order, where the exercise, like the paper, runs them in descending order.
    """
    torch.multiprocessing.spawn(rank_main, (str(tmp_path),), nprocs=PROCESSES)
    orders = [json.loads((tmp_path / f"{rank}.json").read_text(encoding="utf-8")) for rank in range(PROCESSES)]
    for schedule, p, m in RUNS:
        timetable = reference(p, m, schedule)["timetable"]
        for stage, row in enumerate(timetable):
            got = [name for name, _, _ in row]
            if schedule == "gpipe":
                got = got[:m] + got[m:][::-1]
            assert got == orders[stage][f"{schedule} {p} {m}"]


def one_forward_one_backward(stage, stages, m):
    """The order as a walk: forward while fewer than `stages - stage` micro-batches are held and any is left."""
    order, begun, done = [], 0, 0
    while done < m:
        if begun < m and begun - done < stages - stage:
            order.append(f"F{begun}")
            begun += 1
        else:
            order.append(f"B{done}")
            done += 1
    return order


def order_of(schedule, stage, stages, m):
    if schedule == "gpipe":
        return [f"F{i}" for i in range(m)] + [f"B{i}" for i in reversed(range(m))]
    return one_forward_one_backward(stage, stages, m)


@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize("stages", [1, 2, 3, 5])
@pytest.mark.parametrize("m", [1, 2, 3, 4, 7, 9])
@pytest.mark.parametrize(("forward", "backward"), [(1, 1), (1, 2), (3, 1), (2, 5)])
def test_the_times_are_longest_paths(reference, schedule, stages, m, forward, backward):
    """Fewer micro-batches than stages too. An operation begins at the length of the longest path to it."""
    orders = [order_of(schedule, stage, stages, m) for stage in range(stages)]
    nodes = [(stage, name) for stage, order in enumerate(orders) for name in order]
    number = {node: place for place, node in enumerate(nodes, start=1)}  # 0 is the beginning of time
    took = {"F": forward, "B": backward}
    graph = np.full((len(nodes) + 1, len(nodes) + 1), np.inf)

    def wait(after, before):
        graph[number[before], number[after]] = -took[before[1][0]]

    for stage, order in enumerate(orders):
        for before, after in pairwise(order):
            wait((stage, after), (stage, before))
        for i in range(m):
            wait((stage, f"B{i}"), (stage, f"F{i}"))
            if stage > 0:
                wait((stage, f"F{i}"), (stage - 1, f"F{i}"))
                wait((stage - 1, f"B{i}"), (stage, f"B{i}"))
    graph[0, 1:] = -1e-9  # zero would be no edge; it is far below a unit of time
    start = -csgraph.bellman_ford(csgraph.csgraph_from_dense(graph, null_value=np.inf), indices=0)

    got = reference(stages, m, schedule, forward_time=forward, backward_time=backward)
    begins = {node: round(start[place]) for node, place in number.items()}
    want = [[(name, begins[s, name], begins[s, name] + took[name[0]]) for name in o] for s, o in enumerate(orders)]
    assert [[tuple(operation) for operation in row] for row in got["timetable"]] == want
    makespan = max(end for row in want for _, _, end in row)
    assert got["makespan"] == makespan

    free = np.ones((stages, makespan), dtype=bool)
    held = np.zeros((stages, makespan), dtype=int)
    for stage, row in enumerate(want):
        times = {name: (begin, end) for name, begin, end in row}
        for begin, end in times.values():
            free[stage, begin:end] = False
        for i in range(m):
            held[stage, times[f"F{i}"][0] : times[f"B{i}"][1]] += 1
    assert got["bubble_fraction"] == pytest.approx(free.mean(), abs=1e-12)
    assert got["peak_in_flight"] == held.max(axis=1).tolist()
