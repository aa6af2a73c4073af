import { type APIRequestContext, expect } from "@playwright/test";
import { PUBLIC_URL } from "./addresses.ts";
import { mailTo } from "./mail.ts";

const TOKEN = /\/verify-email\?token=([\w-]+)/;

/** The path of the link that a mail to `email` leads to. */
export async function verificationLink(
  request: APIRequestContext,
  email: string,
  subject = /welcome/i,
): Promise<string> {
  const { text } = await mailTo(request, email, subject);
  const link = TOKEN.exec(text);
  expect(link, text).not.toBeNull();
  return link?.[0] ?? "";
}

/** Follows the link of the welcome mail, without a page. */
export async function verifyEmail(request: APIRequestContext, email: string): Promise<void> {
  const token = TOKEN.exec(await verificationLink(request, email))?.[1];
  const confirmed = await request.post(`${PUBLIC_URL}/api/auth/email/verification/confirm`, { data: { token } });
  expect(confirmed.status(), await confirmed.text()).toBe(204);
}
