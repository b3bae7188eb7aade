"""Makes batches in a background thread while the network computes (NumPy and OpenCV release the interpreter lock)."""

import queue
import threading
from collections.abc import Callable, Iterator
from typing import TypeVar

Batch = TypeVar("Batch")


def prefetch(make: Callable[[int], Batch], start: int = 0, depth: int = 3) -> Iterator[Batch]:
    """Yields make(start), make(start + 1), ... for ever; an exception in the maker is raised at the reader."""
    ready: queue.Queue = queue.Queue(maxsize=depth)

    def fill() -> None:
        step = start
        try:
            while True:
                ready.put((make(step), None))
                step += 1
        except Exception as problem:
            ready.put((None, problem))

    threading.Thread(target=fill, daemon=True).start()
    while True:
        batch, problem = ready.get()
        if problem is not None:
            raise problem
        yield batch
