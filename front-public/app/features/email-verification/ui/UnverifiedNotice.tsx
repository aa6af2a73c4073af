import type { Part } from "@dashboard/front/api/problem.ts";
import type { User } from "@dashboard/front/api/types.ts";
import { Notice } from "@dashboard/front/ui/notice.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";

/** Says what an unconfirmed address keeps its owner from; nothing once it is confirmed, or while the account cannot be read. */
export function UnverifiedNotice({ me }: { me: Part<User> }) {
  if (!me.ok || me.data.email_verified_at) return null;
  return (
    <Notice tone="warn" title="Confirm your email address" className="mb-6">
      Open the link in the email we sent to <strong className="wrap-anywhere">{me.data.email}</strong>. Until then you
      can’t choose a paid plan. <TextLink to="/verify-email">Get a new link</TextLink>
    </Notice>
  );
}
