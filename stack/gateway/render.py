"""Writes an nginx prefix folder (conf/, logs/, tmp/) that does what the Kong file says."""

import json
import shutil
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from stack.gateway import kong, routing, view
from stack.gateway.config_reader import UnsupportedKongConfig
from stack.gateway.model import Gateway
from stack.gateway.upstream_addresses import ADMIN_HOST, UpstreamAddresses

HERE = Path(__file__).parent
# The templates do these always, so the file must ask for all of them.
BEHAVIOURS = {"clean-request", "problem-headers", "problem-body"}


def render(source: Path, out: Path, places: UpstreamAddresses, *, access_log: str = "/dev/stdout") -> None:
    """Replaces `out`/conf; raises `UnsupportedKongConfig` for what cannot be rendered."""
    text = configuration(kong.read(source), source, places, access_log)
    error_page = source.with_name("error.html")
    if not error_page.is_file():
        raise UnsupportedKongConfig(f"{error_page}: is missing; browsers get it when a service is down.")
    for folder in ("conf/js", "logs", "tmp"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    for script in (HERE / "js").glob("*.js"):
        shutil.copyfile(script, out / "conf/js" / script.name)
    page = json.dumps(error_page.read_text("utf-8"))
    (out / "conf/js/page.js").write_text(f"export default {page};\n", "utf-8")
    (out / "conf/nginx.conf").write_text(text, "utf-8")


def configuration(gateway: Gateway, source: Path, places: UpstreamAddresses, access_log: str) -> str:
    """The text of nginx.conf."""
    plugins = gateway.plugins
    if plugins.correlation_header is None or set(plugins.behaviours or []) != BEHAVIOURS:
        raise UnsupportedKongConfig(
            f"{source}: plugins: correlation-id and the pre-function are needed at the top level."
        )
    routes = view.locations(gateway, places)
    cors = {scoped.scope: scoped.config for route in routes if (scoped := route.plugins.cors)}
    pools = [view.pool(upstream, places) for upstream in gateway.upstreams]
    resolves = any(server.resolve for pool in pools for server in pool.servers)
    if resolves and not places.resolvers:
        raise UnsupportedKongConfig(
            f"{source}: upstreams: a target has a host name, but this machine has no name server."
        )
    return template().render(
        source=source.name,
        digest=sha256(source.read_bytes()).hexdigest()[:32],
        workers=places.workers,
        host=f"[{places.host}]" if ":" in places.host else places.host,
        port=places.port,
        status_port=places.status_port,
        origins=places.origins,
        access_log=access_log,
        metrics=plugins.metrics,
        matches=routing.matches(
            [*gateway.routes, *(route for service in gateway.services for route in service.routes)],
            {ADMIN_HOST: places.admin_host},
        ),
        trusted_proxies=places.trusted_proxies,
        concurrency=view.concurrency(places),
        routes=routes,
        cors_scopes=cors,
        cors_headers=view.cors_headers(cors),
        preflight_only=view.PREFLIGHT_ONLY,
        added_headers=[view.AddedHeader(*pair) for pair in (plugins.added_response_headers or {}).items()],
        hidden_headers=view.hidden_headers(plugins, plugins.correlation_header),
        upstreams=pools,
        resolvers=places.resolvers if resolves else [],
        correlation_header=plugins.correlation_header,
        correlation_variable="http_" + plugins.correlation_header.lower().replace("-", "_"),
    )


def template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - nginx, not HTML; every value was checked when it was read
    )
    return environment.get_template("nginx.conf.j2")
