import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { TimeZoneField } from "./TimeZoneField.tsx";

test("what is stored stays, though it is none of the zones that are offered", () => {
  const zones = [{ value: "Europe/Berlin", label: "UTC+1" }];
  const html = renderToStaticMarkup(<TimeZoneField value="Asia/Calcutta" zones={zones} errors={[]} />);
  expect(html).toContain('value="Asia/Calcutta"');
  expect(html).toContain('<option value="Europe/Berlin" label="UTC+1">');
});
