import { SubmitButton } from "@dashboard/front/ui/button.tsx";
import { Form } from "react-router";

export function ResendButton() {
  return (
    <Form method="post" action="/verify-email">
      <SubmitButton intent="resend" variant="secondary" pending="Sending …">
        Send a new link
      </SubmitButton>
    </Form>
  );
}
