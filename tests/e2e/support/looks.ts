/** How pages are looked at: three widths, each light and dark. */
import type { Page, ViewportSize } from "@playwright/test";

export interface Device {
  name: string;
  widths: ViewportSize[];
  /** Of a picture to the page: pictures stay small, and no letter's edge makes a difference. */
  deviceScaleFactor: number;
}

export const DEVICES: Device[] = [
  {
    name: "desktop and tablet",
    widths: [
      { width: 1440, height: 900 },
      { width: 768, height: 1024 },
    ],
    deviceScaleFactor: 0.25,
  },
  { name: "phone", widths: [{ width: 390, height: 844 }], deviceScaleFactor: 0.5 },
];
export const SCHEMES = ["light", "dark"] as const;
/** The narrowest that a page has to fit. */
export const NARROWEST: ViewportSize = { width: 320, height: 640 };

/** Once nothing moves any more. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
}
