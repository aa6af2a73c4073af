"""Every check of the contracts over one tree: form, models, manifests, events in code, live OpenAPI."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from shared.contracts import check as form
from shared.contracts.loader import GENERATED, Known, load
from shared.contracts.manifest import Contract
from shared.contracts.planned import as_todo
from shared.contracts.source import Finding, Source
from tooling import openapi
from tooling.boundaries.tree import Tree
from tooling.contracts import (
    calls,
    differences,
    event_code,
    feature_tests,
    front_flags,
    front_pages,
    manifests,
    models,
    operations,
    pages,
    schemas,
    typescript,
)
from tooling.contracts.asyncapi import snapshot
from tooling.contracts.operations import Operation
from tooling.paths import ROOT

Documents = Callable[[Sequence[str]], openapi.Documents]
RULES = {
    "schemas-are-those-of-the-models": "a contract's schemas are generated from shared.models",
    "manifest-in-its-folder": "a service's feature.yaml names its own folder and service",
    "manifest-as-contract": "endpoints of a service's feature.yaml, their auth and permission, are the contract's",
    "contract-in-manifest": "a service's feature.yaml that lists endpoints lists all of its feature",
    "dependencies-of-a-service-are-satisfied": "the ranges of a service's feature.yaml admit the versions that are there",
    "participants-have-their-versions": "a service is not older than the version that a contract names",
    "events-published-as-in-code": "the events that a contract publishes are those that code writes",
    "events-consumed-as-in-code": "the events that a contract consumes are those that consumers handle",
    calls.RULE: "a call of an internal endpoint in code is one that its contract admits",
    feature_tests.RULE: "each feature has a test of its own, in each service that has a folder of it",
    typescript.TYPES.rule: "the fronts' TypeScript types are generated from the shared models",
    front_flags.FLAGS.rule: "the fronts' feature flags are generated from the contracts",
    front_pages.RULE: "the pages that a front's manifest promises are there",
    front_pages.CONTRACTED: "the pages of contracts and of the fronts' manifests are the same, for the same people",
    "api-as-contract": "the live OpenAPI says what the contract says, in both directions",
    "api-in-a-contract": "a service offers nothing that no contract names",
    pages.RULE: "each feature has its page of diagrams, and each endpoint its heading there",
    snapshot.RULE: "each service's AsyncAPI document is generated from manifests, models and boundaries",
    "service-shows-its-api": "a service's application can be made, so that its OpenAPI can be compared",
}


def check(root: Path = ROOT, documents: Documents | None = openapi.documents_of) -> list[Finding]:
    """Everything that is wrong with the contracts below `root`, and what is left to do for features that are only planned
    (`Finding.todo`); `documents=None` leaves the live OpenAPI out."""
    folder = root / "shared" / "contracts"
    found = form.check(folder)
    if any(finding.rule in ("readable", "well-formed") for finding in found):
        return found  # what cannot be read would be reported of all others
    known, _ = load(folder)
    plans = form.plans_among(known)
    lacking = _of_the_tree(root, known, documents)
    found += [as_todo(finding) if finding.file in plans else finding for finding in lacking]
    if all(finding.todo for finding in found):  # else it would be the document of what is wrong
        found += snapshot.check(root, known)
        found += [finding for file in schemas.FRONT_FILES for finding in file.check(root, known)]
    return sorted(set(found), key=lambda finding: (finding.todo, str(finding.file), finding.line, finding.rule))


def _of_the_tree(root: Path, known: Known, documents: Documents | None) -> list[Finding]:
    """Where the contracts and the rest of the tree differ."""
    found = [*_stale(known)]
    found += manifests.check(root, known)
    tree = Tree.at(root)
    found += event_code.check(tree, known)
    found += calls.check(tree, known)
    found += pages.check(root, known)
    found += feature_tests.check(root, known)
    own = manifests.load(root)[0]
    found += front_pages.check(root, own)
    found += front_pages.contracted(root, own, known)
    if documents:
        found += _live(root, known, documents)
    return found


def _stale(known: Known) -> Iterator[Finding]:
    """One finding a contract: one command mends them all."""
    rule = "schemas-are-those-of-the-models"
    for source, contract in known:
        unknown = [name for name in contract.named_schemas() if not models.exists(name)]
        for name in unknown:
            text = str(models.UnknownModel(name))
            yield source.finding(_first_use(contract, name), text, "mend the name, or add the model", rule)
        others = set(contract.schemas) ^ set(contract.named_schemas())
        if unknown or others - set(schemas.ALIASES):
            continue  # the rule schemas-exist reports what is missing, or too much
        if schemas.is_fresh(contract, source.path.with_name(GENERATED)):
            continue
        differing = [name for name in contract.schemas if models.exists(name) and _differs(contract, name)]
        verb = "differ" if len(differing) > 1 else "differs"
        text = f"{', '.join(differing) or 'the file'} {verb} from shared.models"
        yield source.finding(["schemas", *differing[:1]], text, schemas.WRITE, rule)


def _differs(contract: Contract, name: str) -> bool:
    return contract.schemas[name] != models.schema(name)


def _first_use(contract: Contract, name: str) -> list[str | int]:
    """The endpoint, socket, channel or event that names the schema `name` first."""
    for i, endpoint in enumerate(contract.endpoints):
        if name == endpoint.request:
            return ["endpoints", i, "request"]
        if name in endpoint.response.values():
            return ["endpoints", i, "response"]
    places: list[tuple[list[str | int], list[str]]] = [
        *((["sockets", i], list(socket.sends.values())) for i, socket in enumerate(contract.sockets)),
        *((["channels", i], [channel.message]) for i, channel in enumerate(contract.channels)),
        *((["events", "published", i], [event.data]) for i, event in enumerate(contract.events.published)),
    ]
    return next((where for where, names in places if name in names), ["endpoints"])


def _live(root: Path, known: Known, documents: Documents) -> Iterator[Finding]:
    services = sorted({endpoint.service for _, contract in known for endpoint in contract.endpoints})
    shown: dict[str, list[Operation]] = {}
    for service, answer in documents(services).items():
        if isinstance(answer, openapi.CannotRead):
            yield Finding(root / service / "main.py", 1, str(answer), "make it start", "service-shows-its-api")
        else:
            shown[service] = operations.read(answer)
    for source, contract in known:
        for service in sorted({endpoint.service for endpoint in contract.endpoints} & set(shown)):
            for text in differences.between(shown[service], _up_to_date(contract), service):
                yield _at_endpoint(source, contract, text)
    contracts = [contract for _, contract in known]
    for service in shown:
        for text in differences.undeclared(shown[service], contracts, service):
            fix = "add the endpoint to its feature's contract"
            yield Finding(root / service / "main.py", 1, f"{service}: {text}", fix, "api-in-a-contract")


def _up_to_date(contract: Contract) -> Contract:
    """`contract` with the schemas that its models have now; the rule schemas-are-those-of-the-models names stale ones."""
    fresh = {name: models.schema(name) for name in contract.schemas if models.exists(name)}
    return contract.model_copy(update={"schemas": contract.schemas | fresh})


def _at_endpoint(source: Source, contract: Contract, text: str) -> Finding:
    index = next((i for i, endpoint in enumerate(contract.endpoints) if text.startswith(endpoint.key + ":")), 0)
    return source.finding(["endpoints", index], text, "mend the contract or the code", "api-as-contract")
