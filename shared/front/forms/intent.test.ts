import { expect, test } from "vitest";

interface RouteModule {
  action?: (args: { request: Request; context: { get: () => object }; url: URL }) => Promise<unknown>;
}

const MODULES = import.meta.glob<RouteModule>("../../../front-*/app/**/routes/*.tsx");
const SOURCES = import.meta.glob<string>("../../../front-*/app/**/routes/*.tsx", { query: "?raw", import: "default" });
const nobody = { get: () => ({}) };

const withIntents: string[] = [];
for (const [path, source] of Object.entries(SOURCES))
  if (/export async function action/.test(await source()) && /ntent/.test(await source())) withIntents.push(path);

test("the pages that ask for an intent are found", () => expect(withIntents.length).toBeGreaterThan(5));

test.each(withIntents)("%s answers an unknown intent with 400", async (path) => {
  const { action } = (await MODULES[path]?.()) ?? {};
  for (const intent of ["nonsense", ""]) {
    const url = new URL("http://localhost:8000/app");
    const request = new Request(url, { method: "POST", body: new URLSearchParams({ intent, id: "1", plan: "pro" }) });
    await expect(action?.({ request, context: nobody, url })).rejects.toMatchObject({ init: { status: 400 } });
  }
});
