/** What a form says at a field that the browser refuses: the field, and what it must be. The server says it in the same words. */

type Control = Pick<HTMLInputElement, "validity" | "type" | "title"> & Partial<HTMLInputElement>;

/** `title` says what a `pattern` asks for, so that `label` can stand before it: `must be a page of this site`. */
export function complaint(label: string, control: Control): string {
  const { validity, type, title, minLength, maxLength } = control;
  if (validity.valueMissing) return type === "file" ? "Choose a file." : `${label} is required.`;
  if (validity.badInput) return `${label} must be ${VALID[type] ?? "a number"}.`;
  if (validity.typeMismatch) return `${label} must be ${EXAMPLES[type] ?? "in the right format"}.`;
  if (validity.tooShort) return `${label} must have at least ${written(minLength)} characters.`;
  if (validity.tooLong) return `${label} must have at most ${written(maxLength)} characters.`;
  if (validity.rangeUnderflow || validity.rangeOverflow) return `${label} must be ${range(control)}.`;
  if (validity.stepMismatch) return `${label} must be a whole number.`;
  return `${label} ${title || "has an invalid format"}.`;
}

const VALID: Record<string, string> = { date: "a valid date", month: "a valid month", time: "a valid time" };

const EXAMPLES: Record<string, string> = {
  email: "an address such as ada@example.com",
  url: "a web address such as https://example.com",
};

function range({ min, max, type }: Control): string {
  const isNumber = type === "number";
  const [least, most] = [min, max].map((bound) => (bound && isNumber ? written(Number(bound)) : bound));
  if (least && most) return `between ${least} and ${most}`;
  if (least) return isNumber ? `${least} or more` : `${least} or later`;
  return isNumber ? `${most} or less` : `${most} or earlier`;
}

const written = (bound: number | undefined): string => (bound ?? 0).toLocaleString("en");
