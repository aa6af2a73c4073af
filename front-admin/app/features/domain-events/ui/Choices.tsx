import { cx } from "@dashboard/front/ui/cx.ts";
import { Link, useSearchParams } from "react-router";

interface ChoicesProps {
  label: string;
  /** The query parameter that carries the choice. */
  name: string;
  choices: { label: string; value: string | null }[];
  chosen: string | null;
}

/** A filter as links: it works without JavaScript and can be sent to a colleague. */
export function Choices({ label, name, choices, chosen }: ChoicesProps) {
  const [params] = useSearchParams();
  const to = (value: string | null) => {
    const query = new URLSearchParams(params);
    query.delete("cursor");
    if (value) query.set(name, value);
    else query.delete(name);
    return `?${query}`;
  };
  return (
    <nav aria-label={label} className="mb-5">
      <ul className="flex flex-wrap gap-2">
        {choices.map(({ label: text, value }) => (
          <li key={text}>
            <Link
              to={to(value)}
              preventScrollReset
              aria-current={value === chosen ? "page" : undefined}
              className={cx(
                "flex min-h-9 items-center rounded-full border px-3.5 text-sm font-semibold no-underline",
                value === chosen
                  ? "border-transparent bg-accent-soft text-accent-strong"
                  : "border-line text-ink-soft hover:text-ink",
              )}
            >
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
