/** Reads the body of a request before its page does, and no further than its limit. */
import { createContext, type RouterContextProvider } from "react-router";

export const FORM_BYTES = 64 * 1024;
/** Each field costs the parser more than its bytes do; no page of ours has a tenth of them. */
export const MOST_FIELDS = 1_000;

/** By path, how many bytes a form with a file may have (`multipart/form-data`); all else has FORM_BYTES. */
export type Uploads = Record<string, number>;

const limitContext = createContext(0);

/** The limit in bytes that the request's body is above; 0 for a body that was read whole. */
export const exceededLimit = (context: Readonly<RouterContextProvider>): number => context.get(limitContext);

/** The same request with its body in memory, or, where that is too large, without it and so noted in `context`. */
export async function withBoundedBody(
  request: Request,
  context: RouterContextProvider,
  uploads: Uploads,
): Promise<Request> {
  if (!request.body) return request;
  const limit = limitOf(request, uploads);
  const declared = Number(request.headers.get("content-length") ?? 0);
  const { method, headers, signal } = request;
  const read = declared > limit ? null : await readUpTo(limit, request.body);
  const body = read && fieldsOf(read, headers.get("content-type") ?? "") <= MOST_FIELDS ? read : null;
  if (!body) context.set(limitContext, limit);
  return new Request(request.url, { method, headers, signal, body });
}

function limitOf({ url, method, headers }: Request, uploads: Uploads): number {
  const isFile = method === "POST" && headers.get("content-type")?.startsWith("multipart/form-data");
  const path = new URL(url).pathname.replace(/\.data$/, "");
  return (isFile && Object.hasOwn(uploads, path) && uploads[path]) || FORM_BYTES;
}

/** How many fields a parser would find, or one more. Types and parameters have no case (RFC 9110, section 8.3.1). */
function fieldsOf(body: Buffer, type: string): number {
  const boundary = /boundary="?([^";\s]+)/i.exec(type)?.[1];
  const separator = boundary ? `--${boundary}` : /^application\/x-www-form-urlencoded/i.test(type) ? "&" : null;
  let fields = 0;
  for (let at = separator ? body.indexOf(separator) : -1; separator && at >= 0 && fields <= MOST_FIELDS; fields++) {
    at = body.indexOf(separator, at + separator.length);
  }
  return fields;
}

/** The body, or null as soon as there is more of it. */
async function readUpTo(limit: number, body: ReadableStream<Uint8Array>): Promise<Buffer<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
