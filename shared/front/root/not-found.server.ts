import { data } from "react-router";

/** The loader of the route that no other one matches. */
export function refuseUnknownPath(): never {
  throw data(null, { status: 404 });
}
