import type { Profile } from "@dashboard/front/api/types.ts";
import { displayed, written } from "@dashboard/front/forms/fields.ts";
import { ButtonLink, SubmitButton } from "@dashboard/front/ui/button.tsx";
import { Card } from "@dashboard/front/ui/card.tsx";
import { Notice } from "@dashboard/front/ui/notice.tsx";
import { Form } from "react-router";
import { differing, FIELD_LABELS, FIELD_NAMES, type ProfileFields } from "../fields.ts";

type Name = keyof ProfileFields;

interface Versions {
  mine: ProfileFields;
  theirs: Profile;
}

/** Both versions side by side; each field's radio button carries the value, so the choice is an ordinary save. */
export function Conflict({ mine, theirs }: Versions) {
  const names = differing(mine, theirs);
  const same = FIELD_NAMES.filter((name) => !names.includes(name));
  return (
    <Card title="Two versions of your profile" className="conflict">
      <Notice tone="warn" focus title="Your profile was saved in another window while you were typing.">
        Nothing is lost. Choose which version to keep, field by field.
      </Notice>
      <Form id="chosen" method="post" className="mt-6 grid gap-6">
        <input type="hidden" name="version" value={theirs.version} />
        {same.map((name) => (
          <input key={name} type="hidden" name={name} value={written(mine[name])} />
        ))}
        {names.map((name) => (
          <FieldChoice key={name} name={name} mine={mine} theirs={theirs} />
        ))}
      </Form>
      <Form id="all-mine" method="post">
        <input type="hidden" name="version" value={theirs.version} />
        {FIELD_NAMES.map((name) => (
          <input key={name} type="hidden" name={name} value={written(mine[name])} />
        ))}
      </Form>
      <div className="mt-7 flex flex-wrap gap-3">
        <SubmitButton form="chosen" intent="save">
          Save selection
        </SubmitButton>
        <SubmitButton form="all-mine" intent="overwrite" variant="secondary">
          Use all of mine
        </SubmitButton>
        <ButtonLink to="/app/profile" variant="quiet">
          Keep the saved version
        </ButtonLink>
      </div>
    </Card>
  );
}

function FieldChoice({ name, mine, theirs }: Versions & { name: Name }) {
  const sides = [
    { title: "Yours", value: mine[name], chosen: true },
    { title: "Saved", value: theirs[name], chosen: false },
  ];
  return (
    <fieldset>
      <legend className="mb-1.5 font-semibold">{FIELD_LABELS[name]}</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        {sides.map(({ title, value, chosen }) => (
          <label
            key={title}
            className="flex cursor-pointer gap-3 rounded-control border border-line-strong p-4 has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-3 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              value={written(value)}
              defaultChecked={chosen}
              className="mt-1 size-4 shrink-0"
            />
            <span className="min-w-0">
              <span className="block text-sm font-semibold text-ink-soft">{title}</span>
              <span className="block whitespace-pre-line wrap-break-word">{displayed(value) || "(empty)"}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
