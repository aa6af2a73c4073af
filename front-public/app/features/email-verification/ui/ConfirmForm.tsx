import { SubmitButton } from "@dashboard/front/ui/button.tsx";
import { Form } from "react-router";

export function ConfirmForm({ token }: { token: string }) {
  return (
    <Form method="post" className="grid gap-5">
      <input type="hidden" name="token" value={token} />
      <p className="text-ink-soft">Confirm that this address is yours.</p>
      <SubmitButton intent="confirm" pending="Confirming …">
        Confirm email address
      </SubmitButton>
    </Form>
  );
}
