import { refuseUnknownPath } from "@dashboard/front/root/not-found.server.ts";

export const loader = refuseUnknownPath;

export default function NotFound() {
  return null;
}
