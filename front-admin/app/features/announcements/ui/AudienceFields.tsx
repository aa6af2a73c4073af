import { fieldErrors } from "@dashboard/front/api/problem.ts";
import type { Audience, Problem } from "@dashboard/front/api/types.ts";
import { optionsOf, Select } from "@dashboard/front/ui/select.tsx";
import { useEffect, useRef } from "react";
import { useFetcher } from "react-router";
import { PLANS, ROLES } from "../../../groups-of-users.ts";
import { CheckboxGroup } from "../../../ui/CheckboxGroup.tsx";
import type { count } from "../actions.server.ts";
import { people, VERIFIED } from "../draft.ts";

const COLLECT_MILLISECONDS = 250;

interface AudienceFieldsProps {
  audience: Audience;
  problem: Problem | undefined;
}

/** Who gets it, and how many they are. */
export function AudienceFields({ audience: { roles, plans, verified }, problem }: AudienceFieldsProps) {
  const { ref, reach } = useReach();
  const chosen = verified === true ? "yes" : verified === false ? "no" : "any";
  const errors = ["audience", "audience.roles", "audience.plans", "audience.verified"].flatMap((field) =>
    fieldErrors(problem, field),
  );
  return (
    <fieldset ref={ref} className="grid gap-4 rounded-control border border-line p-4">
      <legend className="px-1 font-semibold">Recipients</legend>
      <CheckboxGroup label="Roles" none="none selected: all" name="roles" options={ROLES} chosen={roles ?? []} />
      <CheckboxGroup label="Plans" none="none selected: all" name="plans" options={PLANS} chosen={plans ?? []} />
      <label className="grid gap-1.5">
        <span className="text-sm font-semibold">Accounts</span>
        <Select name="verified" options={optionsOf(VERIFIED)} defaultValue={chosen} />
      </label>
      {errors.length > 0 && <p className="field-error text-sm font-semibold text-bad">{errors.join(" ")}</p>}
      <p aria-live="polite" className="reach min-h-6 text-sm text-ink-soft">
        {reach !== null && `Reaches ${people(reach)}.`}
      </p>
    </fieldset>
  );
}

/** How many fit what is chosen in the fieldset at `ref`; null while nobody knows. */
function useReach() {
  const ref = useRef<HTMLFieldSetElement>(null);
  const { submit, data } = useFetcher<typeof count>();
  useEffect(() => {
    const fieldset = ref.current;
    const ask = () => {
      if (!fieldset?.form) return;
      const form = new FormData(fieldset.form);
      form.set("intent", "count");
      submit(form, { method: "post", action: "/announcements" });
    };
    let timer = setTimeout(ask);
    const onChange = () => {
      clearTimeout(timer);
      timer = setTimeout(ask, COLLECT_MILLISECONDS);
    };
    fieldset?.addEventListener("change", onChange);
    return () => {
      clearTimeout(timer);
      fieldset?.removeEventListener("change", onChange);
    };
  }, [submit]);
  return { ref, reach: data?.count ?? null };
}
