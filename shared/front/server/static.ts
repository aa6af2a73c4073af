/** The built files of a front, kept in memory: a new build below a running server cannot take them away. */
import { createHash } from "node:crypto";
import { globSync, readFileSync, statSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { chooseEncoding, type Encoding } from "./encoding.ts";

const TYPES: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};
const COMPRESSED = new Set([".woff2", ".png", ".ico"]);
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
const FOREVER = "public, max-age=31536000, immutable";

interface File {
  body: Buffer;
  type: string;
  tag: string;
  /** Names carry a hash of the content. */
  immutable: boolean;
  /** By content encoding, each made at its first request. */
  packed: Map<string, Buffer> | null;
}

/** A handler that answers whether the request was for a file below `folder`. */
export function staticFiles(folder: string): (request: IncomingMessage, response: ServerResponse) => boolean {
  const files = new Map(readFiles(folder));
  return (request, response) => {
    const file = files.get((request.url ?? "").split("?", 1)[0] ?? "");
    if (!file || (request.method !== "GET" && request.method !== "HEAD")) return false;
    send(file, request, response);
    return true;
  };
}

function* readFiles(folder: string): Generator<[string, File]> {
  for (const path of globSync(join(folder, "**/*"))) {
    const extension = extname(path);
    if (!statSync(path).isFile() || !(extension in TYPES)) continue;
    const body = readFileSync(path);
    const url = `/${relative(folder, path).replaceAll("\\", "/")}`;
    const tag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
    const packed = COMPRESSED.has(extension) ? null : new Map<string, Buffer>();
    yield [url, { body, type: TYPES[extension] ?? "", tag, immutable: url.startsWith("/assets/"), packed }];
  }
}

function send(file: File, request: IncomingMessage, response: ServerResponse): void {
  response.setHeader("content-type", file.type);
  response.setHeader("etag", file.tag);
  response.setHeader("cache-control", file.immutable ? FOREVER : "public, max-age=3600");
  response.setHeader("x-content-type-options", "nosniff");
  if (file.packed) response.setHeader("vary", "accept-encoding");
  if (request.headers["if-none-match"] === file.tag) {
    response.writeHead(304).end();
    return;
  }
  const encoding = file.packed && chooseEncoding(request.headers["accept-encoding"]?.toString());
  const body = encoding ? pack(file, encoding) : file.body;
  if (encoding) response.setHeader("content-encoding", encoding);
  response.setHeader("content-length", body.length);
  response.end(request.method === "HEAD" ? undefined : body);
}

function pack({ packed, body }: File, encoding: Encoding): Buffer {
  const known = packed?.get(encoding);
  if (known) return known;
  const made = compress(body, encoding);
  packed?.set(encoding, made);
  return made;
}

/** As assets are sent. */
export function compress(body: Buffer, encoding: Encoding): Buffer {
  return encoding === "br" ? brotliCompressSync(body, BROTLI) : gzipSync(body, { level: 9 });
}
