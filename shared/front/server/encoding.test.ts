// @vitest-environment node
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { chooseEncoding, compressed } from "./encoding.ts";

const PAGE = "<p>All that hangs on these hooks.</p>".repeat(200);
const html = (body: BodyInit | null, headers = {}) =>
  new Response(body, { headers: { "content-type": "text/html; charset=utf-8", ...headers } });
const asking = (accepted: string) => new Request("http://front/", { headers: { "accept-encoding": accepted } });

test.each([
  [null, null],
  ["", null],
  ["gzip, deflate, br, zstd", "br"],
  ["gzip", "gzip"],
  ["br;q=0, gzip", "gzip"],
  ["br;q=0.5, gzip;q=0.8", "gzip"],
  ["br; q=0.8 , gzip;q=0.5", "br"],
  ["BR", "br"],
  ["*", "br"],
  ["*;q=0", null],
  ["br;q=0, *", "gzip"],
  ["br;q=0, gzip;q=0, *;q=1", null],
  ["identity;q=0, gzip", "gzip"],
  ["identity;q=0", null],
  ["identity, gzip;q=0.5", null],
  ["brotli, x-gzip2", null],
  ["not-br, libbr", null],
])("of %j the answer has %j", (accepted, encoding) => {
  expect(chooseEncoding(accepted)).toBe(encoding);
});

test("a page is compressed, and says that it depends on the reader", async () => {
  for (const [encoding, unpack] of [
    ["br", brotliDecompressSync],
    ["gzip", gunzipSync],
  ] as const) {
    const response = compressed(asking(encoding), html(PAGE));
    const body = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get("content-encoding")).toBe(encoding);
    expect(response.headers.get("vary")).toBe("accept-encoding");
    expect(body.length).toBeLessThan(PAGE.length / 4);
    expect(unpack(body).toString()).toBe(PAGE);
  }
});

test("what is small, of another type, or for a reader who accepts nothing stays as it is", async () => {
  const cases = [
    compressed(asking("gzip"), html("hello", { "content-length": "5" })),
    compressed(asking("gzip"), new Response(PAGE, { headers: { "content-type": "text/x-script" } })),
    compressed(asking("gzip;q=0"), html(PAGE)),
    compressed(asking("gzip"), html(null)),
  ];
  for (const response of cases) expect(response.headers.has("content-encoding")).toBe(false);
  expect(await cases[0]?.text()).toBe("hello");
});

test.each(["br", "gzip"])("what is written first arrives first (%s)", async (encoding) => {
  const page = new TransformStream<Uint8Array, Uint8Array>();
  const writer = page.writable.getWriter();
  const reader = compressed(asking(encoding), html(page.readable)).body?.getReader();
  void writer.write(new TextEncoder().encode(PAGE));
  expect((await reader?.read())?.value?.length).toBeGreaterThan(0); // though the page has not ended
  await writer.close();
});

test.each([
  [1_023, null],
  [1_024, "gzip"],
])("a page of %i bytes has the coding %s; status and words stay", (length, encoding) => {
  const page = new Response(PAGE, {
    status: 404,
    statusText: "Not here",
    headers: { "content-type": "text/html", "content-length": String(length) },
  });
  const { status, statusText, headers } = compressed(asking("gzip"), page);
  expect([status, statusText, headers.get("content-encoding")]).toEqual([404, "Not here", encoding]);
  expect(headers.has("content-length")).toBe(!encoding);
  expect(headers.get("vary")).toBe("accept-encoding");
});
