/** `/health`: alive. `/health/ready`: can serve pages; a peer that is down makes it degraded, since pages still answer. */
import type { ServerResponse } from "node:http";
import type { Settings } from "./settings.ts";

const CHECK_MILLISECONDS = 2_000;

interface Check {
  ok: boolean;
  required: boolean;
  detail: string;
}

async function checkPeer(url: string): Promise<Check> {
  try {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(CHECK_MILLISECONDS) });
    await response.body?.cancel();
    return { ok: response.ok, required: false, detail: response.ok ? "" : `answered ${response.status}` };
  } catch (error) {
    return { ok: false, required: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

export async function readiness(service: string, version: string, settings: Settings, stopping: boolean) {
  const [api, auth] = await Promise.all([checkPeer(settings.backApiUrl), checkPeer(settings.backAuthUrl)]);
  const serving: Check = { ok: !stopping, required: true, detail: stopping ? "shutting down" : "" };
  const status = stopping ? "unready" : api.ok && auth.ok ? "ready" : "degraded";
  return { status, service, version, checks: { serving, "back-api": api, "back-auth": auth } };
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}
