/** A share as a bar; `value` 0..1, more is cut. */
export function Meter({ value, label, high }: { value: number; label: string; high?: boolean }) {
  const share = Math.min(1, Math.max(0, value));
  return (
    <span
      class={high ? "meter high" : "meter"}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={1}
      aria-valuenow={Number(share.toFixed(2))}
    >
      <i style={{ width: `${(share * 100).toFixed(1)}%` }} />
    </span>
  );
}
