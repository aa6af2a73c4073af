"""What happened in a run against what is declared: calls, each feature's flows, events, and the diagrams drawn from it."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from shared.contracts.boundaries import Boundaries
from shared.contracts.loader import load
from shared.contracts.source import Finding, Source, read
from tooling.changes import baseline
from tooling.traces import calls, flows, observed_events
from tooling.traces.diagrams import pages
from tooling.traces.feature_attribution import FeatureAttribution
from tooling.traces.span_tree import SpanTrees
from tooling.traces.spans import Span

RULES = {
    calls.DECLARED: "each call that happened is in boundaries.yaml",
    calls.HAPPENS: "each call of boundaries.yaml happened",
    flows.DECLARED: "each call in a feature's traces is in its data_flow",
    flows.HAPPENS: "each flow of a feature was seen as a whole, in one trace",
    observed_events.DECLARED: "each event and message that was seen stands in a contract",
    observed_events.HAPPENS: "each event and message of a contract was seen",
    observed_events.HAS_A_FEATURE: "background work carries the name of its feature",
    pages.AS_TRACED: "the pages of docs/features show what happened",
}


class NotReadable(Exception):
    """The contracts or boundaries.yaml are broken: `dashboard contracts check` says how."""


class Run:
    """The spans of one run, beside what the tree below `root` declares.

    Raises:
        NotReadable: what is declared cannot be read.
    """

    def __init__(self, root: Path, spans: Sequence[Span]) -> None:
        folder = root / "shared" / "contracts"
        source = read(folder / "boundaries.yaml")
        boundaries = source.parse(Boundaries) if isinstance(source, Source) else [source]
        known, broken = load(folder)
        if broken or not isinstance(boundaries, Boundaries) or not isinstance(source, Source):
            raise NotReadable("the contracts are broken: see `dashboard contracts check`")
        self.root = root
        self.spans = spans
        self.source = source
        self.boundaries = boundaries
        self.known = known
        self.trees = SpanTrees(spans, FeatureAttribution(contract for _, contract in known), boundaries)

    @property
    def pages(self) -> dict[Path, str]:
        """The pages of docs/features, as this run draws them."""
        return pages.pages(self.root, self.known, self.trees)


def check(run: Run, features: Collection[str] = ()) -> list[Finding]:
    """Everything that differs, but the diagrams; where `features` are named, what differs from their contracts.

    Raises:
        NotReadable: there is no contract of such a name.
    """
    known = {contract.name: source.path for source, contract in run.known}
    if missing := sorted(set(features) - known.keys()):
        raise NotReadable(f"no contract is called {missing[0]!r}; there are {', '.join(sorted(known))}")
    own = {known[name] for name in features}
    return [one for one in _all(run) if not own or one.file in own]


def _all(run: Run) -> Iterator[Finding]:
    yield from calls.compare(run.source, run.boundaries, run.spans)
    yield from flows.compare(run.known, run.trees)
    yield from observed_events.compare(run.root, run.known, run.trees)


def diagrams(run: Run) -> list[Finding]:
    """Pages that differ from what this run draws; one of a feature that was never released may wait to be drawn."""
    base = baseline.last_release(run.root)
    released = base.snapshot.contracts if base else {}
    new = [contract for _, contract in run.known if contract.name not in released]
    return list(pages.compare(run.root, run.pages, new))


def write(run: Run) -> list[Path]:
    """Brings docs/features up to date; the pages that were not."""
    changed: list[Path] = []
    for path, text in run.pages.items():
        file = run.root / path
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed
