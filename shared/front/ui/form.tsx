import { useContext, useEffect, useRef } from "react";
import { Form, type FormProps } from "react-router";
import { isUnavailable } from "../api/problem.ts";
import type { Problem } from "../api/types.ts";
import { WatchedForm } from "../feedback/watched-form.tsx";
import { ProblemContext } from "./field.tsx";
import { Notice } from "./notice.tsx";
import { Reference, ReferencePath } from "./reference.tsx";
import { useHydrated } from "./use-hydrated.ts";

interface GuardedFormProps extends FormProps {
  /** Why the server refused it the last time. */
  problem?: Problem;
  /** Asks before its page is left with something unsaved in it. */
  guard?: boolean;
  /** What it shows at first was typed before: after a refusal without a problem at a field, say. */
  changed?: boolean;
}

/** A form that shows the server's problem on top and moves the focus to the first field that was refused. */
export function GuardedForm({ problem, guard = false, changed = false, children, ...props }: GuardedFormProps) {
  const ref = useRef<HTMLFormElement>(null);
  const watches = useHydrated() && guard;
  useEffect(() => {
    if (problem) ref.current?.querySelector<HTMLElement>("[aria-invalid=true], [role=alert]")?.focus();
  }, [problem]);
  return (
    <Form method="post" {...props} ref={ref}>
      {problem && !problem.errors?.length && <ProblemNotice problem={problem} />}
      <ProblemContext value={problem}>{children}</ProblemContext>
      {watches && <WatchedForm form={ref} changed={changed} refused={Boolean(problem)} />}
    </Form>
  );
}

export function ProblemNotice({ problem }: { problem: Problem }) {
  const linked = useContext(ReferencePath) !== null;
  if (isUnavailable(problem)) {
    return (
      <Notice tone="bad" title="That didn’t work">
        What you typed is still here. Try again in a moment.
        {problem.correlation_id && linked && (
          <p className="text-sm wrap-anywhere">
            Reference: <Reference id={problem.correlation_id} />
          </p>
        )}
      </Notice>
    );
  }
  return <Notice tone="bad" title={problem.detail || problem.title} />;
}
