/** Which content coding an answer may have (RFC 9110, section 12.5.3), and the streams that make one. */
/// <reference path="./negotiator.d.ts" />

import { Duplex } from "node:stream";
import { type BrotliOptions, constants, createBrotliCompress, createGzip, type ZlibOptions } from "node:zlib";
import Negotiator from "negotiator";

export type Encoding = "br" | "gzip";

/** Node's types of web streams and the browser's differ in name alone. */
type Packer = ReadableWritablePair<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>;

const SMALL_BYTES = 1_024;
const ORDER = ["br", "gzip", "identity"];
/** What React flushes is flushed: the shell of a page does not wait for its slow parts. */
const BROTLI: BrotliOptions = {
  flush: constants.BROTLI_OPERATION_FLUSH,
  params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
};
const GZIP: ZlibOptions = { flush: constants.Z_SYNC_FLUSH, level: 5 };

/** The coding that the client likes best; null for none, also where it accepts nothing at all. */
export function chooseEncoding(accepted: string | null | undefined): Encoding | null {
  if (!accepted) return null;
  const best = new Negotiator({ headers: { "accept-encoding": accepted } }).encoding(ORDER, { preferred: ORDER });
  return best === "br" || best === "gzip" ? best : null;
}

/** A page, compressed as its reader accepts it; anything else, and what is small, as it is. */
export function compressed(request: Request, response: Response): Response {
  if (!response.headers.get("content-type")?.startsWith("text/html")) return response;
  const headers = new Headers(response.headers);
  headers.append("vary", "accept-encoding");
  const encoding = isSmall(headers) ? null : chooseEncoding(request.headers.get("accept-encoding"));
  const { status, statusText } = response;
  if (!encoding || !response.body) return new Response(response.body, { status, statusText, headers });
  headers.set("content-encoding", encoding);
  headers.delete("content-length");
  const packer = Duplex.toWeb(encoding === "br" ? createBrotliCompress(BROTLI) : createGzip(GZIP)) as unknown as Packer;
  return new Response(response.body.pipeThrough(packer), { status, statusText, headers });
}

function isSmall(headers: Headers): boolean {
  const length = headers.get("content-length");
  return length !== null && Number(length) < SMALL_BYTES;
}
