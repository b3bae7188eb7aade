"""The same chain with Celery over Redis, as its users write it: chain() of seven no-ops, acks_late off, prefetch 4."""
import os

from celery import Celery

url = "redis://127.0.0.1:%s/1" % os.environ["REDIS_PORT"]
app = Celery("chains", broker=url, backend=url)
app.conf.update(worker_prefetch_multiplier=4, result_expires=600, worker_send_task_events=True, task_send_sent_event=True)


@app.task
def no_op(uid):
    return uid
