import UserRound from "lucide/dist/esm/icons/user-round.mjs";
import { cx } from "./cx.ts";
import { Icon } from "./icon.ts";

const SIZES = { small: "size-9 text-sm", large: "size-24 text-4xl" };

interface AvatarProps {
  name: string;
  url?: string | null;
  size?: keyof typeof SIZES;
}

/** The picture, or the initials, or somebody. Decorative: the name always stands beside it. */
export function Avatar({ name, url, size = "small" }: AvatarProps) {
  const shape = cx("shrink-0 rounded-full border border-line object-cover", SIZES[size]);
  if (url) return <img src={url} alt="" className={shape} />;
  const words = name.trim().split(/\s+/);
  const initials = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => [...(word ?? "")][0] ?? "").join("");
  return (
    <span
      aria-hidden
      className={cx(shape, "grid place-items-center bg-accent-soft font-display font-bold text-accent-strong")}
    >
      {initials.toUpperCase() || <Icon of={UserRound} size={size === "small" ? 18 : 40} />}
    </span>
  );
}
