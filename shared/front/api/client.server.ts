/** The one way from a front to back-api and back-auth. Knows tokens, time-outs and problems; knows no feature. */
import { CORRELATION_HEADER } from "../server/correlation.ts";
import { log } from "../server/log.ts";
import { countCall } from "../server/metrics.ts";
import { openSpan, TRACE_HEADER } from "../server/tracing.ts";
import { ProblemError, unavailable } from "./problem.ts";
import type { Problem } from "./types.ts";

const TIMEOUT_MILLISECONDS = 8_000;
const GATEWAY_ERRORS = new Set([502, 503, 504]);

/** A list is sent as a parameter for each of its values. */
type Query = Record<string, string | number | string[] | null | undefined>;

export interface Call {
  query?: Query;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is. */
  raw?: Blob;
  /** The version that a change was made on, sent as If-Match. */
  version?: number | string;
  /** Names an attempt, so that repeating it changes nothing more; sent as Idempotency-Key. */
  idempotencyKey?: string;
  /** Says that somebody has logged in on this device before; sent as X-Device-Token. */
  deviceToken?: string;
}

/** On whose behalf we call. */
export interface Caller {
  correlationId: string;
  clientAddress: string;
  userAgent: string;
  /** Of the request that we answer; empty when it came without one and tracing is off. */
  traceparent?: string;
  accessToken(): string | null;
  /** The token was refused: a new one, or the browser is sent to the login page. */
  renew(): Promise<string>;
  /** The new one was refused as well: to the login page. */
  leave(): never;
}

export class BackClient {
  readonly #peer: string;
  readonly #base: string;
  readonly #caller: Caller;

  constructor(peer: string, base: string, caller: Caller) {
    this.#peer = peer;
    this.#base = base;
    this.#caller = caller;
  }

  get<Answer>(path: string, query?: Query): Promise<Answer> {
    return this.#json("GET", path, { query });
  }
  post<Answer = void>(path: string, call: Call = {}): Promise<Answer> {
    return this.#json("POST", path, call);
  }
  put<Answer = void>(path: string, call: Call = {}): Promise<Answer> {
    return this.#json("PUT", path, call);
  }
  patch<Answer = void>(path: string, call: Call = {}): Promise<Answer> {
    return this.#json("PATCH", path, call);
  }
  delete<Answer = void>(path: string, call: Call = {}): Promise<Answer> {
    return this.#json("DELETE", path, call);
  }

  /** The same client on nobody's behalf. */
  anonymous(): BackClient {
    return new BackClient(this.#peer, this.#base, { ...this.#caller, accessToken: () => null });
  }

  /** The same client with `token` and no other: it is not renewed. */
  bearing(token: string): BackClient {
    const leave = () => {
      throw new ProblemError({ type: "about:blank", title: "Unauthorized", status: 401, detail: "Please log in." });
    };
    return new BackClient(this.#peer, this.#base, {
      ...this.#caller,
      accessToken: () => token,
      renew: async () => leave(),
      leave,
    });
  }

  /** The answer with its headers. */
  async exchange<Answer>(path: string, call: Call): Promise<{ body: Answer; headers: Headers }> {
    const response = await this.#answer("POST", path, call);
    return { body: (await response.json()) as Answer, headers: response.headers };
  }

  /** The answer as it is, its body not read yet: for files that pass through. */
  async stream(path: string): Promise<Response> {
    const response = await this.#send("GET", path, {}, this.#caller.accessToken());
    if (!response.ok) throw new ProblemError(await readProblem(response, this.#peer));
    return response;
  }

  async #json<Answer>(method: string, path: string, call: Call): Promise<Answer> {
    const text = await (await this.#answer(method, path, call)).text();
    return (text ? JSON.parse(text) : undefined) as Answer;
  }

  async #answer(method: string, path: string, call: Call): Promise<Response> {
    const token = this.#caller.accessToken();
    let response = await this.#send(method, path, call, token);
    if (response.status === 401 && token) {
      await response.body?.cancel();
      response = await this.#send(method, path, call, await this.#caller.renew());
      if (response.status === 401) this.#caller.leave();
    }
    if (!response.ok) throw new ProblemError(await readProblem(response, this.#peer));
    return response;
  }

  async #send(method: string, path: string, call: Call, token: string | null): Promise<Response> {
    const started = performance.now();
    const controller = new AbortController();
    const span = openSpan("client", this.#caller.correlationId, { traceparent: this.#caller.traceparent });
    const timer = setTimeout(() => controller.abort(), TIMEOUT_MILLISECONDS);
    let status = 0;
    try {
      const response = await fetch(this.#url(path, call.query), {
        method,
        headers: this.#headers(call, token, span?.traceparent ?? this.#caller.traceparent),
        body: call.raw ?? (call.json === undefined ? undefined : JSON.stringify(call.json)),
        signal: controller.signal,
        redirect: "manual",
      });
      status = response.status;
      return response;
    } catch (error) {
      log.warning("no answer", { peer: this.#peer, path, correlation_id: this.#caller.correlationId, why: why(error) });
      throw new ProblemError(unavailable(this.#peer, "This part of the service isn’t responding."));
    } finally {
      clearTimeout(timer);
      countCall(this.#peer, status, (performance.now() - started) / 1_000);
      span?.end(`${method} ${this.#peer}`, status, this.#peer);
    }
  }

  #url(path: string, query: Query = {}): string {
    const url = new URL(this.#base + path);
    for (const [name, values] of Object.entries(query)) {
      for (const value of [values].flat()) {
        if (value !== null && value !== undefined && value !== "") url.searchParams.append(name, String(value));
      }
    }
    return url.href;
  }

  #headers(call: Call, token: string | null, traceparent?: string): Headers {
    const { correlationId, clientAddress, userAgent } = this.#caller;
    const headers = new Headers({ accept: "application/json", [CORRELATION_HEADER]: correlationId });
    if (traceparent) headers.set(TRACE_HEADER, traceparent);
    if (clientAddress) headers.set("x-forwarded-for", clientAddress);
    if (userAgent) headers.set("user-agent", userAgent);
    if (token) headers.set("authorization", `Bearer ${token}`);
    if (call.json !== undefined) headers.set("content-type", "application/json");
    if (call.raw) headers.set("content-type", call.raw.type);
    if (call.idempotencyKey) headers.set("idempotency-key", call.idempotencyKey);
    if (call.deviceToken) headers.set("x-device-token", call.deviceToken);
    if (call.version !== undefined) headers.set("if-match", `"${call.version}"`);
    return headers;
  }
}

async function readProblem(response: Response, peer: string): Promise<Problem> {
  const { status } = response;
  const isProblem = response.headers.get("content-type")?.startsWith("application/problem+json");
  const body = isProblem ? ((await response.json()) as Problem) : null;
  if (!isProblem) await response.body?.cancel();
  if (body && !GATEWAY_ERRORS.has(status)) return body;
  const detail = body?.detail ?? "This part of the service isn’t working right now.";
  if (status >= 500) return { ...unavailable(body?.dependency ?? peer, detail), correlation_id: body?.correlation_id };
  return { type: "about:blank", title: response.statusText, status, detail };
}

function why(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
