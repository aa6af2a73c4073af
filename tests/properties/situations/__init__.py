"""What each operation finds when it is called, so that it can succeed, and what is kept from it.

An entity that its owner creates, reads, changes and deletes needs nothing here: `ordinary.py` makes one by the contract's
examples. What else an operation needs stands in a module of its feature's name; each is found by itself.
"""

import importlib
import pkgutil

from tests.properties.situations import ordinary
from tests.properties.situations.visitor import (
    ADMINISTRATORS_ALONE,
    BOUNDS,
    EXCUSED,
    FITTING,
    Fitting,
    Visitor,
)

__all__ = ["ADMINISTRATORS_ALONE", "BOUNDS", "EXCUSED", "Fitting", "Visitor", "fitting"]

for _module in pkgutil.iter_modules(__path__, f"{__name__}."):
    importlib.import_module(_module.name)


def fitting(visitor: Visitor, operation: str) -> Fitting:
    """What `operation` (`GET /api/profile`) finds, made for this call."""
    prepare = FITTING.get(operation)
    return prepare(visitor) if prepare else ordinary.fitting(visitor, operation)
