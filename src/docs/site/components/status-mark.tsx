import type { JSX } from "preact";
import type { SiteStatus } from "../../site-data.js";

/** How good an outcome is. */
export type Tone = "good" | "warn" | "bad" | "idle";

interface Look {
  word: string;
  tone: Tone;
  /** Within 14 × 14. */
  shape: string;
}

/** Each outcome has a word, a shape and a tone: the colour comes last. */
export const STATUS_LOOKS: Readonly<Record<SiteStatus, Look>> = {
  success: { word: "built", tone: "good", shape: "M3 7.400 5.700 10 11 4.400" },
  reused: {
    word: "reused",
    tone: "good",
    shape: "M11.500 7a4.500 4.500 0 1 1-1.400-3.200M10.300 1.500v2.500H7.800",
  },
  pass: { word: "passed", tone: "good", shape: "M3 7.400 5.700 10 11 4.400" },
  warn: { word: "warned", tone: "warn", shape: "M7 2.200 12.300 11.500H1.700zM7 5.600v2.800M7 9.900v.1" },
  fail: { word: "failed", tone: "bad", shape: "M3.600 3.600l6.800 6.800M10.400 3.600l-6.800 6.800" },
  error: {
    word: "error",
    tone: "bad",
    shape:
      "M4.700 1.500h4.600l3.200 3.200v4.600l-3.200 3.200H4.700L1.500 9.300V4.700zM7 4.200v3.200M7 9.400v.1",
  },
  skipped: { word: "skipped", tone: "idle", shape: "M2.500 3l4 4-4 4M7.500 3l4 4-4 4" },
};

/** What became of a node or test. */
export function StatusMark({
  status,
  boxed = false,
  text,
}: {
  status: SiteStatus;
  boxed?: boolean;
  text?: string;
}): JSX.Element {
  const { word, tone, shape } = STATUS_LOOKS[status];
  return (
    <span class={`status tone-${tone}${boxed ? " boxed" : ""}`}>
      <svg
        viewBox="0 0 14 14"
        fill="none"
        stroke="currentColor"
        stroke-width="1.600"
        stroke-linecap="round"
        stroke-linejoin="round"
        aria-hidden="true"
      >
        <path d={shape} />
      </svg>
      {text ?? word}
    </span>
  );
}
