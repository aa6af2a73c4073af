"""The job that collects spans, where the services write any."""

from contextlib import AsyncExitStack, closing
from pathlib import Path

from peers import Peers
from settings import EventSettings

from shared.chassis.background import Job
from shared.chassis.client import ServiceClient

from .collector import Collector
from .otlp import Otlp
from .span_files import SpanFiles

NAME = "traces"


async def job(settings: EventSettings, peers: Peers, stack: AsyncExitStack) -> Job | None:
    """None where no service writes spans; `stack` closes what the job holds."""
    if not settings.traces_dir:
        return None
    endpoint = settings.otel_exporter_otlp_endpoint
    otlp = Otlp(await stack.enter_async_context(ServiceClient("jaeger", endpoint))) if endpoint else None
    most_bytes = settings.traces_files_mb * 1024 * 1024
    files = stack.enter_context(closing(SpanFiles(Path(settings.traces_dir), most_bytes)))
    return Collector(files, peers.back_cassandra, otlp).run
