"""The same group with Celery over Redis, as its users write it: chord() of five tasks, acks_late off, prefetch 4."""
import os
import time

from celery import Celery

url = "redis://127.0.0.1:%s/1" % os.environ["REDIS_PORT"]
app = Celery("groups", broker=url, backend=url)
app.conf.update(worker_prefetch_multiplier=4, result_expires=600, worker_send_task_events=True, task_send_sent_event=True)


@app.task
def task(ms):
    if ms:
        time.sleep(ms / 1000)
    return ms


@app.task
def called(results):
    return len(results)
