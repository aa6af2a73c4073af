"""Garbage collector settings for a server: objects that live as long as the process are not scanned again and again."""

import gc

THRESHOLDS = (10_000, 20, 20)
"""Of Python's 700, 10, 10: a request makes hundreds of objects, which nearly all go by reference counting (not compared with other thresholds yet)."""


def settle() -> None:
    """Call it when all modules are loaded and all pools are open."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
