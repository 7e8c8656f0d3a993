import type { JSX } from "preact";
import type { KpiFigures } from "../../../../reports/index.js";

const WIDTH = 240;
const HEIGHT = 36;
const PAD = 3;

/** How a figure went, without axes; the card says it in words. */
export function Sparkline({ points }: { points: KpiFigures["sparkline"] }): JSX.Element | null {
  const known = points.flatMap(({ value }) => (value === null ? [] : [value]));
  if (known.length < 2)
    return <svg class="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" />;
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const x = (at: number) => PAD + (at / Math.max(1, points.length - 1)) * (WIDTH - 2 * PAD);
  const y = (value: number) =>
    most === least ? HEIGHT / 2 : HEIGHT - PAD - ((value - least) / (most - least)) * (HEIGHT - 2 * PAD);
  let path = "";
  let open = false;
  for (const [at, { value }] of points.entries()) {
    if (value !== null) path += `${open ? "L" : "M"}${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
    open = value !== null;
  }
  const last = points.findLastIndex(({ value }) => value !== null);
  return (
    <svg class="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <path d={path} fill="none" vector-effect="non-scaling-stroke" />
      <path class="end" d={`M${x(last)} ${y(points[last]!.value!)}h.01`} vector-effect="non-scaling-stroke" />
    </svg>
  );
}
