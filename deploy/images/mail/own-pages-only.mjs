/**
 * `node --import .../own-pages-only.mjs maildev`: maildev answers its own page alone. It has no setting for that, and lets any
 * web page read all mails (CORS with credentials, sockets without a look at the Origin).
 *
 * A request passes when its Host is an address or a name of this machine (a name that DNS leads here, as in DNS rebinding, is
 * none), and its Origin, where there is one, is that host.
 */
import http from "node:http";
import { isIP } from "node:net";

const NAMES = ["localhost", "mail"];
const original = http.Server.prototype.emit;

function isOwn({ headers }) {
  const host = headers.host ?? "";
  if (!URL.canParse(`http://${host}`)) return false;
  const name = new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, "");
  return (isIP(name) > 0 || NAMES.includes(name)) && [undefined, `http://${host}`].includes(headers.origin);
}

function withoutCors(response) {
  const setHeader = response.setHeader;
  const writeHead = response.writeHead;
  response.setHeader = (name, value) =>
    /^access-control-/i.test(name) ? response : setHeader.call(response, name, value);
  response.writeHead = (status, ...rest) => {
    const last = rest.at(-1);
    for (const name of Object.keys(typeof last === "object" ? last : {})) {
      if (/^access-control-/i.test(name)) delete last[name];
    }
    return writeHead.call(response, status, ...rest);
  };
}

http.Server.prototype.emit = function emit(event, request, answer, ...rest) {
  if (event === "request") {
    if (!isOwn(request)) return answer.writeHead(403).end("Open this page at its own address.\n");
    withoutCors(answer);
  }
  if (event === "upgrade" && !isOwn(request)) return answer.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
  return original.call(this, event, request, answer, ...rest);
};
