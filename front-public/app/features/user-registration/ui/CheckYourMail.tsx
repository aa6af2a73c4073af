import { ButtonLink } from "@dashboard/front/ui/button.tsx";
import { Notice } from "@dashboard/front/ui/notice.tsx";

/** The same for every address: strangers do not learn which ones are registered. */
export function CheckYourMail({ email }: { email: string }) {
  return (
    <>
      <Notice tone="good" focus title="Check your inbox." className="success-message">
        We sent a link to <strong className="wrap-anywhere">{email}</strong>.
      </Notice>
      <p className="text-ink-soft">It confirms your address. You can log in right away.</p>
      <ButtonLink to="/login" variant="primary">
        Log in now
      </ButtonLink>
    </>
  );
}
