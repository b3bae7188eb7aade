"""Drives Celery chords: `<single> <task ms>`; prints JSON with p50 and p99 in ms and the makespan over one task."""
import json
import sys
import time

from celery import chord
from celery_app import called, task

single, task_ms = map(int, sys.argv[1:3])


def group(ms):
    start = time.perf_counter()
    chord([task.s(ms) for _ in range(5)])(called.s()).get(timeout=60, interval=0.0005)
    return (time.perf_counter() - start) * 1000


for _ in range(20):
    group(0)
times = sorted(group(0) for _ in range(single))
# Two processes run five tasks of a second in three rounds: the makespan is that of this set-up, not of the chord.
span = group(task_ms)
print(json.dumps({"p50": times[len(times) // 2], "p99": times[int(len(times) * 0.99)], "makespan": span / task_ms}))
