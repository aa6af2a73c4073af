/** The settings of a front, from its environment. A missing or malformed value stops the process at start, with its name. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TracePolicy } from "./trace-retention.ts";

export interface Settings {
  host: string;
  port: number;
  environment: "development" | "production";
  backApiUrl: string;
  backAuthUrl: string;
  publicUrl: string;
  adminUrl: string;
  /** Addresses and CIDRs of the gateway: whose X-Forwarded-* headers count. */
  internalNetworks: string[];
  /** What messages between pages are signed with: FLASH_SECRET, or the file `flash_secret` in SECRETS_DIR. */
  flashSecret: string;
  /** Where spans are written; empty: nowhere. */
  tracesDir: string;
  /** Which traces are kept. */
  traces: TracePolicy;
}

export class SettingsError extends Error {}

const SHORTEST_SECRET = 32;

type Environment = Record<string, string | undefined>;

export function readSettings(env: Environment = process.env): Settings {
  const wrong: string[] = [];
  const url = (name: string) => {
    const value = env[name] ?? "";
    if (!URL.canParse(value)) wrong.push(`${name} must be a URL, is "${value}"`);
    return value.replace(/\/$/, "");
  };
  const port = Number(env.PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65535) wrong.push(`PORT must be a port number, is "${env.PORT}"`);
  const environment = env.ENVIRONMENT ?? "production";
  if (environment !== "development" && environment !== "production") {
    wrong.push(`ENVIRONMENT must be development or production, is "${environment}"`);
  }
  const number = (name: string, otherwise: number, least: number, most: number) => {
    const value = Number(env[name] || otherwise);
    if (!(value >= least && value <= most)) wrong.push(`${name} must be ${least} to ${most}, is "${env[name]}"`);
    return value;
  };
  const flashSecret = env.FLASH_SECRET ?? secretIn(env.SECRETS_DIR, "flash_secret");
  if (flashSecret.length < SHORTEST_SECRET) wrong.push(`FLASH_SECRET must be ${SHORTEST_SECRET} characters or more`);
  const traces = {
    sample: number("TRACES_SAMPLE", 0, 0, 1),
    perSecond: number("TRACES_PER_SECOND", 2, 0, 1000),
    slowMilliseconds: number("TRACES_SLOW_MS", 500, 1, 3_600_000),
  };
  const settings = {
    host: env.HOST || "127.0.0.1",
    port,
    environment: environment as Settings["environment"],
    backApiUrl: url("BACK_API_URL"),
    backAuthUrl: url("BACK_AUTH_URL"),
    publicUrl: url("PUBLIC_URL"),
    adminUrl: url("ADMIN_URL"),
    internalNetworks: (env.INTERNAL_NETWORKS ?? "").split(/[\s,]+/).filter(Boolean),
    flashSecret,
    tracesDir: env.TRACES_DIR ?? "",
    traces,
  };
  if (wrong.length) throw new SettingsError(wrong.join("; "));
  return settings;
}

function secretIn(folder: string | undefined, name: string): string {
  try {
    return folder ? readFileSync(join(folder, name), "utf8").trim() : "";
  } catch {
    return "";
  }
}

let current: Settings | undefined;

/** The settings of this process, read once. */
export function settings(): Settings {
  current ??= readSettings();
  return current;
}
