import { fieldErrors } from "../api/problem.ts";
import type { Problem } from "../api/types.ts";
import { SubmitButton } from "./button.tsx";
import { TextField } from "./field.tsx";
import { GuardedForm } from "./form.tsx";

export interface LoginFieldsProps {
  /** Where the login leads. */
  next: string;
  problem?: Problem;
  email?: string;
}

export function LoginFields({ next, problem, email }: LoginFieldsProps) {
  return (
    <GuardedForm problem={problem} className="grid gap-5">
      <input type="hidden" name="next" value={next} />
      <TextField
        label="Email"
        name="email"
        type="email"
        autoComplete="username"
        required
        maxLength={254}
        defaultValue={email}
        errors={fieldErrors(problem, "email")}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
        maxLength={128}
        errors={fieldErrors(problem, "password")}
      />
      <SubmitButton pending="Logging in …">Log in</SubmitButton>
    </GuardedForm>
  );
}
