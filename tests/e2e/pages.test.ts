/** Every page and state at three widths, light and dark: axe finds nothing, nothing scrolls sideways, and it looks as it did.
 *
 * `make pictures` takes the pictures in `pictures/` anew, after a change that was meant. A new page has none before that,
 * and is not compared.
 */
import { globSync } from "node:fs";
import { join, parse } from "node:path";
import { expect, type Page } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessibility.ts";
import { DEVICES, type Device, NARROWEST, SCHEMES, settled } from "./support/looks.ts";
import { nameOf, open, VIEWS, type View } from "./support/views.ts";
import { baseOf, test } from "./support/visitors.ts";

const PICTURES = join(import.meta.dirname, "pictures");
const PICTURED = new Set(globSync("*/*.png", { cwd: PICTURES }).map((picture) => parse(picture).name));

test("each picture is of a page that there is", () => {
  expect([...PICTURED].filter((name) => !VIEWS.some((view) => nameOf(view) === name))).toEqual([]);
});

for (const device of DEVICES) {
  for (const view of VIEWS) {
    test(`${nameOf(view)}, ${device.name}`, async ({ browser, stateOf }) => {
      const { deviceScaleFactor, widths } = device;
      const storageState = await stateOf(view.person);
      const context = await browser.newContext({ deviceScaleFactor, storageState, reducedMotion: "reduce" });
      const page = await context.newPage();
      await page.setViewportSize(widths[0] ?? NARROWEST);
      await open(page, view, baseOf(view.person));
      await lookAt(page, view, device);
      await page.setViewportSize(NARROWEST);
      await expectNoSidewaysScroll(page);
      await context.close();
    });
  }
}

async function lookAt(page: Page, view: View, { widths }: Device) {
  for (const viewport of widths) {
    await page.setViewportSize(viewport);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      await settled(page);
      await expectAccessible(page);
      await expectPicture(page, view, `${viewport.width}-${colorScheme}`);
    }
  }
}

/** The whole page; of a dialog over it, and of what differs from run to run, what a window shows. */
async function expectPicture(page: Page, view: View, look: string) {
  if (!PICTURED.has(nameOf(view)) && process.env.PICTURES !== "take") {
    test.info().annotations.push({ type: "no picture yet", description: "`make pictures` takes it" });
    return;
  }
  await expect(page).toHaveScreenshot([look, `${nameOf(view)}.png`], {
    fullPage: !view.isLive && !view.prepare,
    mask: [page.locator(view.isLive ? "main" : "time, [data-varies]")],
    maskColor: "#808080",
    scale: "device",
  });
}
