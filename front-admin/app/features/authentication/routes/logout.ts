/** Ends the session; its buttons post here. */

import { logOutAction } from "@dashboard/front/session/logout.server.ts";
import { logOutTabs } from "@dashboard/front/session/logout.ts";
import { redirect } from "react-router";

export const loader = () => redirect("/");
export const action = logOutAction;
export const clientAction = logOutTabs;
