/** Takes services of the stack away, as an operator or an accident would. */
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../../..");

export const make = (target: string, service: string): string =>
  execFileSync("make", [target, `S=${service}`], { cwd: ROOT, stdio: "pipe", timeout: 600_000, encoding: "utf8" });

const docker = (...words: string[]): string => execFileSync("docker", words, { encoding: "utf8" });

/** Runs `work` while `service` is stopped; it is started again whatever happens. */
export async function without(service: string, work: () => Promise<void>): Promise<void> {
  make("stop", service);
  try {
    await work();
  } finally {
    make("start", service);
  }
}

/** Ends `service` with SIGKILL in the middle of its work, and lets the stack start it again. */
export function kill(service: string): void {
  if (process.env.ENGINE === "docker") {
    const labels = { project: process.env.COMPOSE_PROJECT_NAME, service };
    const filters = Object.entries(labels).map(([name, value]) => `--filter=label=com.docker.compose.${name}=${value}`);
    docker(
      "kill",
      ...docker("ps", "--quiet", ...filters)
        .trim()
        .split("\n"),
    );
    make("start", service);
    return;
  }
  const line = make("status", service)
    .split("\n")
    .find((row) => row.includes(` ${service} `));
  const pid = Number(line?.trim().split(/\s+/)[2]);
  if (!(pid > 1)) throw new Error(`no process of ${service} is running`);
  process.kill(pid, "SIGKILL");
}
