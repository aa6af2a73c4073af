import { fieldErrors } from "@dashboard/front/api/problem.ts";
import type { Problem, Profile } from "@dashboard/front/api/types.ts";
import { Avatar } from "@dashboard/front/ui/avatar.tsx";
import { SubmitButton } from "@dashboard/front/ui/button.tsx";
import { TextField } from "@dashboard/front/ui/field.tsx";
import { GuardedForm } from "@dashboard/front/ui/form.tsx";
import { type ChangeEvent, useEffect, useState } from "react";
import { Form } from "react-router";
import { AVATAR_TYPES, avatarComplaint } from "../avatar-rules.ts";

const NO_PICTURE = "This file can’t be read as a picture. Choose another.";

interface AvatarFormProps {
  profile: Profile;
  problem: Problem | undefined;
}

export function AvatarForm({ profile, problem }: AvatarFormProps) {
  const { preview, complaint, onChange } = usePreview(profile.avatar_url);
  const version = <input type="hidden" name="version" value={profile.version} />;
  return (
    <div className="flex flex-wrap items-start gap-5">
      <Avatar name={profile.display_name || profile.name} url={preview ?? profile.avatar_url} size="large" />
      <div className="min-w-0 flex-1 basis-64">
        <GuardedForm key={profile.avatar_url} problem={problem} encType="multipart/form-data" className="grid gap-4">
          {version}
          <TextField
            label="New picture"
            name="avatar"
            type="file"
            accept={AVATAR_TYPES.join(",")}
            required
            hint="PNG, JPEG, WebP or GIF, at most 2 MB."
            errors={complaint ? [complaint] : fieldErrors(problem, "avatar")}
            onChange={onChange}
            className="file:mr-3 file:rounded-md file:border-0 file:bg-sunken file:px-3 file:py-1 file:font-semibold file:text-ink"
          />
          <div>
            <SubmitButton intent="avatar" variant="secondary" pending="Uploading …">
              Upload
            </SubmitButton>
          </div>
        </GuardedForm>
        {profile.avatar_url && (
          <Form method="post" className="mt-2">
            {version}
            <SubmitButton intent="remove-avatar" variant="quiet" className="-ml-4">
              Remove picture
            </SubmitButton>
          </Form>
        )}
      </div>
    </div>
  );
}

/** Shows the chosen picture before it is sent, until the stored one changes. */
function usePreview(stored: string | null | undefined) {
  const [preview, setPreview] = useState<string | null>(null);
  const [complaint, setComplaint] = useState<string | null>(null);
  useEffect(() => () => void (preview && URL.revokeObjectURL(preview)), [preview]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a newly stored picture replaces the preview
  useEffect(() => setPreview(null), [stored]);
  const onChange = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0];
    const wrong = file ? (avatarComplaint(file) ?? (await unreadable(file))) : null;
    if (file !== target.files?.[0]) return; // another one was chosen meanwhile
    setComplaint(wrong);
    setPreview(file && !wrong ? URL.createObjectURL(file) : null);
  };
  return { preview, complaint, onChange };
}

/** Whether the browser finds no picture in `file`; where it cannot tell, the server does. */
async function unreadable(file: Blob): Promise<string | null> {
  if (!("createImageBitmap" in globalThis)) return null;
  return createImageBitmap(file).then(
    (picture) => {
      picture.close();
      return null;
    },
    () => NO_PICTURE,
  );
}
