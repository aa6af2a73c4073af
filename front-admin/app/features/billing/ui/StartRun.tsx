import { Button, SubmitButton } from "@dashboard/front/ui/button.tsx";
import { Dialog } from "@dashboard/front/ui/dialog.tsx";
import { TextField } from "@dashboard/front/ui/field.tsx";
import { Form } from "react-router";

/** `period`: the month that the dialog proposes. */
export function StartRun({ period }: { period: string }) {
  return (
    <Form method="post">
      <Button variant="primary" command="show-modal" commandfor="start-run">
        Start a run …
      </Button>
      <Dialog
        id="start-run"
        title="Start a billing run?"
        dismiss="Not now"
        actions={
          <SubmitButton intent="start" pending="Starting …">
            Start it
          </SubmitButton>
        }
      >
        <TextField
          label="Month"
          name="period"
          type="month"
          required
          pattern="20[0-9]{2}-(0[1-9]|1[0-2])"
          defaultValue={period}
          hint="Year and month, such as 2026-11."
        />
        <label className="flex items-start gap-3 rounded-control border border-line-strong p-3.5 text-ink">
          <input type="checkbox" name="dry_run" className="mt-1 size-4" />
          <span>
            <span className="block font-semibold">Dry run</span>
            <span className="text-sm text-ink-soft">
              Counts and prices what is due; issues no invoice, sends no mail.
            </span>
          </span>
        </label>
        <p>
          Without a dry run, each due subscription gets its invoice at once, and its owner a mail. An invoice that
          exists is never issued again.
        </p>
      </Dialog>
    </Form>
  );
}
