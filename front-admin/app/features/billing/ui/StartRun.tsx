import { fieldErrors } from "@dashboard/front/api/problem.ts";
import type { Problem } from "@dashboard/front/api/types.ts";
import { Button, SubmitButton } from "@dashboard/front/ui/button.tsx";
import { Dialog } from "@dashboard/front/ui/dialog.tsx";
import { TextField } from "@dashboard/front/ui/field.tsx";
import { Form } from "react-router";

export interface RefusedRun {
  problem: Problem;
  period: string;
}

interface StartRunProps {
  /** The month that the dialog proposes, and the last one that can be billed. */
  thisMonth: string;
  refused: RefusedRun | undefined;
}

/** The preview comes first: it issues nothing. */
export function StartRun({ thisMonth, refused }: StartRunProps) {
  return (
    <Form method="post">
      <Button variant="primary" command="show-modal" commandfor="start-run">
        Start a run …
      </Button>
      <Dialog
        id="start-run"
        title="Start a billing run"
        problem={refused?.problem}
        actions={
          <>
            <SubmitButton intent="preview" variant="secondary" pending="Starting …">
              Preview
            </SubmitButton>
            <SubmitButton intent="start" pending="Starting …">
              Issue invoices
            </SubmitButton>
          </>
        }
      >
        <TextField
          label="Month"
          name="period"
          type="month"
          required
          pattern="20[0-9]{2}-(0[1-9]|1[0-2])"
          title="must be written as year and month, such as 2026-11"
          max={thisMonth}
          defaultValue={refused?.period ?? thisMonth}
          errors={fieldErrors(refused?.problem, "period")}
          hint="Year and month, such as 2026-11."
        />
        <p>
          <strong className="text-ink">Preview</strong> counts and prices what is due. It issues nothing and sends no
          email.
        </p>
        <p>
          <strong className="text-ink">Issue invoices</strong> gives each due subscription its invoice and emails its
          owner. This can’t be undone. An invoice that exists is never issued again.
        </p>
      </Dialog>
    </Form>
  );
}
