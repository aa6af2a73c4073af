/** The text of a form field, with `\n` where browsers send `\r\n`; a file or a missing field is empty. */
export function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.replaceAll("\r\n", "\n") : "";
}
