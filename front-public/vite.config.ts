export { frontConfig as default } from "@dashboard/front/vite.ts";
