import { fieldErrors } from "@dashboard/front/api/problem.ts";
import type { EventStream } from "@dashboard/front/api/types.ts";
import { SubmitButton } from "@dashboard/front/ui/button.tsx";
import { Card } from "@dashboard/front/ui/card.tsx";
import { SelectField, TextField } from "@dashboard/front/ui/field.tsx";
import { GuardedForm } from "@dashboard/front/ui/form.tsx";
import type { Refused } from "../actions.server.ts";

interface ReplayFormProps {
  streams: EventStream[];
  refused: Refused | undefined;
}

/** One group handles a stretch of a stream once more: after a consumer was mended, say. */
export default function ReplayForm({ streams, refused }: ReplayFormProps) {
  const { problem, replay } = refused ?? {};
  const readers = streams.flatMap(({ name, groups }) => groups.map((group) => ({ stream: name, group: group.name })));
  if (readers.length === 0) return null;
  const errors = (...names: string[]) => names.flatMap((name) => fieldErrors(problem, name));
  return (
    <Card title="Replay a stream">
      <p className="mb-5 text-ink-soft">
        The group handles every event of the stream again, starting with this entry. Effects that already exist stay as
        they are.
      </p>
      <GuardedForm problem={problem} preventScrollReset className="grid gap-5 sm:grid-cols-2 sm:items-start">
        <SelectField
          label="Group and stream"
          name="reader"
          defaultValue={replay && `${replay.stream} ${replay.group}`}
          options={readers.map(({ stream, group }) => ({ value: `${stream} ${group}`, label: `${group} ← ${stream}` }))}
          errors={errors("group", "stream")}
        />
        <TextField
          label="From entry ID"
          name="from_id"
          required
          pattern="[0-9]{1,20}(-[0-9]{1,20})?"
          defaultValue={replay?.from_id}
          errors={errors("from_id")}
          hint="Such as 1764093600000-0, or a time in milliseconds."
        />
        <div className="sm:col-span-2">
          <SubmitButton intent="replay" variant="secondary" pending="Replaying …">
            Replay
          </SubmitButton>
        </div>
      </GuardedForm>
    </Card>
  );
}
