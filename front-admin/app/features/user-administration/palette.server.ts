import type { PaletteProvider } from "@dashboard/front/shell/palette.server.ts";
import { listUsers } from "./user-administration.server.ts";

const MOST = 6;

/** People by name or address. */
export const palette: PaletteProvider = {
  title: "People",
  permission: "users:read",
  async find(session, q) {
    const { items } = await listUsers(session, { q, limit: MOST });
    return items.map(({ name, email }) => ({
      to: `/users?${new URLSearchParams({ q: email })}`,
      label: name || email,
      detail: name ? email : undefined,
    }));
  },
};
