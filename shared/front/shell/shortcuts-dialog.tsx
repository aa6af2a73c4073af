import { type ReactNode, useState } from "react";
import { Button } from "../ui/button.tsx";
import { useShell } from "./data.ts";
import { keysOf } from "./keys.ts";
import { Modal } from "./modal.tsx";
import { hasSingleKeys, setSingleKeys } from "./shortcuts.ts";

/** Every key that does something, and the switch for those that are a letter alone. */
export default function ShortcutsDialog({ onClose }: { onClose(): void }) {
  const { navigation } = useShell();
  const [isOn, setOn] = useState(hasSingleKeys);
  return (
    <Modal label="Keyboard shortcuts" onClose={onClose} className="my-auto p-6">
      <h2 className="mb-4 text-2xl">Keyboard shortcuts</h2>
      <dl className="grid gap-x-10 gap-y-2 sm:grid-cols-2">
        <Line keys={["Ctrl", "K"]}>Search</Line>
        <Line keys={["Esc"]}>Close a dialog or menu</Line>
        {isOn && (
          <>
            <Line keys={["/"]}>Search</Line>
            <Line keys={["?"]}>Keyboard shortcuts</Line>
            {[...keysOf(navigation)].map(([key, { to, label }]) => (
              <Line key={to} keys={["G", key.toUpperCase()]}>
                {label}
              </Line>
            ))}
          </>
        )}
      </dl>
      <div className="mt-6 flex flex-wrap items-center justify-between gap-4 border-t border-line pt-5">
        <label className="flex min-h-11 items-center gap-3">
          <input
            type="checkbox"
            checked={isOn}
            onChange={({ target }) => {
              setSingleKeys(target.checked);
              setOn(target.checked);
            }}
            className="size-4.5"
          />
          Single-key shortcuts
        </label>
        <Button onClick={onClose}>Close</Button>
      </div>
    </Modal>
  );
}

function Line({ keys, children }: { keys: string[]; children: ReactNode }) {
  return (
    <div className="flex items-center justify-between gap-4 border-b border-line pb-2">
      <dt>{children}</dt>
      <dd className="flex shrink-0 gap-1">
        {keys.map((key) => (
          <kbd key={key} className="key">
            {key}
          </kbd>
        ))}
      </dd>
    </div>
  );
}
