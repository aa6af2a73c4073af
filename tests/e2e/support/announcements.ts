/** An administrator's way to an announcement. */
import { expect, type Page } from "@playwright/test";

/** Fills the form, reads how many it reaches, and sends it; returns that number. */
export async function announce(adminPage: Page, title: string, body: string): Promise<number> {
  await adminPage.goto("/announcements");
  await adminPage.getByLabel("Title").fill(title);
  await adminPage.getByLabel("Text", { exact: true }).fill(body);
  await adminPage.getByRole("button", { name: "Review and send" }).click();
  const dialog = adminPage.getByRole("dialog");
  await expect(dialog).toContainText(title);
  const send = dialog.getByRole("button", { name: /^Send to/ });
  const people = Number(/[\d,]+/.exec((await send.textContent()) ?? "")?.[0].replaceAll(",", ""));
  await send.click();
  await expect(adminPage.locator(".success-message")).toContainText("on its way");
  return people;
}
