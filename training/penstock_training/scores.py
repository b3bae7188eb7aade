"""Counts behind precision, recall and F1."""

import numpy as np


def f1_table(confusion: np.ndarray, names: list[str]) -> dict[str, dict]:
    """Per class precision, recall, F1 and support from confusion[truth, guess]. A class without support or guesses has f1 None."""
    table = {}
    for index, name in enumerate(names):
        hit = int(confusion[index, index])
        table[name] = prf(hit, int(confusion[:, index].sum()) - hit, int(confusion[index].sum()) - hit)
    return table


def prf(hits: int, wrong: int, missed: int) -> dict:
    """Precision, recall, F1 and support from counts."""
    def ratio(over: int, under: int) -> float | None:
        return round(over / under, 4) if under else None

    return {
        "precision": ratio(hits, hits + wrong),
        "recall": ratio(hits, hits + missed),
        "f1": ratio(2 * hits, 2 * hits + wrong + missed),
        "support": hits + missed,
    }
