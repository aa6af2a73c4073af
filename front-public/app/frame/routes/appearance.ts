import { appearanceAction } from "@dashboard/front/shell/appearance.server.ts";
import { storeTheme } from "../../features/profile/actions.server.ts";

export const action = appearanceAction("/app", storeTheme);
