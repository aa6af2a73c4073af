"""The garbage collector, set for a server: what lives as long as the process is not looked through again and again."""

import gc

THRESHOLDS = (10_000, 20, 20)
"""Of Python's 700, 10, 10: a request makes hundreds of objects, which nearly all go by reference counting (not compared with other thresholds yet)."""


def settle() -> None:
    """To be called when all modules are loaded and all pools open."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
