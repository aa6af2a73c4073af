"""`dashboard feature show NAME`: one feature on a page."""

from collections.abc import Iterator
from typing import Annotated

import typer
from rich.text import Text

from tooling.changes.snapshot import Snapshot
from tooling.cli import feature_new
from tooling.cli.boundaries import Root, declared
from tooling.cli.changes import feature_names
from tooling.cli.output import CannotCheck, Json, console, print_json, refusing
from tooling.features import Page, page
from tooling.paths import ROOT

app = typer.Typer(no_args_is_help=True, help="One feature's way through the services.")
app.command()(feature_new.new)
Name = Annotated[str, typer.Argument(help="The name of its contract.", autocompletion=feature_names)]


@app.callback()
def _feature() -> None:
    """Keeps `show` a command of its own."""


@app.command()
def show(name: Name, root: Root = ROOT, json_: Json = False) -> None:
    """Show a feature: services, flow, endpoints, events, what people see when a part is down, files, where to start.

    Example:

      dashboard feature show profile
    """
    with refusing(OSError):
        snapshot = Snapshot.from_folder(root)
        boundaries = declared(root)
        contracts = snapshot.contracts
        if name not in contracts:
            for broken in snapshot.unreadable:
                raise CannotCheck(str(broken))
            raise CannotCheck(f"no contract is called {name!r}; there are {', '.join(contracts)}")
        made = page(root, contracts[name], boundaries)
    if json_:
        contract = made.contract.model_dump(mode="json", exclude={"schemas", "examples"})
        print_json(
            contract | {"versions": made.versions, "files": made.files, "start": made.start, "diagrams": made.diagrams}
        )
        return
    for line in _lines(made):
        console.print(line)


def _lines(made: Page) -> Iterator[Text]:
    contract = made.contract
    yield Text(f"{contract.name} {contract.version}", "bold").append(f"  {contract.summary or '(planned)'}", "default")
    yield _title("Services")
    for service in contract.services:
        version = made.versions.get(service.name, "")
        yield Text(f"  {service.name:16} {version}  {', '.join(service.provides)}")
    yield _title("Flow")
    yield from (Text(f"  {line}") for line in contract.data_flow)
    yield Text(f"  drawn: {made.diagrams}" if made.diagrams else "  not drawn yet: run `make test-observed`", "dim")
    yield _title("Endpoints")
    for e in contract.endpoints:
        who = e.permission or ", ".join(e.callers) or {"none": "anybody", "user": "logged in"}.get(e.auth, e.auth)
        answers = ", ".join(f"{status} {name or '(no body)'}" for status, name in e.response.items())
        yield Text(f"  {e.service:16} {e.key}  [{who}]  {e.request or ''} → {answers}")
    for shown in contract.pages:
        who = shown.permission or {"none": "anybody", "user": "logged in"}[shown.auth]
        yield Text(f"  {shown.front:16} PAGE {shown.path}  [{who}]  calls {', '.join(shown.calls) or 'nobody'}")
    yield from (Text(f"  {s.service:16} WS {s.path}  sends {', '.join(s.sends)}") for s in contract.sockets)
    for channel in contract.channels:
        ends = f"{', '.join(channel.sends)} → {', '.join(channel.receives)}"
        yield Text(f"  {ends}  {channel.address}: {channel.purpose}")
    if contract.events.published or contract.events.consumed:
        yield _title("Events")
    yield from (Text(f"  {e.service:16} publishes {e.type}") for e in contract.events.published)
    yield from (Text(f"  {e.service:16} on {e.type} ({e.consumer}): {e.effect}") for e in contract.events.consumed)
    yield _title("When it is down")
    yield from (Text(f"  {name:16} {sentence}") for name, sentence in contract.degradation.items())
    yield from _places(made)


def _places(made: Page) -> Iterator[Text]:
    yield _title("Files")
    for home, paths in made.files.items():
        yield Text(f"  {home}")
        yield from (Text(f"    {path}") for path in paths)
    yield _title("Where to start")
    yield from (Text(f"  {number}. {path}") for number, path in enumerate(made.start, start=1))


def _title(text: str) -> Text:
    return Text(f"\n{text}", "bold cyan")
