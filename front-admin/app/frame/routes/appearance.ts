import { appearanceAction } from "@dashboard/front/shell/appearance.server.ts";

export const action = appearanceAction("/");
