import { Link, type LinkProps } from "react-router";
import { cx } from "./cx.ts";

export function TextLink({ className, ...rest }: LinkProps) {
  return (
    <Link
      className={cx("font-semibold text-accent underline underline-offset-3 hover:text-accent-strong", className)}
      {...rest}
    />
  );
}
