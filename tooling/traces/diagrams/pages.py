"""`docs/features/<feature>.md`: a diagram for each endpoint that people or services with a secret call, each socket, and
the work that the feature does by itself; `README.md` beside them lists the pages.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from shared.contracts.loader import Known
from shared.contracts.manifest import Contract
from shared.contracts.source import Finding
from tooling.traces.diagrams.drawing import drawn
from tooling.traces.span_tree import Node, SpanTrees

AS_TRACED = "diagrams-are-as-traced"
WRITE = "python -m tooling traces diagrams --write"
FOLDER = Path("docs", "features")
INDEX = FOLDER / "README.md"
NOT_OBSERVED = f"Not observed yet: `make test-observed` runs the stories, then `{WRITE}` draws it."
_INTRODUCTION = """# Features

A page a feature, drawn from what really happened: `make test-observed` runs the stories and compares the traces with these pages,
`python -m tooling traces diagrams --write` draws them anew. So a change in how services talk to each other shows in the diff.

A full arrow is a call, a dashed one its answer; an open one is handed over for later: an event, a task, a message. A note names the statements
of a repository. What is repeated is drawn once; tokens and keys are left out, and so is back-gateway, which every call of a browser or a
client passes. How it is made the same after each run: `tooling/traces/diagrams/__init__.py`.

"""


def pages(root: Path, known: Known, trees: SpanTrees) -> dict[Path, str]:
    """The text of each page, by its path below `root`; what stands there stays while it is what usually happens."""
    contracts = [contract for _, contract in known if contract.summary]
    made = {page_of(contract.name): _page(contract, trees, root / page_of(contract.name)) for contract in contracts}
    return {INDEX: index(contracts)} | made


def unobserved(contract: Contract) -> str:
    """The page of a feature that no run has shown yet."""
    return _introduced(contract) + "".join(f"\n## {heading}\n\n{NOT_OBSERVED}\n" for heading in headings(contract))


def compare(root: Path, made: Mapping[Path, str], new: Iterable[Contract] = ()) -> Iterator[Finding]:
    """The pages below `root` that are not as `made`; those of `new` features may say that nobody has observed them yet."""
    waiting = {page_of(contract.name): unobserved(contract).splitlines() for contract in new}
    for path, text in made.items():
        file = root / path
        stands = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
        if stands not in (fresh := text.splitlines(), waiting.get(path)):
            line = next(
                (i for i, (a, b) in enumerate(zip(stands, fresh, strict=False)) if a != b), min(len(stands), len(fresh))
            )
            drawn, there = (lines[line].strip() if line < len(lines) else "nothing" for lines in (fresh, stands))
            text_ = f"it is not what happened: {drawn!r} was drawn where {there!r} stands"
            yield Finding(file if file.is_file() else root, line + 1, text_, f"look at it, then `{WRITE}`", AS_TRACED)


def page_of(feature: str) -> Path:
    return FOLDER / f"{feature}.md"


def index(contracts: list[Contract]) -> str:
    """A line a page; a contract without a summary is a plan, and has no page."""
    summaries = (one for one in contracts if one.summary)
    return _INTRODUCTION + "".join(f"- [{one.name}]({one.name}.md): {one.summary}\n" for one in summaries)


def headings(contract: Contract) -> list[str]:
    """What its page has a diagram of, whatever a run did."""
    endpoints = [endpoint.key for endpoint in contract.endpoints if endpoint.auth != "internal"]
    sockets = [f"WS {socket.path}" for socket in contract.sockets if socket.path.endswith(f"/{contract.name}")]
    return [*endpoints, *sockets]


def _page(contract: Contract, trees: SpanTrees, file: Path) -> str:
    standing = _sections(file)
    own = [node for node in trees.nodes if node.feature == contract.name]
    text = _introduced(contract)
    for heading in [*headings(contract), *_work(own)]:
        begun = [node for node in own if node.span.name == heading]
        text += f"\n## {heading}\n\n{drawn(begun, trees, standing.get(heading, ''))}"
    return text


def _sections(file: Path) -> dict[str, str]:
    """What stands below each heading."""
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    parts = (part.partition("\n\n") for part in text.split("\n## ")[1:])
    return {heading: f"{body.strip()}\n" for heading, _, body in parts}


def _introduced(contract: Contract) -> str:
    return f"# {contract.name}\n\n{contract.summary} The contract: `shared/contracts/{contract.name}/feature.yaml`.\n"


def _work(own: list[Node]) -> list[str]:
    """Tasks and loops that no request has caused."""
    alone = (
        node for node in own if node.span.kind == "consumer" and all(one.span.kind != "server" for one in node.above())
    )
    return sorted({node.span.name for node in alone if " " not in node.span.name})
