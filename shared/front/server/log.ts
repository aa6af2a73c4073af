/** One JSON object a line on standard output, in the same shape as the Python services write theirs. */

type Level = "info" | "warning" | "error";
type Fields = Record<string, unknown>;

let service = "front";
let listener: (level: Level, event: string, fields: Fields) => void = () => {};

export function nameService(name: string): void {
  service = name;
}

/** Tells every line to `listen` as well. */
export function alsoLogTo(listen: typeof listener): void {
  listener = listen;
}

function write(level: Level, event: string, fields: Fields): void {
  const line = { ...fields, event, service, level, timestamp: new Date().toISOString() };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  listener(level, event, fields);
}

export const log = {
  info: (event: string, fields: Fields = {}) => write("info", event, fields),
  warning: (event: string, fields: Fields = {}) => write("warning", event, fields),
  error: (event: string, error: unknown, fields: Fields = {}) =>
    write("error", event, { ...fields, exception: error instanceof Error ? error.stack : String(error) }),
};
