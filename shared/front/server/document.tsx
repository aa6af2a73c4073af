/** Renders a page on the server: streamed to browsers, complete for bots. Each front's entry.server re-exports it. */
import { PassThrough } from "node:stream";
import { createReadableStreamFromReadable } from "@react-router/node";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { type EntryContext, type HandleErrorFunction, type RouterContextProvider, ServerRouter } from "react-router";
import { CORRELATION_HEADER } from "./correlation.ts";
import { log } from "./log.ts";
import { requestInfo } from "./request-info.ts";
import { setSecurityHeaders } from "./security-headers.ts";

export const streamTimeout = 5_000;

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  entry: EntryContext,
  context: RouterContextProvider,
): Promise<Response> {
  const { nonce, correlationId } = requestInfo(request, context);
  headers.set("content-type", "text/html; charset=utf-8");
  setSecurityHeaders(headers, nonce, request);
  const ready = isbot(request.headers.get("user-agent")) ? "onAllReady" : "onShellReady";
  return new Promise((resolve, reject) => {
    let shellRendered = false;
    const { pipe, abort } = renderToPipeableStream(<ServerRouter context={entry} url={request.url} nonce={nonce} />, {
      nonce,
      [ready]() {
        shellRendered = true;
        // A timer that is left running keeps the whole render in memory until it fires.
        const body = new PassThrough({
          final(done) {
            clearTimeout(timer);
            done();
          },
        });
        pipe(body);
        resolve(new Response(createReadableStreamFromReadable(body), { headers, status }));
      },
      onShellError(error) {
        clearTimeout(timer);
        reject(error);
      },
      onError: (error) => {
        if (shellRendered) log.error("render failed", error, { correlation_id: correlationId });
      },
    });
    const timer = setTimeout(abort, streamTimeout + 1_000);
  });
}

export const handleError: HandleErrorFunction = (error, { request }) => {
  if (request.signal.aborted) return;
  log.error("request failed", error, {
    path: new URL(request.url).pathname,
    correlation_id: request.headers.get(CORRELATION_HEADER),
  });
};
