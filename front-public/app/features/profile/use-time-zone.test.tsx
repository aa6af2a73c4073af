import { act } from "react";
import { createRoot, hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { expect, test, vi } from "vitest";
import { useTimeZone } from "./use-time-zone.ts";

vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);

const Zone = ({ stored }: { stored?: string }) => useTimeZone(stored);

function browserIn(timeZone: string) {
  const resolved = new Intl.DateTimeFormat("en", { timeZone: "UTC" }).resolvedOptions();
  vi.spyOn(Intl.DateTimeFormat.prototype, "resolvedOptions").mockReturnValue({ ...resolved, timeZone });
}

test("without a profile times are those of the browser, once its scripts run", async () => {
  browserIn("Asia/Calcutta");
  const host = document.createElement("div");
  host.innerHTML = renderToString(<Zone />);
  expect(host.textContent).toBe("UTC");
  await act(async () => void hydrateRoot(host, <Zone />));
  expect(host.textContent).toBe("Asia/Kolkata");
});

test("the zone of the profile stays, wherever its owner is", async () => {
  browserIn("America/New_York");
  const host = document.createElement("div");
  await act(async () => createRoot(host).render(<Zone stored="Europe/Berlin" />));
  expect(host.textContent).toBe("Europe/Berlin");
});
