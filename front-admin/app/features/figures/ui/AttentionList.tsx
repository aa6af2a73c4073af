import { Card } from "@dashboard/front/ui/card.tsx";
import { cx } from "@dashboard/front/ui/cx.ts";
import { Icon } from "@dashboard/front/ui/icon.ts";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import CircleAlert from "lucide/dist/esm/icons/circle-alert.mjs";
import CircleCheck from "lucide/dist/esm/icons/circle-check.mjs";
import TriangleAlert from "lucide/dist/esm/icons/triangle-alert.mjs";
import type { Attention } from "../attention.server.ts";

const ICONS = { bad: CircleAlert, warn: TriangleAlert };

/** `complete`: everything could be asked; otherwise an empty list does not mean that all is well. */
export function AttentionList({ items, complete }: { items: Attention[]; complete: boolean }) {
  if (items.length === 0 && complete)
    return (
      <p className="flex items-center gap-3 rounded-card border border-good bg-good-soft px-5 py-4">
        <Icon of={CircleCheck} size={20} className="shrink-0 text-good" />
        <span>
          <strong className="text-good">All is well.</strong> No failed work, no service down, no slow page.
        </span>
      </p>
    );
  return (
    <Card title="Needs attention">
      {!complete && (
        <p className={cx("text-ink-soft", items.length > 0 && "mb-4")}>Some parts could not be checked; see below.</p>
      )}
      <ul className="rows">
        {items.map(({ tone, text, link }) => (
          <li key={text} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Icon of={ICONS[tone]} size={20} className={cx("shrink-0", tone === "bad" ? "text-bad" : "text-warn")} />
            <span className="min-w-0 flex-1 basis-60 wrap-anywhere">{text}</span>
            {link && <TextLink to={link.to}>{link.label}</TextLink>}
          </li>
        ))}
      </ul>
    </Card>
  );
}
