import { fieldErrors } from "@dashboard/front/api/problem.ts";
import type { KindPreference, NotificationPreferences } from "@dashboard/front/api/types.ts";
import { ButtonLink, SubmitButton } from "@dashboard/front/ui/button.tsx";
import { TextField } from "@dashboard/front/ui/field.tsx";
import { GuardedForm } from "@dashboard/front/ui/form.tsx";
import { Notice } from "@dashboard/front/ui/notice.tsx";
import { optionsOf, Select } from "@dashboard/front/ui/select.tsx";
import { TextLink } from "@dashboard/front/ui/text-link.tsx";
import { useFormBase } from "@dashboard/front/ui/use-form-base.ts";
import { textOf } from "../../notifications/kinds.ts";
import type { RefusedChoices } from "../notification-preferences.server.ts";
import { type Choices, describeQuiet, FIXED, MAIL, NIGHT, storedInstead } from "../preferences.ts";

interface NotificationChoicesProps {
  stored: NotificationPreferences;
  refused: RefusedChoices | undefined;
  /** Of the profile; null while there is none, or it cannot be read. */
  timeZone: string | null;
}

/** Which kinds of news come how, and when it is quiet. Several windows at once: the second sees what the first has saved. */
export function NotificationChoices({ stored, refused, timeZone }: NotificationChoicesProps) {
  const { mine, theirs, problem } = refused ?? {};
  const { base, setDirty } = useFormBase(stored, refused !== undefined);
  const shown: Choices = mine ?? base;
  const version = theirs?.version ?? base.version;
  return (
    <GuardedForm
      key={version}
      guard
      changed={refused !== undefined}
      problem={theirs ? undefined : problem}
      onInput={() => setDirty(true)}
      className="grid gap-6"
    >
      {theirs && <Conflict />}
      <input type="hidden" name="version" value={version} />
      <div className="rows">
        {shown.kinds.map((preference) => (
          <KindRow key={preference.kind} preference={preference} instead={storedInstead(preference, theirs)} />
        ))}
      </div>
      <QuietHoursFields shown={shown} theirs={theirs} problem={problem} timeZone={timeZone} />
      <div className="flex flex-wrap gap-3">
        <SubmitButton intent="notifications" variant={theirs ? "primary" : "secondary"} pending="Saving …">
          {theirs ? "Save my version" : "Save notification settings"}
        </SubmitButton>
        {theirs && (
          <ButtonLink to="/app/settings" variant="quiet">
            Keep the saved version
          </ButtonLink>
        )}
      </div>
    </GuardedForm>
  );
}

function Conflict() {
  return (
    <Notice tone="warn" focus title="These settings were saved in another window." className="conflict">
      Your version is below. Where the two differ, you also see what is saved.
    </Notice>
  );
}

function KindRow({ preference, instead }: { preference: KindPreference; instead: string | null }) {
  const { kind, live, mail } = preference;
  const { name, hint } = textOf(kind);
  const fixed = FIXED[kind];
  return (
    <fieldset className="grid gap-x-6 gap-y-3 sm:grid-cols-[minmax(0,1fr)_9.5rem_13.5rem] sm:items-center">
      <legend className="sr-only">{name}</legend>
      <div className="text-sm text-ink-faint">
        <span aria-hidden className="block text-base font-semibold text-ink">
          {name}
        </span>
        {hint}
        {instead && <span className="block font-semibold text-warn">{instead}</span>}
      </div>
      <input type="hidden" name="kind" value={kind} />
      {fixed ? (
        <p className="text-sm text-ink-soft sm:col-span-2">
          <strong>Always on, in app and by email,</strong> so an intruder cannot turn it off.
        </p>
      ) : (
        <>
          <label className="flex items-center gap-2.5">
            <input type="checkbox" name={`live.${kind}`} defaultChecked={live} className="size-4.5" />
            In app
          </label>
          <label className="flex items-center gap-2.5">
            <span className="shrink-0">Email</span>
            <Select name={`mail.${kind}`} options={optionsOf(MAIL)} defaultValue={mail} />
          </label>
        </>
      )}
    </fieldset>
  );
}

interface QuietProps {
  shown: Choices;
  theirs: NotificationPreferences | undefined;
  problem: RefusedChoices["problem"] | undefined;
  timeZone: string | null;
}

function QuietHoursFields({ shown: { quiet_hours }, theirs, problem, timeZone }: QuietProps) {
  const { from, to } = quiet_hours ?? NIGHT;
  const mine = describeQuiet(quiet_hours);
  const stored = theirs && describeQuiet(theirs.quiet_hours);
  return (
    <fieldset className="grid gap-4 border-t border-line pt-5">
      <legend className="float-left font-semibold">Quiet hours</legend>
      <label className="flex items-start gap-3">
        <input type="checkbox" name="quiet" defaultChecked={Boolean(quiet_hours)} className="mt-1 size-4.5" />
        <span>
          <span className="block font-semibold">Do not disturb during quiet hours</span>
          <span className="text-sm text-ink-soft">
            Notifications wait in the bell, and emails go out when the hours end. Security alerts always come through.
          </span>
        </span>
      </label>
      <div className="grid max-w-sm grid-cols-1 gap-4 min-[23rem]:grid-cols-2">
        <TextField
          label="From"
          name="from"
          type="time"
          defaultValue={from}
          errors={fieldErrors(problem, "quiet_hours.from")}
        />
        <TextField label="To" name="to" type="time" defaultValue={to} errors={fieldErrors(problem, "quiet_hours.to")} />
      </div>
      {stored && stored !== mine && <p className="text-sm font-semibold text-warn">Saved: quiet hours {stored}.</p>}
      <p className="text-sm text-ink-faint">
        {timeZone
          ? `Times are in your time zone, ${timeZone.replaceAll("_", " ")}. `
          : "Times are in the time zone of your profile, or in UTC without one. "}
        <TextLink to="/app/profile">{timeZone ? "Change it in your profile" : "Open your profile"}</TextLink>
      </p>
    </fieldset>
  );
}
