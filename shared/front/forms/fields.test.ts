// @vitest-environment node
/** What the tables `FIELDS` of the features say is what the models say: names, limits, what has to be there. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { asItIs, checked, displayed, type FormField, number, orNone, trimmed, written } from "./fields.ts";

const ROOT = resolve(import.meta.dirname, "../../..");
const PLACES = globSync("front-*/app/features/*/fields.ts", { cwd: ROOT }).sort();

interface Property {
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  default?: unknown;
  enum?: string[];
  anyOf?: Property[];
}
interface Schema {
  properties: Record<string, Property>;
  required?: string[];
}

interface Form {
  FIELDS: Record<string, FormField<unknown>>;
  /** What another place than the form asks for. */
  ELSEWHERE?: readonly string[];
}

/** The request that makes what a form of this feature asks: the one of whose fields it has all. */
function requestOf(feature: string, names: string[]): Schema {
  const path = resolve(ROOT, `shared/contracts/${feature}/schemas.yaml`);
  const schemas: Record<string, Schema> = existsSync(path) ? parse(readFileSync(path, "utf8")) : {};
  const found = Object.entries(schemas).find(
    ([name, { properties = {} }]) => name.endsWith("Create") && names.every((field) => field in properties),
  );
  expect(found, `${feature} has a request with ${names}`).toBeDefined();
  return (found as [string, Schema])[1];
}

test("there are forms", () => expect(PLACES).toContain("front-public/app/features/profile/fields.ts"));

test.each(PLACES)("%s asks as its model does", async (place) => {
  const feature = dirname(place).split("/").at(-1) ?? "";
  const { FIELDS, ELSEWHERE = [] } = (await import(resolve(ROOT, place))) as Form;
  const { properties, required = [] } = requestOf(feature, Object.keys(FIELDS));
  expect([...Object.keys(FIELDS), ...ELSEWHERE].sort()).toEqual(Object.keys(properties).sort());
  for (const [name, { input, initial, read }] of Object.entries(FIELDS)) {
    const property = properties[name] as Property;
    const limited = (property.anyOf ?? [property]).find((one) => Object.keys(one).length > 1) ?? property;
    if (input) expect([name, input.maxLength, input.min, input.max]).toEqual(limits(name, limited));
    if (input?.options) expect(input.options).toEqual(limited.enum);
    if (!required.includes(name)) expect([name, initial]).toEqual([name, property.default]);
    expect([name, read(written(initial))]).toEqual([name, initial]);
  }
});

function limits(name: string, { maxLength, minimum, maximum }: Property) {
  return [name, maxLength, minimum, maximum];
}

test.each([
  [trimmed, " a ", "a"],
  [asItIs, " a ", " a "],
  [orNone(trimmed), "  ", null],
  [orNone(number), "0", 0],
  [number, "1.5", 1.5],
  [number, "many", "many"],
  [checked, "true", true],
  [checked, "", false],
])("%o reads %o as %o", (read, text, value) => expect((read as (text: string) => unknown)(text)).toEqual(value));

test("values are written into a form, and shown to people", () => {
  expect([null, undefined, false, 0, "a"].map(written)).toEqual(["", "", "false", "0", "a"]);
  expect([true, false, null, 3].map(displayed)).toEqual(["Yes", "No", "", "3"]);
});
