import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { optionsOf, Select } from "./select.tsx";

const LANGUAGES = optionsOf({ en: "English", de: "German" });

function chosen(stored: string | undefined): string[] {
  const host = document.createElement("div");
  host.innerHTML = renderToStaticMarkup(<Select name="locale" options={LANGUAGES} defaultValue={stored} />);
  return [...host.querySelectorAll("option")].map((option) =>
    option.hasAttribute("selected") ? `${option.value}*` : option.value,
  );
}

test("what is stored stays chosen, also when it is none of the options", () => {
  expect(chosen("de")).toEqual(["en", "de*"]);
  expect(chosen("sr-Latn-RS")).toEqual(["en", "de", "sr-Latn-RS*"]);
  expect(chosen(undefined)).toEqual(["en", "de"]);
});
