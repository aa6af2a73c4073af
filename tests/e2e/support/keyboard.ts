/** For stories that nobody needs a mouse for. */
import { expect, type Locator, type Page } from "@playwright/test";

const MOST_STOPS = 150;

/** Goes from stop to stop until `target` has the focus, as somebody without a mouse has to. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${target} is not among the first ${MOST_STOPS} stops of the Tab key`);
}

export async function press(page: Page, target: Locator, key = "Enter"): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}
