import { useRoot } from "@dashboard/front/root/data.ts";
import { ButtonLink } from "@dashboard/front/ui/button.tsx";
import { Icon } from "@dashboard/front/ui/icon.ts";
import Bell from "lucide/dist/esm/icons/bell.mjs";
import ReceiptText from "lucide/dist/esm/icons/receipt-text.mjs";
import UserRound from "lucide/dist/esm/icons/user-round.mjs";
import { Wall } from "../ui/Wall.tsx";
import type { Route } from "./+types/landing";

const POINTS = [
  {
    icon: UserRound,
    title: "Yours in a minute",
    text: "Register, log in, add your name. No card, no questionnaire.",
  },
  {
    icon: Bell,
    title: "Live updates",
    text: "Invoices, changes in another window: see them as they happen.",
  },
  {
    icon: ReceiptText,
    title: "Plain billing",
    text: "Choose, change or cancel a plan. Every invoice stays here.",
  },
];

const TITLE = "Tools Dashboard · every tool on its hook";

/** With what those show who share a link to it. */
export const meta: Route.MetaFunction = ({ matches: [root] }) => [
  { title: TITLE },
  { property: "og:type", content: "website" },
  { property: "og:title", content: TITLE },
  { property: "og:description", content: "Your profile, your plan and your notifications in one place." },
  { property: "og:url", content: root.loaderData?.publicUrl },
  { property: "og:image", content: `${root.loaderData?.publicUrl}/og.png` },
];

export default function Landing() {
  const loggedIn = useRoot()?.loggedIn;
  return (
    <>
      <section className="wall border-y border-line">
        <div className="mx-auto grid max-w-6xl items-center gap-12 px-4 py-14 sm:px-8 lg:grid-cols-[1.05fr_1fr] lg:py-24">
          <div>
            <h1 className="text-[clamp(2.75rem,8.5vw,5.25rem)] leading-[0.95] font-bold tracking-[-0.035em]">
              Every tool on its hook.
            </h1>
            <p className="mt-6 max-w-md bg-paper text-lg text-ink-soft sm:text-xl">
              Your profile, plan and notifications in one place that updates itself while you work.
            </p>
            <div className="mt-8 flex flex-wrap gap-3">
              {loggedIn ? (
                <ButtonLink to="/app" variant="primary">
                  Go to your dashboard
                </ButtonLink>
              ) : (
                <>
                  <ButtonLink to="/register" variant="primary">
                    Register for free
                  </ButtonLink>
                  <ButtonLink to="/login">I have an account</ButtonLink>
                </>
              )}
            </div>
          </div>
          <Wall />
        </div>
      </section>
      <section
        aria-label="What you get"
        className="mx-auto grid w-full max-w-6xl gap-10 px-4 py-14 sm:px-8 md:grid-cols-3 lg:py-20"
      >
        {POINTS.map(({ title, text, icon }) => (
          <div key={title} className="border-t-2 border-ink pt-5">
            <Icon of={icon} size={26} className="text-accent" />
            <h2 className="mt-4 text-2xl">{title}</h2>
            <p className="mt-2 text-ink-soft">{text}</p>
          </div>
        ))}
      </section>
    </>
  );
}
