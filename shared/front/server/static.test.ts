// @vitest-environment node
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { staticFiles } from "./static.ts";

const folder = mkdtempSync(join(tmpdir(), "static-"));
const SCRIPT = "export const answer = 42;\n".repeat(50);
let server: Server;
let base = "";

beforeAll(async () => {
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "assets/app-abc.js"), SCRIPT);
  writeFileSync(join(folder, "notes.md"), "not for the public");
  writeFileSync(join(folder, "icon.png"), SCRIPT);
  mkdirSync(join(folder, "folder.txt"));
  const sendFile = staticFiles(folder);
  server = createServer((request, response) => {
    if (!sendFile(request, response)) response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

test("hashed files are compressed and kept for ever, also when the folder is gone", async () => {
  rmSync(join(folder, "assets/app-abc.js"));
  for (const encoding of ["br", "gzip"]) {
    const response = await fetch(`${base}/assets/app-abc.js?v=1`, { headers: { "accept-encoding": encoding } });
    expect(await response.text()).toBe(SCRIPT);
    expect(response.headers.get("content-encoding")).toBe(encoding);
    expect(response.headers.get("cache-control")).toContain("immutable");
  }
});

test("a known version is not sent again", async () => {
  const first = await fetch(`${base}/assets/app-abc.js`);
  const etag = first.headers.get("etag") ?? "";
  expect((await fetch(`${base}/assets/app-abc.js`, { headers: { "if-none-match": etag } })).status).toBe(304);
});

test("a file comes with type, length and tag, and is checked again after an hour unless its name has a hash", async () => {
  const { headers } = await fetch(`${base}/icon.png`, { headers: { "accept-encoding": "gzip" } });
  expect(headers.get("content-type")).toBe("image/png");
  expect(headers.get("content-length")).toBe(String(SCRIPT.length));
  expect(headers.get("content-encoding")).toBeNull();
  expect(headers.get("vary")).toBeNull();
  expect(headers.get("cache-control")).toBe("public, max-age=3600");
  expect(headers.get("etag")).toMatch(/^"[\w-]{22}"$/);
  expect(headers.get("x-content-type-options")).toBe("nosniff");
});

test("a script depends on what its reader accepts, and is smaller for who accepts more", async () => {
  const sizes = ["identity", "gzip", "br"].map(async (encoding) => {
    const response = await fetch(`${base}/assets/app-abc.js`, { headers: { "accept-encoding": encoding } });
    expect(response.headers.get("vary")).toBe("accept-encoding");
    await response.arrayBuffer();
    return Number(response.headers.get("content-length"));
  });
  const [plain = 0, gzip = 0, brotli = 0] = await Promise.all(sizes);
  expect(plain).toBe(SCRIPT.length);
  expect(gzip).toBeLessThan(plain / 4);
  expect(brotli).toBeLessThan(gzip);
});

test("HEAD has the headers of GET, and no body", async () => {
  const response = await fetch(`${base}/icon.png`, { method: "HEAD" });
  expect(response.headers.get("content-length")).toBe(String(SCRIPT.length));
  expect(await response.text()).toBe("");
});

test("nothing else is served", async () => {
  for (const path of ["/notes.md", "/../package.json", "/%2e%2e/package.json", "/assets", "/folder.txt", "/"]) {
    expect((await fetch(base + path)).status, path).toBe(404);
  }
  expect((await fetch(`${base}/assets/app-abc.js`, { method: "POST" })).status).toBe(404);
});
