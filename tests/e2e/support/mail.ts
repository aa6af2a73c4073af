/** The mail catcher's list, by its REST interface. */
import { type APIRequestContext, expect } from "@playwright/test";
import { MAIL_URL } from "./addresses.ts";

interface Mail {
  id: string;
  subject: string;
  text: string;
  html: string;
  to: { address: string }[];
}

export async function mailsTo(request: APIRequestContext, address: string): Promise<Mail[]> {
  const mails = (await (await request.get(`${MAIL_URL}/api/email`)).json()) as Mail[];
  return mails.filter(({ to }) => to.some((recipient) => recipient.address === address));
}

/** The first mail to `address` whose subject fits, once it has arrived. */
export async function mailTo(request: APIRequestContext, address: string, subject: RegExp): Promise<Mail> {
  let found: Mail | undefined;
  const look = async () => {
    found = (await mailsTo(request, address)).find((mail) => subject.test(mail.subject));
    return found !== undefined;
  };
  await expect.poll(look, { message: `a mail to ${address}`, timeout: 120_000 }).toBe(true);
  return found as Mail;
}
