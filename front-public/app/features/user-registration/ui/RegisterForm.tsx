import { fieldErrors } from "@dashboard/front/api/problem.ts";
import type { Problem } from "@dashboard/front/api/types.ts";
import { SubmitButton } from "@dashboard/front/ui/button.tsx";
import { TextField } from "@dashboard/front/ui/field.tsx";
import { GuardedForm } from "@dashboard/front/ui/form.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";

interface RegisterFormProps {
  problem?: Problem;
  values?: { email: string; name: string };
}

export function RegisterForm({ problem, values }: RegisterFormProps) {
  return (
    <>
      <GuardedForm problem={problem} className="grid gap-5">
        <TextField
          label="Email"
          name="email"
          type="email"
          autoComplete="username"
          required
          maxLength={254}
          defaultValue={values?.email}
          errors={fieldErrors(problem, "email")}
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={10}
          maxLength={128}
          hint="At least 10 characters. A short sentence works well."
          errors={fieldErrors(problem, "password")}
        />
        <TextField
          label="Name"
          name="name"
          autoComplete="name"
          optional
          maxLength={80}
          defaultValue={values?.name}
          errors={fieldErrors(problem, "name")}
        />
        <SubmitButton pending="Creating account …">Register</SubmitButton>
      </GuardedForm>
      <p className="text-ink-soft">
        Already registered? <TextLink to="/login">Log in</TextLink>
      </p>
    </>
  );
}
