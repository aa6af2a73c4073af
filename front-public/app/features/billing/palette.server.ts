import { formatMoney, formatPeriod } from "@dashboard/front/format/format.ts";
import type { PaletteProvider } from "@dashboard/front/shell/palette.server.ts";
import { listInvoices } from "./billing.server.ts";

/** Among so many of the newest: years of them. */
const NEWEST = 100;

/** Invoices by number, month or plan. */
export const palette: PaletteProvider = {
  title: "Invoices",
  async find(session, q) {
    const { items } = await listInvoices(session, { limit: NEWEST });
    const entries = items.map(({ id, number, period, plan, amount_minor, currency }) => ({
      to: `/app/billing/invoices/${id}`,
      label: number,
      detail: `${formatPeriod(period, "en")}, ${plan}, ${formatMoney(amount_minor, currency, "en")}`,
    }));
    const words = q.toLowerCase();
    return entries.filter(({ label, detail }) => `${label} ${detail}`.toLowerCase().includes(words));
  },
};
