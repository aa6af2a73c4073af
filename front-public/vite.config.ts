import { frontConfig } from "@dashboard/front/vite.ts";

export default frontConfig();
