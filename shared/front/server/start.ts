/** The production server of a front: files, health, metrics and pages, from one process. */
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { join } from "node:path";
import { createRequestListener } from "@remix-run/node-fetch-server";
import { createRequestHandler, RouterContextProvider, type ServerBuild } from "react-router";
import { type Uploads, withBoundedBody } from "./body-limit.ts";
import { canonicalTarget } from "./canonical-path.ts";
import { acceptCorrelationId, CORRELATION_HEADER, ORIGIN_HEADER } from "./correlation.ts";
import { compressed } from "./encoding.ts";
import { readiness, sendJson } from "./health.ts";
import { log, nameService } from "./log.ts";
import { countRequest, registry } from "./metrics.ts";
import { forwardedHeaders } from "./proxy.ts";
import { routeOf } from "./route-names.ts";
import { type Settings, settings } from "./settings.ts";
import { staticFiles } from "./static.ts";
import { openSpan, type Span, startTracing, TRACE_HEADER } from "./tracing.ts";

const DRAIN_MILLISECONDS = 5_000;
const KEEP_ALIVE_MILLISECONDS = 65_000;

export interface Front {
  name: string;
  version: string;
  build: ServerBuild;
  uploads?: Uploads;
}

/** Serves `front`, whose built files lie below `folder`, until SIGTERM or SIGINT. */
export function startFront(front: Front, folder: string): void {
  nameService(front.name);
  const config = settings();
  startTracing(front.name, config.tracesDir, config.traces);
  let stopping = false;
  const server = createServer(answers(front, config, folder, () => stopping));
  server.keepAliveTimeout = KEEP_ALIVE_MILLISECONDS;
  server.on("error", (error: NodeJS.ErrnoException) => {
    log.error(error.code === "EADDRINUSE" ? `port ${config.port} is taken; PORT moves it` : "server failed", error);
    process.exit(1);
  });
  server.listen(config.port, config.host, () => log.info("listening", { host: config.host, port: config.port }));
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      stopping = true;
      log.info("stopping", { signal });
      server.close(() => process.exit(0));
      server.closeIdleConnections();
      setTimeout(() => process.exit(0), DRAIN_MILLISECONDS).unref();
    });
  }
}

/** Answers every request to a front: health, metrics, files and pages. */
export function answers(front: Front, config: Settings, folder: string, stopping: () => boolean): RequestListener {
  const next = pages(front, config, folder);
  return async (request, response) => {
    const { name: service, version } = front;
    if (request.url === "/health") return sendJson(response, 200, { status: "ok", service, version });
    if (request.url === "/health/ready") {
      const state = await readiness(service, version, config, stopping());
      return sendJson(response, state.status === "unready" ? 503 : 200, state);
    }
    if (request.url === "/metrics") {
      response.setHeader("content-type", registry.contentType);
      return response.end(await registry.metrics());
    }
    return next(request, response);
  };
}

function pages(front: Front, config: Settings, folder: string): RequestListener {
  const handle = createRequestHandler(front.build, "production");
  const answer = async (request: Request) => {
    const context = new RouterContextProvider();
    return compressed(request, await handle(await withBoundedBody(request, context, front.uploads ?? {}), context));
  };
  const render = createRequestListener((request) => answer(request), { trustProxy: true });
  const makeSafe = forwardedHeaders(config.internalNetworks);
  const sendFile = staticFiles(join(folder, "build/client"));
  return (request, response) => {
    makeSafe(request);
    const sent = request.headers[CORRELATION_HEADER];
    const id = acceptCorrelationId(sent);
    const asked = id === sent && !request.headers[ORIGIN_HEADER];
    request.headers[CORRELATION_HEADER] = id;
    response.setHeader("X-Correlation-ID", id);
    if (sendFile(request, response) || sendElsewhere(request, response)) return;
    const span = openSpan("server", id, { asked }); // a trace begins here: whom nobody has verified continues none
    if (span) request.headers[TRACE_HEADER] = span.traceparent;
    else delete request.headers[TRACE_HEADER];
    observe(request, response, id, span);
    response.setHeader("cache-control", "private, no-store"); // unless the page says otherwise
    response.once("finish", () => request.resume()); // the rest of a body that was refused: the connection goes on
    render(request, response);
  };
}

/** Another spelling of a page's path leads to the page, whatever the method; what is no path is refused. */
function sendElsewhere({ url = "" }: IncomingMessage, response: ServerResponse): boolean {
  const canonical = canonicalTarget(url);
  if (canonical === url) return false;
  if (canonical === null) response.writeHead(400, { "cache-control": "no-store" });
  else response.writeHead(308, { location: canonical, "cache-control": "no-store" });
  response.end();
  return true;
}

function observe(request: IncomingMessage, response: ServerResponse, correlationId: string, span?: Span): void {
  const started = performance.now();
  const { method = "GET", url = "/" } = request;
  response.once("close", () => {
    const milliseconds = performance.now() - started;
    const route = routeOf(correlationId);
    countRequest(method, route, response.statusCode, milliseconds / 1_000);
    const path = url.split("?", 1)[0];
    const fields = { method, path, status: response.statusCode, milliseconds: Math.round(milliseconds) };
    log.info("request", { ...fields, correlation_id: correlationId });
    span?.end(`${method} ${route}`, response.statusCode);
  });
}
