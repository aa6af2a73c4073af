/** A WebSocket that keeps itself alive: reconnects with growing waits and says where it left off. */
import type { LiveMessage } from "../api/types.ts";
import type { LiveStatus } from "./store.ts";

const FIRST_WAIT = 500;
const LAST_WAIT = 30_000;
const STABLE_AFTER = 5_000;
/** Codes of back-websockets (docs: public interface). */
const CODE = { ended: 4401, wrongOrigin: 4403, tooMany: 4429 };
const ASK_AGAIN_EVERY = 3;

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
  #lastId: string | null;
  #socket: WebSocket | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #stopped = true;

  constructor(options: LiveOptions) {
    this.#options = options;
    this.#lastId = options.lastId;
  }

  start(): void {
    this.#stopped = false;
    addEventListener("online", this.#now);
    addEventListener("offline", this.#offline);
    this.#options.onStatus("connecting");
    this.#open();
  }

  stop(): void {
    this.#stopped = true;
    removeEventListener("online", this.#now);
    removeEventListener("offline", this.#offline);
    clearTimeout(this.#timer);
    this.#socket?.close();
    this.#socket = null;
    this.#options.onStatus("idle");
  }

  readonly #now = () => {
    this.#failures = 0;
    this.#open();
  };

  readonly #offline = () => {
    this.#options.onStatus("offline");
    this.#socket?.close();
  };

  #open(): void {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    const url = new URL(this.#options.url);
    if (this.#lastId) url.searchParams.set("last_id", this.#lastId);
    const socket = new WebSocket(url);
    this.#socket?.close();
    this.#socket = socket;
    let stable: ReturnType<typeof setTimeout> | undefined;
    socket.onopen = () => {
      this.#options.onStatus("live");
      stable = setTimeout(() => (this.#failures = 0), STABLE_AFTER);
    };
    socket.onmessage = ({ data }) => this.#receive(String(data));
    socket.onclose = ({ code }) => {
      clearTimeout(stable);
      if (this.#socket === socket) this.#closed(code);
    };
  }

  #receive(text: string): void {
    const message = JSON.parse(text) as LiveMessage;
    if (message.type === "notification.created") this.#lastId = message.data.id;
    this.#options.onMessage(message);
  }

  #closed(code: number): void {
    if (this.#stopped) return;
    if (code === CODE.wrongOrigin) {
      this.#options.onStatus("off");
      return;
    }
    this.#failures += 1;
    if (code === CODE.ended || this.#failures % ASK_AGAIN_EVERY === 0) this.#options.onRefused();
    this.#options.onStatus(navigator.onLine === false ? "offline" : "reconnecting");
    const wait = code === CODE.tooMany ? LAST_WAIT : Math.min(FIRST_WAIT * 2 ** (this.#failures - 1), LAST_WAIT);
    this.#timer = setTimeout(() => this.#open(), wait * (0.75 + Math.random() / 2));
  }
}
