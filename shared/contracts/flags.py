"""The feature flags that contracts declare (`feature_flag`)."""

from collections.abc import Iterable, Iterator, Mapping

from shared.contracts.loader import Known, contracts
from shared.contracts.manifest import Contract, FeatureFlag
from shared.contracts.source import Finding


def flags_of(contracts: Iterable[Contract]) -> Mapping[str, FeatureFlag]:
    """The flag of each feature that is behind one, by the feature's name."""
    return {contract.name: contract.feature_flag for contract in contracts if contract.feature_flag}


def declared_flags() -> Mapping[str, FeatureFlag]:
    """Those of this release."""
    return flags_of(contracts())


def flag_names() -> Mapping[str, str]:
    """Their names, by the feature's name."""
    return {feature: flag.name for feature, flag in declared_flags().items()}


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
