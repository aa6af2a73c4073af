/** A live connection that keeps itself alive: reconnects with growing waits and says where it left off. */
import type { LiveMessage } from "../api/types.ts";
import type { LiveStatus } from "./store.ts";
import { type Connect, connectSocket, NO_CODE } from "./transports.ts";

const FIRST_WAIT = 500;
const LAST_WAIT = 30_000;
const STABLE_AFTER = 5_000;
/** Codes of back-websockets (back-websockets/codes.py). */
const CODE = { ended: 4401, wrongOrigin: 4403, tooMany: 4429 };
const ASK_AGAIN_EVERY = 3;
/** So many handshakes fail, and none ever succeeded: the network lets no WebSocket through. */
const BLOCKED_AFTER = 3;
const SOCKET_AGAIN_AFTER = 5 * 60_000;
const REMEMBERED = 500;

export interface LiveOptions {
  url: string;
  /** The newest notification that this tab knows: what came later is sent after the reconnect. */
  lastId: string | null;
  onMessage(message: LiveMessage): void;
  onStatus(status: LiveStatus): void;
  /** The login may have ended: ask the server, which renews it or leads to the login page. */
  onRefused(): void;
}

export class LiveConnection {
  readonly #options: LiveOptions;
  readonly #seen = new Set<string>();
  #lastId: string | null;
  #close: () => void = () => {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  /** Handshakes that failed; null once a WebSocket opened. */
  #blocked: number | null = 0;
  #attempt = 0;

  constructor(options: LiveOptions) {
    this.#options = options;
    this.#lastId = options.lastId;
  }

  start(): void {
    addEventListener("online", this.#now);
    addEventListener("offline", this.#offline);
    this.#options.onStatus("connecting");
    this.#open();
  }

  stop(): void {
    removeEventListener("online", this.#now);
    removeEventListener("offline", this.#offline);
    this.#hangUp();
    this.#options.onStatus("idle");
  }

  readonly #now = () => {
    this.#failures = 0;
    this.#open();
  };

  readonly #offline = () => {
    this.#hangUp();
    this.#options.onStatus("offline");
  };

  /** Whatever the present attempt still says is not heard any more. */
  #hangUp(): void {
    this.#attempt += 1;
    clearTimeout(this.#timer);
    this.#close();
  }

  #open(): void {
    this.#hangUp();
    if ((this.#blocked ?? 0) < BLOCKED_AFTER) this.#connect(connectSocket, false);
    else this.#openStream(this.#attempt);
  }

  #openStream(attempt: number): void {
    const mine = () => attempt === this.#attempt;
    import("./event-stream.ts").then(
      ({ connectStream }) => mine() && this.#connect(connectStream, true),
      () => mine() && this.#closed(NO_CODE, ""),
    );
  }

  #connect(connect: Connect, isStream: boolean): void {
    const attempt = this.#attempt;
    const url = new URL(this.#options.url);
    if (this.#lastId) url.searchParams.set("last_id", this.#lastId);
    let opened = false;
    this.#close = connect(url, {
      onOpen: () => {
        opened = true;
        this.#opened(isStream);
      },
      onMessage: (text) => this.#receive(text),
      onClose: (code, reason) => {
        if (attempt !== this.#attempt) return;
        if (!opened) this.#countBlocked(isStream);
        this.#closed(code, reason);
      },
    });
  }

  #opened(isStream: boolean): void {
    this.#options.onStatus("live");
    if (!isStream) this.#blocked = null;
    clearTimeout(this.#timer);
    const stable = () => {
      this.#failures = 0;
      if (isStream) this.#timer = setTimeout(() => this.#trySocket(), SOCKET_AGAIN_AFTER);
    };
    this.#timer = setTimeout(stable, STABLE_AFTER);
  }

  #trySocket(): void {
    this.#blocked = BLOCKED_AFTER - 1;
    this.#open();
  }

  /** A stream that fails too says nothing about sockets: both are tried in turn. */
  #countBlocked(isStream: boolean): void {
    if (this.#blocked === null || navigator.onLine === false) return;
    this.#blocked = isStream ? BLOCKED_AFTER - 1 : this.#blocked + 1;
  }

  #receive(text: string): void {
    const message = JSON.parse(text) as LiveMessage;
    if (message.type === "notification.created") {
      this.#lastId = message.data.id;
      if (this.#knows(message.data.id)) return;
    }
    this.#options.onMessage(message);
  }

  /** What arrives twice, live and as missed, counts once. */
  #knows(id: string): boolean {
    if (this.#seen.has(id)) return true;
    this.#seen.add(id);
    if (this.#seen.size > REMEMBERED) this.#seen.delete(this.#seen.values().next().value ?? "");
    return false;
  }

  #closed(code: number, reason: string): void {
    clearTimeout(this.#timer);
    if (code === CODE.wrongOrigin) {
      this.#hangUp();
      this.#options.onStatus("off");
      return;
    }
    this.#failures += 1;
    if (code === CODE.ended || this.#failures % ASK_AGAIN_EVERY === 0) this.#options.onRefused();
    this.#options.onStatus(navigator.onLine === false ? "offline" : "reconnecting");
    this.#timer = setTimeout(() => this.#open(), this.#wait(code, reason));
  }

  /** Milliseconds; a service that restarts spreads its clients itself (`retry_in=<ms>`). */
  #wait(code: number, reason: string): number {
    const hint = /retry_in=(\d+)/.exec(reason)?.[1];
    if (hint) return Math.min(Number(hint), LAST_WAIT);
    const wait = code === CODE.tooMany ? LAST_WAIT : Math.min(FIRST_WAIT * 2 ** (this.#failures - 1), LAST_WAIT);
    return wait * (0.75 + Math.random() / 2);
  }
}
