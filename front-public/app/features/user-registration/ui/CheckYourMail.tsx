import { ButtonLink } from "@dashboard/front/ui/button.tsx";
import { Notice } from "@dashboard/front/ui/notice.tsx";

/** The same for every address: strangers do not learn which ones are registered. */
export function CheckYourMail({ email }: { email: string }) {
  return (
    <>
      <Notice tone="good" focus title="That worked." className="success-message">
        We have sent a mail to <strong className="wrap-anywhere">{email}</strong>.
      </Notice>
      <p className="text-ink-soft">
        Its link confirms your address. You need not wait for it: log in with your password at once.
      </p>
      <ButtonLink to="/login" variant="primary">
        Log in now
      </ButtonLink>
    </>
  );
}
