import type { ClientActionFunctionArgs } from "react-router";
import { notifyTabs } from "../live/tabs.ts";

/** The client action of the route `/logout`: the other tabs go to the login page too, at once. */
export async function logOutTabs({ serverAction }: ClientActionFunctionArgs): Promise<unknown> {
  try {
    return await serverAction();
  } finally {
    notifyTabs({ type: "signed-out" });
  }
}
