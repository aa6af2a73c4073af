/** Who is the client? X-Forwarded-* headers count only from a proxy that the settings trust. */
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";

export const CLIENT_HEADER = "x-client-address";
const FORWARDED = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"];

function trustList(entries: string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = "", prefix] = entry.split("/");
    const family = isIP(address);
    if (!family) throw new Error(`INTERNAL_NETWORKS: "${entry}" is neither an address nor a CIDR`);
    const type = family === 6 ? "ipv6" : "ipv4";
    if (prefix) list.addSubnet(address, Number(prefix), type);
    else list.addAddress(address, type);
  }
  return list;
}

/** A function that makes a request's headers safe to believe, and names the client in `x-client-address`. */
export function forwardedHeaders(trusted: string[]): (request: IncomingMessage) => void {
  const list = trustList(trusted);
  const isTrusted = (address: string) =>
    isIP(address) > 0 && list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
  return ({ headers, socket }) => {
    const peer = (socket.remoteAddress ?? "").replace(/^::ffff:/, "");
    const chain = String(headers["x-forwarded-for"] ?? "")
      .split(",")
      .map((part) => part.trim())
      .filter(Boolean);
    if (!isTrusted(peer)) for (const name of FORWARDED) delete headers[name];
    const client = isTrusted(peer) ? (chain.findLast((address) => !isTrusted(address)) ?? chain[0]) : undefined;
    headers[CLIENT_HEADER] = client && isIP(client) ? client : peer;
    preferHost(headers);
  };
}

/** Kong sends the host's name without the port; the Host header that it preserves says both. */
function preferHost(headers: IncomingHttpHeaders): void {
  const name = headers.host?.replace(/:\d+$/, "");
  if (name && headers["x-forwarded-host"] === name) delete headers["x-forwarded-host"];
}
