/** What a front asks of a service: tried with its real client on Pact's stand-in, and written down. */
import { ProblemError } from "@dashboard/front/api/problem.ts";
import { settings } from "@dashboard/front/server/settings.ts";
import { UserSession } from "@dashboard/front/session/session.server.ts";
import { MatchersV3, PactV4 } from "@pact-foundation/pact";
import { expect, test } from "vitest";
import EXAMPLES from "./examples.json" with { type: "json" };
import { WRITTEN } from "./rewrite.ts";

const COOKIES = { access: "access", refresh: "refresh", flash: "flash", device: "device" };
const HERE = new URL("http://localhost:8000/app");
const INFO = {
  correlationId: "01998a6c-3d10-7a4b-8c1e-5f0a2b3c4d5e",
  nonce: "",
  clientAddress: "",
  userAgent: "Test/1",
};
const PROBLEM_JSON = "application/problem+json";

export interface Answer {
  status: number;
  /** Matchers; or only the content type of something that is not JSON. */
  body?: unknown;
  contentType?: string;
}

/** `given` are provider states (tests/pacts/states), joined by ", and "; names in braces are those of examples.json. */
export interface Need<Result> {
  given: string;
  /** `GET /api/profile` */
  ask: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  json?: Record<string, unknown>;
  raw?: { type: string; content: Uint8Array };
  /** Nobody's request: without an access token. */
  anonymous?: boolean;
  answer: Answer;
  by: (session: UserSession) => Promise<Result>;
  /** What comes of it; by default the answer as it is, or a ProblemError with its status. */
  gives?: (result: Promise<Result>, session: UserSession) => Promise<unknown>;
}

/** What has no entry in examples.json follows by rule, as in examples.py: `some_id`, or the name itself (`some-slug`). */
export function exampleOf(name: string): string {
  const examples: Record<string, string> = EXAMPLES;
  return examples[name] ?? (name.endsWith("_id") ? EXAMPLES.some_id : `some-${name.replaceAll("_", "-")}`);
}

/** A value in which the provider state says what the braces stand for. */
export function injected(template: string): string {
  if (!template.includes("{")) return template;
  const regex = template.replace(/[.?+*()|^$[\]\\]/g, "\\$&").replace(/\{\w+\}/g, "[^/]+");
  const matcher = {
    "pact:matcher:type": "regex",
    "pact:generator:type": "ProviderState",
    regex: `^${regex}$`,
    expression: template.replaceAll("{", "${"),
    value: template.replace(/\{(\w+)\}/g, (_, name) => exampleOf(name)),
  };
  return matcher as unknown as string;
}

/** RFC 9457, as far as the fronts read it. */
export function refusal(status: number, members: Record<string, unknown> = {}): Answer {
  const type = MatchersV3.regex("^urn:tools-dashboard:problem:[a-z-]+$", "urn:tools-dashboard:problem:example");
  const body = { type, title: MatchersV3.like("No"), status, detail: MatchersV3.like("Why not"), ...members };
  return { status, body, contentType: PROBLEM_JSON };
}

const TOKEN = { Authorization: injected("Bearer {access_token}") };

/** A function that declares, as a test, what `consumer` needs of `provider`. */
export function consumer(consumer: string, provider: "back-api" | "back-auth") {
  const pact = new PactV4({ consumer, provider, dir: WRITTEN, logLevel: "error" });
  return <Result>(description: string, need: Need<Result>): void =>
    test(description, async () => {
      const [method = "", path = ""] = need.ask.split(" ");
      const interaction = pact.addInteraction().uponReceiving(description);
      for (const state of need.given.split(", and ")) interaction.given(state);
      await interaction
        .withRequest(method, injected(path), (request) => {
          request.query(each(need.query)).headers({ ...each(need.headers), ...(need.anonymous ? {} : TOKEN) });
          if (need.json) request.jsonBody(each(need.json));
          if (need.raw) request.body(need.raw.type, Buffer.from(need.raw.content));
        })
        .willRespondWith(need.answer.status, (response) => {
          const { body, contentType = "application/json" } = need.answer;
          if (body !== undefined || need.answer.contentType) response.headers({ "Content-Type": contentType });
          if (body !== undefined) response.jsonBody(body);
        })
        .executeTest(({ url }) => tried(url, need));
    });
}

async function tried<Result>(url: string, need: Need<Result>): Promise<void> {
  Object.assign(settings(), { backApiUrl: url, backAuthUrl: url });
  const session = openSession(need.anonymous ? {} : { access: EXAMPLES.access_token });
  const result = need.by(session);
  if (need.gives) await need.gives(result, session);
  else if (need.answer.status >= 400) {
    const problem = expect.objectContaining({ status: need.answer.status });
    await expect(result).rejects.toSatisfy((error) => error instanceof ProblemError);
    await expect(result).rejects.toMatchObject({ problem });
  } else expect(await result).toEqual(example(need.answer.body));
}

const example = (body: unknown) => (body === undefined ? body : MatchersV3.reify(body as never));

/** The login of a browser with these tokens in its cookies. */
export function openSession(tokens: Record<string, string>): UserSession {
  const request = new Request(HERE);
  const cookies = Object.entries(tokens).map(([name, value]) => `${name}=${value}`);
  request.headers.set("cookie", cookies.join("; "));
  return new UserSession(request, HERE, COOKIES, INFO);
}

function each<Value>(values: Record<string, Value> = {}): Record<string, Value> {
  const injected = Object.entries(values).map(([name, value]) => [name, inject(value)]);
  return Object.fromEntries(injected);
}

const inject = (value: unknown) => (typeof value === "string" ? injected(value) : value);
