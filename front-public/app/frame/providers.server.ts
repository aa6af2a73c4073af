/** What the features of this front find for whoever searches. */
import type { PaletteProvider } from "@dashboard/front/shell/palette.server.ts";

export const providers = import.meta.glob<PaletteProvider>("../features/*/palette.server.ts", {
  eager: true,
  import: "palette",
});
