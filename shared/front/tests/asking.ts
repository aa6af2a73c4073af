/** A session whose services are a fake `fetch`: what a page's actions ask, and how they take what is answered. */
import { vi } from "vitest";
import { UserSession } from "../session/session.server.ts";

const NAMES = { access: "a", refresh: "r", device: "d", flash: "f" };
const INFO = { correlationId: "correlation-1", nonce: "n", clientAddress: "", userAgent: "" };
const CLAIMS = { sub: "u1", sid: "s1", role: "user", permissions: [], exp: 4_000_000_000 };
const COOKIE = `a=head.${btoa(JSON.stringify(CLAIMS))}.signature`;

/** A JSON value for 200, or a problem with its status. */
export type Answer = unknown | { problem: number; [field: string]: unknown };

export interface Asking {
  session: UserSession;
  /** `METHOD path?query` of each call, with its JSON body and its headers. */
  asked: { call: string; json: unknown; headers: Headers }[];
  /** What the actions have left for the next page to say, newest last. */
  messages(): string[];
}

/** Answers are taken in order; after the last one, `{}`. */
export function asking(...answers: Answer[]): Asking {
  const asked: Asking["asked"] = [];
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  vi.stubGlobal("fetch", async (url: string, { method, body, headers }: RequestInit & { headers: Headers }) => {
    const { pathname, search } = new URL(url);
    const json = typeof body === "string" ? JSON.parse(body) : (body ?? undefined);
    asked.push({ call: `${method} ${pathname}${search}`, json, headers });
    return response(answers.shift() ?? {});
  });
  const here = "http://localhost:8000/app";
  const request = new Request(here);
  request.headers.set("cookie", COOKIE);
  const session = new UserSession(request, new URL(here), NAMES, INFO);
  return { session, asked, messages: () => messagesOf(session) };
}

function messagesOf(session: UserSession): string[] {
  const written = new Response();
  session.finish(written);
  const cookies = written.headers.getSetCookie().filter((cookie) => cookie.startsWith(`${NAMES.flash}=`));
  return cookies.map((cookie) => {
    const payload = cookie.slice(NAMES.flash.length + 1).split(".", 1)[0] ?? "";
    const bytes = Uint8Array.from(atob(payload.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)).message;
  });
}

function response(answer: Answer): Response {
  const { problem, ...more } = answer as { problem?: number };
  if (!problem) return Response.json(answer);
  const body = { type: "urn:x", title: "No", status: problem, ...more };
  return new Response(JSON.stringify(body), {
    status: problem,
    headers: { "content-type": "application/problem+json" },
  });
}

export function form(fields: Record<string, string | string[] | Blob>): FormData {
  const made = new FormData();
  for (const [name, values] of Object.entries(fields)) for (const value of [values].flat()) made.append(name, value);
  return made;
}

/** Where an action leads, which it says by throwing. */
export async function redirected(action: Promise<unknown>): Promise<string | null> {
  const thrown = await action.then(
    () => null,
    (error: unknown) => error,
  );
  return thrown instanceof Response ? thrown.headers.get("location") : null;
}
