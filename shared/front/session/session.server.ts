/** The login of one browser, for the time of one request: its tokens, and the clients that use them. */
import { redirect } from "react-router";
import { BackClient, type Caller } from "../api/client.server.ts";
import { ProblemError, unavailable } from "../api/problem.ts";
import type { TokenPair } from "../api/types.ts";
import type { RequestInfo } from "../server/request-info.ts";
import { settings } from "../server/settings.ts";
import { fullName, readCookies, setCookie } from "./cookies.ts";
import { type Identity, readIdentity } from "./identity.ts";
import { loginPath } from "./next.ts";
import { refreshOnce } from "./refresh.server.ts";

const REFRESH_SECONDS = 7 * 24 * 60 * 60;
const DEVICE_SECONDS = 365 * 24 * 60 * 60;
const NEARLY_EXPIRED_MILLISECONDS = 60_000;

export interface CookieNames {
  access: string;
  refresh: string;
  /** Stays when the login ends: it says that somebody has logged in here before. */
  device: string;
  /** Holds what the next page has to say. */
  flash: string;
}

export class UserSession {
  readonly cookies: Map<string, string>;
  readonly names: CookieNames;
  readonly api: BackClient;
  readonly auth: BackClient;
  /** back-auth could not say whether the login is still good. */
  uncertain = false;
  readonly #here: URL;
  readonly #secure: boolean;
  readonly #changes: string[] = [];
  #access: string | null;
  #refresh: string | null;

  constructor(request: Request, here: URL, names: CookieNames, info: RequestInfo) {
    this.names = names;
    this.#here = here;
    this.#secure = here.protocol === "https:";
    this.cookies = readCookies(request.headers.get("cookie"), this.#secure);
    this.#access = this.cookies.get(names.access) ?? null;
    this.#refresh = this.cookies.get(names.refresh) ?? null;
    const caller: Caller = {
      ...info,
      accessToken: () => this.#access,
      renew: () => this.#renewOrLeave(),
      leave: () => this.leave(),
    };
    this.api = new BackClient("back-api", settings().backApiUrl, caller);
    this.auth = new BackClient("back-auth", settings().backAuthUrl, caller);
  }

  get identity(): Identity | null {
    return readIdentity(this.#access ?? undefined);
  }

  get accessToken(): string | null {
    return this.#access;
  }

  get refreshToken(): string | null {
    return this.#refresh;
  }

  get deviceToken(): string | undefined {
    return this.cookies.get(this.names.device);
  }

  rememberDevice(token: string): void {
    this.setCookie(this.names.device, token, DEVICE_SECONDS);
  }

  signIn(tokens: TokenPair): void {
    this.#access = tokens.access_token;
    this.#refresh = tokens.refresh_token;
    this.setCookie(this.names.access, tokens.access_token, tokens.expires_in);
    this.setCookie(this.names.refresh, tokens.refresh_token, REFRESH_SECONDS);
  }

  signOut(): void {
    this.#access = this.#refresh = null;
    this.setCookie(this.names.access, "", 0);
    this.setCookie(this.names.refresh, "", 0);
  }

  setCookie(name: string, value: string, seconds: number, options: { forScripts?: boolean } = {}): void {
    this.#changes.push(setCookie(name, value, seconds, { ...options, secure: this.#secure }));
  }

  /** The name by which the page's scripts know a cookie. */
  cookieName(name: string): string {
    return fullName(name, this.#secure);
  }

  /** Renews an access token that is gone or nearly expired, before anything is asked with it. */
  async prepare(): Promise<void> {
    const left = (this.identity?.expiresAt ?? 0) - Date.now();
    if (left > NEARLY_EXPIRED_MILLISECONDS) return;
    const renewed = this.#refresh ? await this.#tryRefresh() : "refused";
    if (renewed === "refused" && left <= 0 && this.#access) this.signOut();
    if (renewed === "unknown" && left <= 0) {
      this.uncertain = true;
      this.#access = null;
    }
  }

  /** Sends the browser to the login page, and back here afterwards. */
  leave(): never {
    this.signOut();
    throw redirect(loginPath(this.#here));
  }

  /** Writes changed cookies to the answer. */
  finish(response: Response): void {
    for (const change of this.#changes) response.headers.append("set-cookie", change);
  }

  async #renewOrLeave(): Promise<string> {
    const renewed = this.#refresh ? await this.#tryRefresh() : "refused";
    if (renewed === "unknown") throw new ProblemError(unavailable("back-auth", "We can’t check your login right now."));
    if (renewed === "refused" || !this.#access) this.leave();
    return this.#access;
  }

  async #tryRefresh(): Promise<"renewed" | "refused" | "unknown"> {
    // Without the access token, whose refusal would ask for a refresh again.
    const client = this.auth.anonymous();
    const ask = (refresh_token: string) => client.post<TokenPair>("/api/auth/refresh", { json: { refresh_token } });
    try {
      this.signIn(await refreshOnce(this.#refresh ?? "", ask));
      return "renewed";
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      if (error.problem.status >= 500 || error.problem.status === 429) return "unknown";
      this.signOut();
      return "refused";
    }
  }
}
