import { Suspense, useEffect } from "react";
import { useLocation } from "react-router";
import { loadLater } from "../ui/load-later.ts";
import { useShortcuts } from "./shortcuts.ts";
import { useShellDialog } from "./store.ts";

const Palette = loadLater(() => import("./palette.tsx"));
const ShortcutsDialog = loadLater(() => import("./shortcuts-dialog.tsx"));

/** Listens to keys, and shows the dialogs that they open. */
export default function ShellDialogs() {
  const { dialog, show } = useShellDialog();
  const { key } = useLocation();
  useShortcuts();
  useEffect(() => {
    useShellDialog.setState({ ready: true });
    return () => useShellDialog.setState({ ready: false, dialog: null });
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes what lay over the old one
  useEffect(() => show(null), [key]);
  const close = () => show(null);
  return (
    <Suspense>
      {dialog === "palette" && <Palette onClose={close} />}
      {dialog === "shortcuts" && <ShortcutsDialog onClose={close} />}
    </Suspense>
  );
}
