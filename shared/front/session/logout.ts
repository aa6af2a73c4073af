import type { ClientActionFunctionArgs } from "react-router";
import { tellTabs } from "../live/tabs.ts";

/** The client action of the route `/logout`: the other tabs go to the login page too, at once. */
export async function logOutTabs({ serverAction }: ClientActionFunctionArgs): Promise<unknown> {
  try {
    return await serverAction();
  } finally {
    tellTabs({ type: "signed-out" });
  }
}
