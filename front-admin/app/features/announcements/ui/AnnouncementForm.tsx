import { fieldErrors } from "@dashboard/front/api/problem.ts";
import { SubmitButton } from "@dashboard/front/ui/button.tsx";
import { TextArea, TextField } from "@dashboard/front/ui/field.tsx";
import { GuardedForm } from "@dashboard/front/ui/form.tsx";
import { useState } from "react";
import type { Asked } from "../actions.server.ts";
import { AudienceFields } from "./AudienceFields.tsx";
import { Confirmation } from "./Confirmation.tsx";

interface AnnouncementFormProps {
  /** Names this announcement from its first attempt on, so that sending it twice is the same as once. */
  newKey: string;
  asked: Asked | undefined;
}

/** First it asks how many it would reach; the answer opens the question whether to send it. */
export function AnnouncementForm({ newKey, asked }: AnnouncementFormProps) {
  const [key] = useState(asked?.key || newKey);
  const { draft, problem, recipients } = asked ?? {};
  return (
    <GuardedForm guard changed={asked !== undefined} problem={problem} className="grid gap-5">
      <input type="hidden" name="key" value={key} />
      <div className="grid gap-5 lg:grid-cols-2 lg:items-start lg:gap-8">
        <div className="grid gap-5">
          <TextField
            label="Title"
            name="title"
            required
            maxLength={200}
            defaultValue={draft?.title}
            errors={fieldErrors(problem, "title")}
          />
          <TextArea
            label="Text"
            name="body"
            required
            rows={5}
            maxLength={2000}
            defaultValue={draft?.body}
            errors={fieldErrors(problem, "body")}
          />
          <TextField
            label="Link"
            name="link"
            optional
            maxLength={300}
            pattern="/.*"
            defaultValue={draft?.link ?? ""}
            errors={fieldErrors(problem, "link")}
            hint="A page of this site, such as /app/billing."
          />
        </div>
        <AudienceFields audience={draft?.audience ?? {}} problem={problem} />
      </div>
      <div>
        <SubmitButton intent="preview" pending="Counting …">
          Review and send …
        </SubmitButton>
      </div>
      {recipients !== undefined && draft && <Confirmation draft={draft} recipients={recipients} />}
    </GuardedForm>
  );
}
