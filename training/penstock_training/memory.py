"""What glibc does with freed memory: training and scoring want opposite things."""

import ctypes

TRIM_THRESHOLD, TOP_PAD, MMAP_THRESHOLD, MMAP_MAX = -1, -2, -3, -4  # of glibc's mallopt


def keep_freed_memory() -> None:
    """Has glibc keep large blocks instead of giving them back to the system and asking again at every step: a third of the time."""
    _mallopt({TRIM_THRESHOLD: 2**31 - 1, TOP_PAD: 2**28, MMAP_MAX: 0})


def give_back_freed_memory() -> None:
    """The opposite, for scoring: sheets of all sizes in turn leave a heap that is kept in pieces too small for the next, 24 GB of them."""
    _mallopt({TRIM_THRESHOLD: 2**17, TOP_PAD: 2**17, MMAP_THRESHOLD: 2**17, MMAP_MAX: 2**16})


def _mallopt(options: dict[int, int]) -> None:
    try:
        libc = ctypes.CDLL(None)
        for option, value in options.items():
            libc.mallopt(option, value)
        libc.malloc_trim(0)
    except (OSError, AttributeError):
        pass  # not glibc
