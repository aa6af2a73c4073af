import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { TimeZoneField } from "./TimeZoneField.tsx";

test("what is stored stays, though it is none of the zones that are offered", () => {
  const zones = [{ value: "Europe/Berlin", label: "UTC+1" }];
  const html = renderToStaticMarkup(<TimeZoneField value="Mars/Olympus" zones={zones} errors={[]} />);
  expect(html).toContain('value="Mars/Olympus"');
  expect(html).toContain('<option value="Europe/Berlin" label="UTC+1">');
});

test("an older name is shown as the current one, with its offset", () => {
  const zones = [{ value: "Asia/Kolkata", label: "Kolkata, UTC+05:30" }];
  const html = renderToStaticMarkup(<TimeZoneField value="Asia/Calcutta" zones={zones} errors={[]} />);
  expect(html).toContain('value="Asia/Kolkata"');
  expect(html).toContain("Kolkata, UTC+05:30. Search by city.");
});
