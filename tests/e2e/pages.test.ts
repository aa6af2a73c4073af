/** Every page and state at three widths, light and dark: axe finds nothing, nothing scrolls sideways, and it looks as it did.
 *
 * `make pictures` takes the pictures in `pictures/` anew, after a change that was meant. A new page has none before that,
 * and is not compared.
 */
import { globSync } from "node:fs";
import { join, parse } from "node:path";
import { expect, type Page } from "@playwright/test";
import { expectAccessible, expectNoSidewaysScroll } from "./support/accessibility.ts";
import { DEVICES, type Look, NARROWEST, settled } from "./support/looks.ts";
import { nameOf, open, VIEWS, type View, varies } from "./support/views.ts";
import { baseOf, test } from "./support/visitors.ts";

const PICTURES = join(import.meta.dirname, "pictures");
const PICTURED = new Set(globSync("*/*.png", { cwd: PICTURES }).map((picture) => parse(picture).name));

test("each picture is of a page that there is", () => {
  expect([...PICTURED].filter((name) => !VIEWS.some((view) => nameOf(view) === name))).toEqual([]);
});

for (const device of DEVICES) {
  for (const view of VIEWS) {
    test(`${nameOf(view)}, ${device.name}`, async ({ browser, stateOf }) => {
      const { deviceScaleFactor, looks } = device;
      const storageState = await stateOf(view.person);
      const context = await browser.newContext({ deviceScaleFactor, storageState, reducedMotion: "reduce" });
      const page = await context.newPage();
      await page.setViewportSize(looks[0]?.viewport ?? NARROWEST);
      await open(page, view, baseOf(view.person));
      for (const look of looks) await lookAt(page, view, look);
      await page.setViewportSize(NARROWEST);
      await expectNoSidewaysScroll(page);
      await context.close();
    });
  }
}

async function lookAt(page: Page, view: View, { viewport, colorScheme, audited }: Look) {
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme });
  if (audited) await expectAccessible(page);
  else await expectNoSidewaysScroll(page);
  await settled(page);
  await expectPicture(page, view, `${viewport.width}-${colorScheme}`);
}

/** The whole page, without its times; a window of a dialog, and of what differs from run to run, roughly. */
async function expectPicture(page: Page, view: View, look: string) {
  if (!PICTURED.has(nameOf(view)) && process.env.PICTURES !== "take") {
    test.info().annotations.push({ type: "no picture yet", description: "`make pictures` takes it" });
    return;
  }
  const exactly = { fullPage: !view.prepare, mask: [page.locator("time")], maskColor: "#808080" };
  const roughly = { maxDiffPixelRatio: 0.2 };
  await expect(page).toHaveScreenshot([look, `${nameOf(view)}.png`], {
    ...(varies(view) ? roughly : exactly),
    scale: "device",
  });
}
