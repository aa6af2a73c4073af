/** What happens to each request of a front before its loaders and actions run. */
import { createContext, data, type MiddlewareFunction, type RouterContextProvider } from "react-router";
import { tooLarge, unavailable } from "../api/problem.ts";
import { exceededLimit } from "../server/body-limit.ts";
import { requestInfo } from "../server/request-info.ts";
import { nameRoute } from "../server/route-names.ts";
import { type CookieNames, UserSession } from "./session.server.ts";

const sessionContext = createContext<UserSession>();

export const sessionOf = (context: Readonly<RouterContextProvider>): UserSession => context.get(sessionContext);

type Middleware = MiddlewareFunction<Response>;

/** For a front's root route: guards changes, opens the session, writes its cookies. */
export function frontMiddleware(cookies: CookieNames): Middleware[] {
  const session: Middleware = async ({ request, context, url }, next) => {
    const here = new URL(url.pathname + url.search, request.url);
    const session = new UserSession(request, here, cookies, requestInfo(request, context));
    context.set(sessionContext, session);
    await session.prepare();
    const response = await next();
    session.finish(response);
    return response;
  };
  return [nameRoutes, guardChanges, refuseTooLarge, session];
}

const nameRoutes: Middleware = ({ request, context, pattern }, next) => {
  nameRoute(requestInfo(request, context).correlationId, pattern);
  return next();
};

/** A form of another site must not change anything here. */
const guardChanges: Middleware = ({ request }, next) => {
  if (request.method === "GET" || request.method === "HEAD") return next();
  const refuse = (status: number, detail: string) =>
    Response.json(
      { type: "about:blank", status, detail },
      { status, headers: { "content-type": "application/problem+json" } },
    );
  if (request.headers.get("origin") !== new URL(request.url).origin) {
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

/** For the routes of a logged-in user: everybody else goes to the login page first. */
export const requireLogin: Middleware = ({ context }, next) => {
  const session = sessionOf(context);
  if (session.uncertain) {
    throw data(unavailable("back-auth", "We cannot check your login at the moment. You stay logged in."), {
      status: 503,
    });
  }
  if (!session.identity) session.leave();
  return next();
};
