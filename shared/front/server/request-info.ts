/** What every loader, action and middleware may know about the request at hand. */
import { createContext, type RouterContextProvider } from "react-router";
import { acceptCorrelationId, CORRELATION_HEADER } from "./correlation.ts";
import { CLIENT_HEADER } from "./proxy.ts";
import { TRACE_HEADER } from "./tracing.ts";

export interface RequestInfo {
  correlationId: string;
  nonce: string;
  clientAddress: string;
  userAgent: string;
  traceparent?: string;
}

const infoContext = createContext<RequestInfo | null>(null);

/** The request's info, made at the first call: the development server starts without our own server. */
export function requestInfo(request: Request, context: Readonly<RouterContextProvider>): RequestInfo {
  const known = context.get(infoContext);
  if (known) return known;
  const info = {
    correlationId: acceptCorrelationId(request.headers.get(CORRELATION_HEADER)),
    nonce: btoa(crypto.randomUUID()),
    clientAddress: request.headers.get(CLIENT_HEADER) ?? "",
    userAgent: request.headers.get("user-agent") ?? "",
    traceparent: request.headers.get(TRACE_HEADER) ?? "",
  };
  context.set(infoContext, info);
  return info;
}
