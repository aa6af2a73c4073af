/** How pages are looked at: three widths, each light and dark. */
import type { Page, ViewportSize } from "@playwright/test";

export interface Look {
  viewport: ViewportSize;
  colorScheme: "light" | "dark";
  /** Whether axe reads it: on each device at least once light and once dark. */
  audited: boolean;
}

export interface Device {
  name: string;
  looks: Look[];
  /** Of a picture to the page: pictures stay small, and no letter's edge makes a difference. */
  deviceScaleFactor: number;
}

const DESKTOP = { width: 1440, height: 900 };
const TABLET = { width: 768, height: 1024 };
const PHONE = { width: 390, height: 844 };

export const DEVICES: Device[] = [
  {
    name: "desktop and tablet",
    looks: [
      { viewport: DESKTOP, colorScheme: "light", audited: true },
      { viewport: DESKTOP, colorScheme: "dark", audited: false },
      { viewport: TABLET, colorScheme: "dark", audited: true },
      { viewport: TABLET, colorScheme: "light", audited: false },
    ],
    deviceScaleFactor: 0.25,
  },
  {
    name: "phone",
    looks: [
      { viewport: PHONE, colorScheme: "light", audited: true },
      { viewport: PHONE, colorScheme: "dark", audited: true },
    ],
    deviceScaleFactor: 0.5,
  },
];
/** The narrowest that a page has to fit. */
export const NARROWEST: ViewportSize = { width: 320, height: 640 };

/** Once nothing moves any more. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished)));
}
