import { isRouteErrorResponse } from "react-router";

const TITLES: Record<number, string> = { 403: "No access", 404: "Not found", 503: "Not available" };

/** The `meta` of a route that shows errors in place of its pages: what a tab is called then. */
export const errorMeta =
  (site: string) =>
  ({ error }: { error?: unknown }) => {
    if (!error) return [{ title: site }];
    const status = isRouteErrorResponse(error) ? error.status : 500;
    return [{ title: `${TITLES[status] ?? "Something went wrong"} · ${site}` }];
  };
