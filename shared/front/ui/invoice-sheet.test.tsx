import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { Invoice } from "../api/types.ts";
import { InvoiceSheet } from "./invoice-sheet.tsx";
import { PreferencesContext } from "./when.tsx";

const LINE = {
  description: "Pro from 2026-11-29 until 2027-11-29",
  quantity: 7,
  unit_amount_minor: 14_000,
  amount_minor: 98_000,
};
const INVOICE = { number: "2026-000001", period: "2026-11", currency: "USD", amount_minor: 98_000, state: "issued", issued_at: "2026-11-29T12:00:00Z", lines: [LINE] } as unknown as Invoice; // biome-ignore format: one invoice

function sheet(buyer: { name?: string; email: string }, locale: string): string {
  const preferences = { locale, timeZone: "UTC" };
  const host = document.createElement("div");
  host.innerHTML = renderToStaticMarkup(
    <PreferencesContext value={preferences}>
      <InvoiceSheet invoice={INVOICE} buyer={buyer} />
    </PreferencesContext>,
  );
  return host.textContent ?? "";
}

test("an invoice names seller and buyer, the unit price, and its days as the reader writes them", () => {
  const english = sheet({ name: "Ada", email: "ada@example.com" }, "en");
  for (const words of ["Tools Dashboard", "Ada", "ada@example.com", "7", "$140.00", "$980.00", "November 2026"])
    expect(english).toContain(words);
  expect(english).toContain("Pro from November 29, 2026 until November 29, 2027");
  expect(sheet({ email: "ada@example.com" }, "de")).toContain("29. November 2026");
});
