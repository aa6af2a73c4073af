import Search from "lucide/dist/esm/icons/search.mjs";
import SearchX from "lucide/dist/esm/icons/search-x.mjs";
import { Form } from "react-router";
import { buttonClass } from "../ui/button.tsx";
import { Card, PageHeader } from "../ui/card.tsx";
import { Empty } from "../ui/empty.tsx";
import { Icon } from "../ui/icon.ts";
import { TextLink } from "../ui/text-link.tsx";
import { type Found, type FoundGroup, LONGEST } from "./search.ts";

/** What the palette finds, as a page: for browsers without JavaScript, and to be linked to. */
export function SearchPage({ found: { q, known, groups } }: { found: Found }) {
  const all = [...known, ...groups];
  return (
    <div className="max-w-3xl">
      <PageHeader title="Search" />
      <Form role="search" className="mb-6 flex gap-2">
        <input
          key={q}
          type="search"
          name="q"
          aria-label="Search"
          placeholder="Search or jump to …"
          defaultValue={q}
          maxLength={LONGEST}
          dir="auto"
          className="control min-w-0"
        />
        <button type="submit" className={buttonClass("primary", "shrink-0")}>
          <Icon of={Search} size={18} /> Search
        </button>
      </Form>
      {all.length === 0 && <Empty icon={SearchX} title={`Nothing is called “${q}”`} />}
      <div className="grid gap-6">
        {all.map((group) => (
          <Group key={group.title} group={group} />
        ))}
      </div>
    </div>
  );
}

function Group({ group: { title, entries, missing } }: { group: FoundGroup }) {
  return (
    <Card title={title}>
      {missing && <p className="text-ink-soft">{title} cannot be searched right now.</p>}
      <ul className="rows">
        {entries.map(({ to, label, detail }) => (
          <li key={to + label} className="flex flex-wrap justify-between gap-x-4">
            <TextLink to={to}>
              <bdi>{label}</bdi>
            </TextLink>
            {detail && <bdi className="text-ink-soft">{detail}</bdi>}
          </li>
        ))}
      </ul>
    </Card>
  );
}
