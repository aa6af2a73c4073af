import { LoginFields, type LoginFieldsProps } from "@dashboard/front/ui/login-fields.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";

export function LoginForm(props: LoginFieldsProps) {
  return (
    <>
      <LoginFields {...props} />
      <p className="text-ink-soft">
        New here? <TextLink to="/register">Register</TextLink>
      </p>
    </>
  );
}
