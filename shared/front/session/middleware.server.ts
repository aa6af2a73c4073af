/** What happens to each request of a front before its loaders and actions run. */
import { createContext, data, type MiddlewareFunction, type RouterContextProvider, redirect } from "react-router";
import { tooLarge, unavailable } from "../api/problem.ts";
import { featureRegistry, withFlagsOf } from "../features/feature-registry.server.ts";
import type { FlaggedPage } from "../features/registry.ts";
import { exceededLimit } from "../server/body-limit.ts";
import { requestInfo } from "../server/request-info.ts";
import { nameRoute } from "../server/route-names.ts";
import { settings } from "../server/settings.ts";
import { type CookieNames, UserSession } from "./session.server.ts";

const sessionContext = createContext<UserSession>();
const originContext = createContext<string>();

export const sessionOf = (context: Readonly<RouterContextProvider>): UserSession => context.get(sessionContext);

type Middleware = MiddlewareFunction<Response>;
type Address = "publicUrl" | "adminUrl";

type FlaggedPages = Readonly<Record<string, FlaggedPage>>;

/**
 * For a front's root route: guards changes, opens the session, writes its cookies, refuses pages of features that are off.
 * `address` is the front's own setting.
 */
export function frontMiddleware(cookies: CookieNames, address: Address, flagged: FlaggedPages = {}): Middleware[] {
  const session: Middleware = async ({ request, context, url }, next) => {
    const here = new URL(url.pathname + url.search, context.get(originContext));
    const session = new UserSession(request, here, cookies, requestInfo(request, context));
    context.set(sessionContext, session);
    await session.prepare();
    const response = await withFlagsOf(session, next);
    session.finish(response);
    return response;
  };
  return [nameRoutes, locate(address), guardChanges, refuseTooLarge, session, refuseWhatIsOff(flagged)];
}

const nameRoutes: Middleware = ({ request, context, pattern }, next) => {
  nameRoute(requestInfo(request, context).correlationId, pattern);
  return next();
};

/**
 * Where the browser is. With TLS there is the public address alone, and a visit around the proxy that ends TLS is sent there,
 * for it has no cookies and no live updates; without TLS each name of this machine is as good.
 */
const locate =
  (address: Address): Middleware =>
  ({ request, context }, next) => {
    const { origin, protocol, pathname, search } = new URL(request.url);
    const own = new URL(settings()[address]);
    context.set(originContext, own.protocol === "https:" ? own.origin : origin);
    const reads = request.method === "GET" || request.method === "HEAD";
    if (reads && own.protocol === "https:" && protocol === "http:") throw redirect(own.origin + pathname + search, 308);
    return next();
  };

/** A form of another site must not change anything here. */
const guardChanges: Middleware = ({ request, context }, next) => {
  if (request.method === "GET" || request.method === "HEAD") return next();
  const refuse = (status: number, detail: string) =>
    Response.json(
      { type: "about:blank", status, detail },
      { status, headers: { "content-type": "application/problem+json" } },
    );
  if (request.headers.get("origin") !== context.get(originContext)) {
    return refuse(400, "This form was not sent from one of our own pages.");
  }
  return next();
};

/** A page that says so: the server has read no more of the body than its limit. */
const refuseTooLarge: Middleware = ({ context }, next) => {
  const limit = exceededLimit(context);
  if (limit) throw data(tooLarge(limit), { status: 413 });
  return next();
};

/** The page of a feature that is off for the caller is not there. */
const refuseWhatIsOff =
  (flagged: FlaggedPages): Middleware =>
  async ({ context, pattern }, next) => {
    const page = flagged[pattern];
    if (!page || (page.loginFirst && !sessionOf(context).identity)) return next();
    if (!(await featureRegistry.isEnabled(page.flag))) throw data(null, { status: 404 });
    return next();
  };

/** For the routes of a logged-in user: everybody else goes to the login page first. */
export const requireLogin: Middleware = ({ context }, next) => {
  const session = sessionOf(context);
  if (session.uncertain) {
    throw data(unavailable("back-auth", "We can’t check your login right now. You stay logged in."), {
      status: 503,
    });
  }
  if (!session.identity) session.leave();
  return next();
};
