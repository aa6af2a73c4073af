"""The feature flags that contracts declare (`feature_flag`)."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from shared.contracts.loader import FOLDER, Known, load
from shared.contracts.manifest import FeatureFlag
from shared.contracts.source import Finding


def declared_flags(folder: Path = FOLDER) -> Mapping[str, FeatureFlag]:
    """The flag of each feature that is behind one, by the feature's name."""
    known, _ = load(folder)
    return {contract.name: contract.feature_flag for _, contract in known if contract.feature_flag}


def each_flag_once(known: Known) -> Iterator[Finding]:
    """A flag belongs to one feature, so that one contract declares what it switches."""
    seen: dict[str, str] = {}
    for source, contract in known:
        if contract.feature_flag is None:
            continue
        first = seen.setdefault(contract.feature_flag.name, contract.name)
        if first != contract.name:
            text = f"the flag {contract.feature_flag.name} is that of {first} already"
            yield source.finding(["feature_flag", "name"], text, "name it after the feature")
