/** A colour on a white page and on a dark one. */
export interface Shade {
  readonly light: string;
  readonly dark: string;
}

/** What a colour says; a word, a shape or a label always says it, too. */
export type Tone = "accent" | "muted" | "good" | "caution" | "bad" | "neutral";

/** The one registry of colours: charts, site and exported workbooks take theirs from here. */
export const PALETTE = {
  page: { light: "#ffffff", dark: "#040810" },
  text: { light: "#1b2733", dark: "#e8edf2" },
  quietText: { light: "#55616d", dark: "#a9b4be" },
  axis: { light: "#8a949e", dark: "#76828d" },
  gridline: { light: "#e3e7eb", dark: "#232c36" },
  /** Status and emphasis: distinct for eyes that confuse red and green, at least 4.5 : 1 on the page. */
  tones: {
    accent: { light: "#0b6cab", dark: "#4fb0e6" },
    muted: { light: "#87929d", dark: "#66727e" },
    good: { light: "#0072b2", dark: "#56b4e9" },
    caution: { light: "#b35900", dark: "#f0a733" },
    bad: { light: "#a3123f", dark: "#ff5c8a" },
    neutral: { light: "#5f6b76", dark: "#9aa7b2" },
  } satisfies Record<Tone, Shade>,
  /** Parts of a whole, in this order; what comes after them is one grey part, "other". Distinct for the same eyes, 3 : 1 on the page. */
  parts: [
    { light: "#00568a", dark: "#2f8fc9" },
    { light: "#d08320", dark: "#f2b45a" },
    { light: "#2f9b75", dark: "#45d0a4" },
    { light: "#a874c4", dark: "#d9b3ee" },
    { light: "#8c1d45", dark: "#c93a66" },
    { light: "#5f6b76", dark: "#8f9aa4" },
  ] satisfies Shade[] as readonly Shade[],
  /** How much of something, in steps of one hue from little to much. */
  ramp: [
    { light: "#eaf3fa", dark: "#0c1d2b" },
    { light: "#cbe2f2", dark: "#10304a" },
    { light: "#9fcae7", dark: "#154667" },
    { light: "#67aad6", dark: "#1d6390" },
    { light: "#3a88c0", dark: "#3a8bc0" },
    { light: "#1a669f", dark: "#62abd9" },
    { light: "#0a4474", dark: "#a5d5f2" },
  ] satisfies Shade[] as readonly Shade[],
} as const;
