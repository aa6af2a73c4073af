import Ellipsis from "lucide/dist/esm/icons/ellipsis.mjs";
import { Icon } from "../ui/icon.ts";
import { useShell } from "./data.ts";
import type { NavigationItem } from "./entries.ts";
import { PageLink } from "./page-link.tsx";
import { useMarked } from "./use-marked.ts";
import { usePopover } from "./use-popover.ts";

/** As many as a thumb reaches on the narrowest phone, with their whole names. */
const FOUR = 4;

/** The pages under the thumb: four, and the others behind “More”. */
export function PhoneBar() {
  const { navigation } = useShell();
  const { marked } = useMarked();
  const others = navigation.slice(FOUR);
  return (
    <nav
      aria-label="Pages"
      className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden"
    >
      <ul className="mx-auto flex h-14 max-w-xl">
        {navigation.slice(0, FOUR).map((page) => (
          <li key={page.to} className="flex-auto">
            <PageLink page={page} className="place" />
          </li>
        ))}
        {others.length > 0 && (
          <li className="flex-auto">
            <button
              type="button"
              popoverTarget="more-pages"
              data-marked={others.some(({ to }) => to === marked?.to) || undefined}
              className="place"
            >
              <Icon of={Ellipsis} size={20} />
              More
            </button>
          </li>
        )}
      </ul>
      <MorePages pages={others} />
    </nav>
  );
}

function MorePages({ pages }: { pages: NavigationItem[] }) {
  const popover = usePopover();
  return (
    <div
      ref={popover}
      id="more-pages"
      popover="auto"
      className="menu right-2 bottom-[calc(4rem+env(safe-area-inset-bottom))] max-h-[70vh] w-60 p-2"
    >
      <ul aria-label="More pages">
        {pages.map((page) => (
          <li key={page.to}>
            <PageLink page={page} className="entry min-h-11" />
          </li>
        ))}
      </ul>
    </div>
  );
}
