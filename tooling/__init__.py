"""Contracts and boundaries as functions, for scripts: what `dashboard ...` prints. Services never import it.

Each takes the folder of a repository and raises nothing for what is wrong inside it: that is what it returns.

>>> from tooling import ROOT, check_boundaries, check_contracts, deploy_order, feature_page, versions_since
>>> [f"{one.path}:{one.line} {one.rule}: {one.instead}" for one in check_boundaries(ROOT)]
[]
>>> [f"{one.file}:{one.line} {one.rule}: {one.fix}" for one in check_contracts(ROOT)]
[]
>>> deploy_order(ROOT, ["profile"])[0].services
('shared',)
>>> feature_page(ROOT, "profile").start[0]
'shared/contracts/profile/feature.yaml'
>>> versions_since(ROOT, "HEAD").against
'HEAD'
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tooling.library import check_boundaries, check_contracts, deploy_order, feature_page, versions_since
    from tooling.paths import ROOT

__all__ = ["ROOT", "check_boundaries", "check_contracts", "deploy_order", "feature_page", "versions_since"]


def __getattr__(name: str) -> object:
    """Loads them when they are asked for: the command line starts faster without."""
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module("tooling.library"), name)
