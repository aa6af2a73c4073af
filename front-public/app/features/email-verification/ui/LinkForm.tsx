import { ButtonLink } from "@dashboard/front/ui/button.tsx";
import { ResendButton } from "./ResendButton.tsx";

interface LinkFormProps {
  email?: string;
  loggedIn: boolean;
}

/** How to get a link, for visitors without a valid one. */
export function LinkForm({ email, loggedIn }: LinkFormProps) {
  if (!loggedIn) {
    return (
      <>
        <p className="text-ink-soft">Log in to get a new link.</p>
        <ButtonLink to="/login?next=%2Fverify-email" variant="primary">
          Log in
        </ButtonLink>
      </>
    );
  }
  return (
    <>
      <p className="text-ink-soft">
        Open the link in the email we sent{" "}
        {email ? (
          <>
            to <strong className="wrap-anywhere">{email}</strong>
          </>
        ) : (
          "you"
        )}
        . It’s valid for 24 hours.
      </p>
      <ResendButton />
    </>
  );
}
