import { isRouteErrorResponse, Link } from "react-router";
import type { Problem } from "../api/types.ts";
import { buttonClass } from "./button.tsx";
import { Recover } from "./recover.tsx";
import { Reference } from "./reference.tsx";

interface ErrorText {
  code: string;
  title: string;
  detail: string;
}

function describe(error: unknown): ErrorText & { reference?: string; temporary: boolean; mayPass: boolean } {
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const problem = isRouteErrorResponse(error) ? (error.data as Partial<Problem> | null) : null;
  const known: Record<number, ErrorText> = {
    400: {
      code: "400",
      title: "We couldn’t understand that",
      detail: problem?.detail ?? "Go back and try again.",
    },
    403: {
      code: "403",
      title: "You don’t have access to this page",
      detail: "Ask an administrator if you need it.",
    },
    404: { code: "404", title: "Nothing hangs on this hook", detail: "This page has moved, or never existed." },
    413: {
      code: "413",
      title: "That was too large",
      detail: problem?.detail ?? "Go back and try a smaller file or a shorter text.",
    },
    503: {
      code: "Soon",
      title: "Back in a moment",
      detail: problem?.detail || "Part of the service isn’t responding.",
    },
  };
  const other = {
    code: "500",
    title: "Something went wrong on our side",
    detail: "We’ve logged the error. Please try again.",
  };
  return {
    ...(known[status] ?? other),
    reference: problem?.correlation_id,
    temporary: status === 503,
    mayPass: status >= 500,
  };
}

interface ErrorProps {
  error: unknown;
  /** Where the main link leads. */
  home: string;
  /** The title for a page that is not there. */
  missing?: string;
}

/** What stands in for a page that could not be made, inside the frame that it belongs to. */
export function ErrorCard({ error, home, missing }: ErrorProps) {
  const { code, title, detail, reference, temporary, mayPass } = describe(error);
  return (
    <div className="mx-auto w-full max-w-lg rounded-card border border-line bg-surface px-6 py-10 text-center shadow-card sm:px-10">
      <p className="font-display text-5xl font-bold text-accent">{code}</p>
      <h1 className="mt-4 text-3xl">{code === "404" && missing ? missing : title}</h1>
      <p className="mt-3 text-ink-soft">{detail}</p>
      {temporary && <p className="mt-2 text-sm text-ink-faint">This page tries again automatically.</p>}
      <div className="mt-6 flex flex-wrap justify-center gap-3">
        {mayPass && (
          <Link reloadDocument to="" className={buttonClass("primary")}>
            Try again
          </Link>
        )}
        <Link reloadDocument to={home} className={buttonClass(mayPass ? "secondary" : "primary")}>
          Back to home
        </Link>
      </div>
      {reference && (
        <p className="mt-6 text-xs text-ink-faint">
          Reference for support: <Reference id={reference} />
        </p>
      )}
      <Recover when={temporary} />
    </div>
  );
}

/** The same where the frame itself could not be made. */
export function ErrorPage(props: ErrorProps) {
  return (
    <main id="main" className="wall grid min-h-screen place-items-center px-5 py-16">
      <ErrorCard {...props} />
    </main>
  );
}
