import { ButtonLink } from "@dashboard/front/ui/button.tsx";
import { Card } from "@dashboard/front/ui/card.tsx";
import { cx } from "@dashboard/front/ui/cx.ts";
import { Icon } from "@dashboard/front/ui/icon.ts";
import Circle from "lucide/dist/esm/icons/circle.mjs";
import CircleCheck from "lucide/dist/esm/icons/circle-check.mjs";
import type { Step } from "../onboarding.ts";

/** The first open step is the button that stands out. */
export function Checklist({ steps }: { steps: Step[] }) {
  if (steps.length === 0) return null;
  const done = steps.filter((step) => step.done).length;
  const next = steps.find((step) => !step.done);
  return (
    <Card
      title="Get started"
      aside={<span className="text-sm text-ink-soft">{`${done} of ${steps.length} done`}</span>}
      className="checklist mb-6"
    >
      <ol className="rows">
        {steps.map((step) => (
          <li key={step.link.to} className="flex flex-wrap items-center gap-x-3 gap-y-2">
            <Icon
              of={step.done ? CircleCheck : Circle}
              size={22}
              className={cx("shrink-0", step.done ? "text-good" : "text-ink-faint")}
            />
            <span className="min-w-0 flex-1 basis-56">
              <span className={cx("block font-semibold", step.done && "text-ink-soft")}>
                {step.title}
                {step.done && <span className="sr-only">, done</span>}
              </span>
              {!step.done && <span className="text-sm text-ink-soft">{step.why}</span>}
            </span>
            {!step.done && (
              <ButtonLink to={step.link.to} variant={step === next ? "primary" : "secondary"}>
                {step.link.label}
              </ButtonLink>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}
