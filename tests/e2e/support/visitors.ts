/** `test` with the people of `views.ts`, each logged in once a worker. */
import { type Browser, type BrowserContext, type BrowserContextOptions, test as base, expect } from "@playwright/test";
import { demoAccount, logIn, register, stranger } from "./accounts.ts";
import { ADMIN_URL, PUBLIC_URL } from "./addresses.ts";
import type { Person } from "./views.ts";

type State = Exclude<BrowserContextOptions["storageState"], undefined>;
type LoggedIn = (person: Person) => Promise<State | undefined>;

export const test = base.extend<object, { stateOf: LoggedIn }>({
  stateOf: [
    async ({ browser }, use) => {
      const known = new Map<Person, Promise<State | undefined>>();
      const stateOf = (person: Person) => {
        const state = known.get(person) ?? logInAs(person, browser);
        known.set(person, state);
        return state;
      };
      await use(async (person) => {
        await stateOf("the demo user"); // the demo data is there then, which staff sees too
        return stateOf(person);
      });
    },
    { scope: "worker" },
  ],
});

export function baseOf(person: Person): string {
  return person.includes("admin") ? ADMIN_URL : PUBLIC_URL;
}

async function logInAs(person: Person, browser: Browser): Promise<State | undefined> {
  if (person.startsWith("nobody")) return undefined;
  const context = await browser.newContext();
  try {
    const account =
      person === "a new user"
        ? await register(context.request, stranger("Grace Hopper"))
        : demoAccount(person === "an administrator" ? "admin" : "user");
    await logIn(context, account, baseOf(person));
    if (person === "the demo user") await untilDemoDataIsThere(context);
    return await context.storageState();
  } finally {
    await context.close();
  }
}

/** It is made beside the start of a stack; invoices are the last of it. */
async function untilDemoDataIsThere({ request }: BrowserContext): Promise<void> {
  const billing = async () => (await request.get(`${PUBLIC_URL}/app/billing`)).text();
  await expect.poll(billing, "demo data").toContain("/app/billing/invoices/");
}
