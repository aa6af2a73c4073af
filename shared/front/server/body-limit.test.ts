// @vitest-environment node
import { RouterContextProvider } from "react-router";
import { expect, test } from "vitest";
import { exceededLimit, FORM_BYTES, MOST_FIELDS, withBoundedBody } from "./body-limit.ts";

const UPLOADS = { "/app/profile": 100_000 };
const FORM = "application/x-www-form-urlencoded";
const FILE = "multipart/form-data; boundary=x";

async function read(path: string, type: string, size: number, declared: boolean) {
  const context = new RouterContextProvider();
  let pulled = 0;
  const body = new ReadableStream({
    pull(controller) {
      const chunk = Math.min(10_000, size - pulled);
      pulled += chunk;
      if (chunk) controller.enqueue(new Uint8Array(chunk).fill(97));
      else controller.close();
    },
  });
  const headers = { "content-type": type, ...(declared && { "content-length": String(size) }) };
  const sent = new Request(`http://front${path}`, { method: "POST", headers, body, duplex: "half" } as RequestInit);
  const request = await withBoundedBody(sent, context, UPLOADS);
  return { limit: exceededLimit(context), length: (await request.arrayBuffer()).byteLength, pulled };
}

test.each([
  ["/login", FORM, FORM_BYTES],
  ["/login", "application/json", FORM_BYTES],
  ["/login.data", "text/plain", FORM_BYTES],
  ["/login", FILE, FORM_BYTES],
  ["/app/profile", FORM, FORM_BYTES],
  ["/toString", FILE, FORM_BYTES],
  ["/app/profile", FILE, 100_000],
  ["/app/profile.data", FILE, 100_000],
])("a body for %s of type %s has at most %d bytes", async (path, type, limit) => {
  for (const declared of [true, false]) {
    expect(await read(path, type, limit, declared)).toMatchObject({ limit: 0, length: limit });
    expect(await read(path, type, limit + 1, declared)).toMatchObject({ limit, length: 0 });
  }
});

test("no more is read than the limit", async () => {
  expect((await read("/login", FORM, 3_000_000, false)).pulled).toBeLessThan(FORM_BYTES + 30_000);
  expect((await read("/login", FORM, 3_000_000, true)).pulled).toBeLessThan(20_000);
});

test("a body that lies about its length is counted all the same", async () => {
  const context = new RouterContextProvider();
  const headers = { "content-type": FORM, "content-length": "5" };
  const sent = new Request("http://front/login", { method: "POST", headers, body: "a".repeat(FORM_BYTES + 1) });
  await withBoundedBody(sent, context, {});
  expect(exceededLimit(context)).toBe(FORM_BYTES);
});

const PART = '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n\r\n';

test.each([
  ["/login", FORM, "a&"],
  ["/login", FORM.toUpperCase(), "a&"],
  ["/app/profile", FILE, PART],
  ["/app/profile", "multipart/form-data; BOUNDARY=x", PART],
  ["/app/profile", 'multipart/form-data; boundary="x" ; charset=utf-8', PART],
])("a form for %s of type %s has at most a thousand fields", async (path, type, field) => {
  for (const [count, limit] of [
    [MOST_FIELDS, 0],
    [MOST_FIELDS + 1, path === "/login" ? FORM_BYTES : UPLOADS[path as keyof typeof UPLOADS]],
  ] as const) {
    const context = new RouterContextProvider();
    const sent = new Request(`http://front${path}`, {
      method: "POST",
      headers: { "content-type": type },
      body: field.repeat(count),
    });
    await withBoundedBody(sent, context, UPLOADS);
    expect(exceededLimit(context)).toBe(limit);
  }
});
