import {
  createContext,
  type FormEvent,
  type InputHTMLAttributes,
  type ReactNode,
  type TextareaHTMLAttributes,
  useContext,
  useId,
  useState,
} from "react";
import type { Problem } from "../api/types.ts";
import { cx } from "./cx.ts";
import { Select, type SelectProps } from "./select.tsx";

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

interface FieldProps {
  label: string;
  name: string;
  hint?: ReactNode;
  /** What the server refused; the browser's own checks add theirs. */
  errors?: string[];
  optional?: boolean;
}

/** The problem of the form that a field stands in: a new one shows the field's message again, even the same. */
export const ProblemContext = createContext<Problem | undefined>(undefined);

/** The browser's checks, shown at the field instead of in a bubble. Without JavaScript the bubble stays. */
function useChecks(label: string, serverErrors: string[]) {
  const problem = useContext(ProblemContext);
  const messages = serverErrors.join("\n");
  const [seen, setSeen] = useState({ problem, messages });
  const [errors, setErrors] = useState(serverErrors);
  if (seen.problem !== problem || seen.messages !== messages) {
    setSeen({ problem, messages });
    setErrors(serverErrors);
  }
  const onInvalid = (event: FormEvent<Control>) => {
    event.preventDefault();
    const control = event.currentTarget;
    complain(label, control as HTMLInputElement).then((words) => control.validity.valid || setErrors([words]));
    if (control.form?.querySelector(":is(input, textarea, select):invalid") === control) control.focus();
  };
  const onInput = () => setErrors([]);
  return { errors, onInvalid, onInput };
}

/** The words are fetched when they are first needed; without a network the browser's own do. */
async function complain(label: string, control: HTMLInputElement): Promise<string> {
  const own = control.validationMessage;
  const words = await import("../forms/complaint.ts").catch(() => null);
  return words?.complaint(label, control) ?? own;
}

function useField({ label, name, hint, errors: serverErrors = [] }: FieldProps) {
  const { errors, ...handlers } = useChecks(label, serverErrors);
  const id = `${name}-${useId().replaceAll(/\W/g, "")}`;
  const describedBy = cx(hint ? `${id}-hint` : null, errors.length > 0 && `${id}-error`) || undefined;
  const attributes = { id, name, "aria-invalid": errors.length > 0 || undefined, "aria-describedby": describedBy };
  return { id, errors, attributes, handlers };
}

interface FrameProps extends Omit<FieldProps, "name"> {
  id: string;
  children: ReactNode;
}

function Frame({ id, label, hint, errors = [], optional, children }: FrameProps) {
  return (
    <div className="grid content-start gap-1.5">
      <label htmlFor={id} className="font-semibold">
        {label}
        {optional && <span className="font-normal text-ink-faint"> (optional)</span>}
      </label>
      {children}
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-ink-faint">
          {hint}
        </p>
      )}
      {errors.length > 0 && (
        <p id={`${id}-error`} className="field-error text-sm font-semibold text-bad">
          {errors.join(" ")}
        </p>
      )}
    </div>
  );
}

export function TextField(props: FieldProps & InputHTMLAttributes<HTMLInputElement>) {
  const { label, hint, errors: serverErrors, optional, className, ...rest } = props;
  const { id, errors, attributes, handlers } = useField(props);
  return (
    <Frame id={id} label={label} hint={hint} errors={errors} optional={optional}>
      <input dir="auto" className={cx("control", className)} {...rest} {...handlers} {...attributes} />
    </Frame>
  );
}

export function TextArea(props: FieldProps & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const { label, hint, errors: serverErrors, optional, className, ...rest } = props;
  const { id, errors, attributes, handlers } = useField(props);
  return (
    <Frame id={id} label={label} hint={hint} errors={errors} optional={optional}>
      <textarea dir="auto" className={cx("control", className)} {...rest} {...handlers} {...attributes} />
    </Frame>
  );
}

export function SelectField(props: FieldProps & SelectProps) {
  const { label, hint, errors: serverErrors, optional, ...rest } = props;
  const { id, errors, attributes, handlers } = useField(props);
  return (
    <Frame id={id} label={label} hint={hint} errors={errors} optional={optional}>
      <Select {...rest} {...handlers} {...attributes} />
    </Frame>
  );
}
