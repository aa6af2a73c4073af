import { expect, test } from "vitest";
import { errorMeta } from "./error-meta.ts";

const routeError = (status: number) => ({ status, data: null, statusText: "", internal: false });

test.each([
  [routeError(404), "Not found · Site"],
  [routeError(403), "No access · Site"],
  [routeError(503), "Not available · Site"],
  [routeError(418), "Something went wrong · Site"],
  [new Error("no"), "Something went wrong · Site"],
  [null, "Site"],
])("of %o the tab says %s", (error, title) => expect(errorMeta("Site")({ error })).toEqual([{ title }]));
