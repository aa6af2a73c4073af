import { useEffect, useState } from "react";
import { useLocation } from "react-router";

/** The version that a form was filled with. News replace it only while nothing was typed, so that no text is lost. */
export function useFormBase<Entity>(stored: Entity, refused: boolean) {
  const { key } = useLocation();
  const [visit, setVisit] = useState(key);
  const [base, setBase] = useState(stored);
  const [dirty, setDirty] = useState(refused);
  if (visit !== key) {
    setVisit(key);
    setDirty(refused);
  }
  useEffect(() => {
    if (!dirty) setBase(stored);
  }, [dirty, stored]);
  return { base, setDirty };
}
