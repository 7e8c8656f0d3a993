import type { JSX } from "preact";
import type { Tone } from "./status-mark.js";

/** A value for each run, oldest first. */
export interface Bar {
  value: number;
  tone: Tone;
  /** What it says, in words. */
  title: string;
}

const WIDTH = 9;
const HEIGHT = 44;

/** Small bars without axes; each says its figure when it is pointed at, and the caption says them all in short. */
export function SparkBars({ bars, caption }: { bars: readonly Bar[]; caption: string }): JSX.Element {
  const most = Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE);
  return (
    <svg
      class="spark"
      role="img"
      aria-label={caption}
      viewBox={`0 0 ${bars.length * WIDTH} ${HEIGHT}`}
      width={bars.length * WIDTH}
      height={HEIGHT}
    >
      {bars.map(({ value, tone, title }, at) => {
        const height = Math.max(2, (value / most) * HEIGHT);
        return (
          <rect
            key={at}
            class={`fill-${tone}`}
            x={at * WIDTH}
            y={HEIGHT - height}
            width={WIDTH - 2}
            height={height}
            rx="1.5"
          >
            <title>{title}</title>
          </rect>
        );
      })}
    </svg>
  );
}
