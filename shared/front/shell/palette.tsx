import Search from "lucide/dist/esm/icons/search.mjs";
import { type KeyboardEvent, useId, useState } from "react";
import { useNavigate, useSubmit } from "react-router";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.ts";
import { below, useShell } from "./data.ts";
import { matching } from "./known.ts";
import { Modal } from "./modal.tsx";
import { type FoundEntry, type FoundGroup, LONGEST } from "./search.ts";
import { useShellDialog } from "./store.ts";
import { THEMES } from "./theme-switch.tsx";
import { MARK } from "./use-appearance.ts";
import { useSearch } from "./use-search.ts";

/** One line that finds pages, actions and what features know, and opens it by key. */
export default function Palette({ onClose }: { onClose(): void }) {
  const [typed, setTyped] = useState("");
  const { groups, isAsking } = useSearch(typed);
  const choices = useChoices(groups, typed, onClose);
  const [at, setAt] = useState(0);
  const id = useId();
  const chosen = Math.min(at, choices.length - 1);
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      Home: -chosen,
      End: choices.length - 1 - chosen,
    };
    const step = steps[event.key];
    if (event.key === "Enter") choices[chosen]?.run();
    else if (step === undefined || event.shiftKey || (typed && /Home|End/.test(event.key))) return;
    else setAt((chosen + step + choices.length) % Math.max(choices.length, 1));
    event.preventDefault();
  };
  return (
    <Modal label="Search" onClose={onClose} className="palette mt-[12vh] mb-auto overflow-hidden">
      <div className="flex items-center gap-3 border-b border-line px-4">
        <Icon of={Search} size={20} className="shrink-0 text-ink-faint" />
        <input
          role="combobox"
          aria-label="Search"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={choices.length ? `${id}-${chosen}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder="Search or jump to …"
          maxLength={LONGEST}
          dir="auto"
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
          className="min-h-14 min-w-0 flex-1 bg-transparent text-lg outline-none placeholder:text-ink-faint"
        />
        <kbd aria-hidden className="key max-sm:hidden">
          Esc
        </kbd>
      </div>
      <Choices id={id} choices={choices} chosen={chosen} />
      <p role="status" className={cx("px-4 text-sm text-ink-faint", (isAsking || !choices.length) && "py-3")}>
        {isAsking ? "Searching …" : choices.length === 0 && `Nothing is called “${typed.trim()}”.`}
        {groups.map(({ title, missing }) => missing && <MissingGroup key={title} title={title} />)}
      </p>
    </Modal>
  );
}

function MissingGroup({ title }: { title: string }) {
  return <span className="block py-2">{title} cannot be searched right now.</span>;
}

interface Choice extends Omit<FoundEntry, "to"> {
  group: string;
  run(): void;
}

interface ChoicesProps {
  id: string;
  choices: Choice[];
  chosen: number;
}

function Choices({ id, choices, chosen }: ChoicesProps) {
  const titles = [...new Set(choices.map(({ group }) => group))];
  return (
    <div
      id={`${id}-list`}
      role="listbox"
      aria-label="Found"
      className="max-h-[min(26rem,55vh)] overflow-y-auto p-2 empty:hidden"
    >
      {titles.map((title, group) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
        <div key={title} role="group" aria-labelledby={`${id}-title-${group}`}>
          <p id={`${id}-title-${group}`} className="px-3 pt-2 pb-1 text-sm font-semibold text-ink-faint">
            {title}
          </p>
          {choices.map(
            (choice, at) =>
              choice.group === title && (
                <Option
                  key={choice.label + (choice.detail ?? "")}
                  id={`${id}-${at}`}
                  choice={choice}
                  isChosen={at === chosen}
                />
              ),
          )}
        </div>
      ))}
    </div>
  );
}

function Option({ id, choice, isChosen }: { id: string; choice: Choice; isChosen: boolean }) {
  const intoView = (element: HTMLElement | null) => {
    if (isChosen) element?.scrollIntoView?.({ block: "nearest" });
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the chosen option
    <div
      ref={intoView}
      id={id}
      role="option"
      aria-selected={isChosen}
      onClick={choice.run}
      className={cx(
        "flex min-h-11 cursor-pointer items-center justify-between gap-4 rounded-control px-3 py-1.5",
        isChosen ? "bg-accent-soft text-accent-strong" : "hover:bg-sunken",
      )}
    >
      <bdi className="truncate font-semibold">{choice.label}</bdi>
      {choice.detail && <bdi className="truncate text-sm text-ink-soft">{choice.detail}</bdi>}
    </div>
  );
}

/** All that can be chosen, in the order shown; what the shell itself does comes last. */
function useChoices(groups: FoundGroup[], typed: string, close: () => void): Choice[] {
  const navigate = useNavigate();
  const own = useOwnActions();
  const found = groups.flatMap(({ title, entries }) =>
    entries.map(({ to, label, detail }) => ({ group: title, label, detail, run: () => leave(() => navigate(to)) })),
  );
  function leave(run: () => unknown) {
    close();
    void run();
  }
  const matched = typed.trim() ? matching(own, typed) : [];
  return [...found, ...matched.map(({ label, run }) => ({ group: "General", label, run: () => leave(run) }))];
}

function useOwnActions(): { label: string; run(): void }[] {
  const { home } = useShell();
  const submit = useSubmit();
  const show = useShellDialog((dialogs) => dialogs.show);
  const appearance = { method: "post", action: below(home, "/appearance"), navigate: false } as const;
  return [
    ...THEMES.map(({ value, label }) => ({
      label: `${label} theme`,
      run: () => void submit({ [MARK]: "", theme: value }, appearance),
    })),
    { label: "Keyboard shortcuts", run: () => show("shortcuts") },
    { label: "Log out", run: () => void submit(null, { method: "post", action: "/logout" }) },
  ];
}
