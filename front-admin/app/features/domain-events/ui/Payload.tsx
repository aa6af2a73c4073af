interface PayloadProps {
  of: unknown;
  name: string;
  open?: boolean;
}

/** Data as it is, which can be folded; long lines wrap, so that a phone can read it too. */
export function Payload({ of, name, open = false }: PayloadProps) {
  return (
    <details className="mt-4" open={open}>
      <summary className="w-fit text-sm font-semibold text-accent">{name}</summary>
      <pre className="mt-2 rounded-control bg-sunken p-3 text-xs whitespace-pre-wrap wrap-anywhere">
        {typeof of === "string" ? of : JSON.stringify(of, null, 2)}
      </pre>
    </details>
  );
}
