import { useEffect, useState } from "react";
import { useLocation } from "react-router";

/** Tells screen readers which page a link led to. Browsers do so by themselves only when they load a document. */
export function PageAnnouncer() {
  const { pathname } = useLocation();
  const [seen, setSeen] = useState(pathname);
  const [title, setTitle] = useState("");
  useEffect(() => {
    if (pathname === seen) return;
    setSeen(pathname);
    setTitle(document.title);
  }, [pathname, seen]);
  return (
    <p aria-live="polite" className="sr-only">
      {title}
    </p>
  );
}
