"""Drives Celery chains: `<single> <many> <in flight>`; prints JSON with p50 and p99 in ms and chains per second."""
import json
import sys
import time
from collections import deque

from celery import chain
from celery_app import no_op

HOPS = 7
single, many, in_flight = map(int, sys.argv[1:4])


def send(n):
    return chain(no_op.s(n), *[no_op.s() for _ in range(HOPS - 1)]).apply_async()


for i in range(5):
    send(i).get(timeout=60)
times = []
for i in range(single):
    start = time.perf_counter()
    send(i).get(timeout=60)
    times.append((time.perf_counter() - start) * 1000)
times.sort()
start = time.perf_counter()
waiting = deque()
for i in range(many):
    if len(waiting) >= in_flight:
        waiting.popleft().get(timeout=120)
    waiting.append(send(i))
while waiting:
    waiting.popleft().get(timeout=120)
print(json.dumps({"p50": times[len(times) // 2], "p99": times[int(len(times) * 0.99)], "rate": many / (time.perf_counter() - start)}))
