import { PALETTE, type Shade, type Tone } from "../../manifest/index.js";

/** The registry of colours for one kind of page. */
export interface Theme {
  page: string;
  text: string;
  quietText: string;
  axis: string;
  gridline: string;
  tones: Readonly<Record<Tone, string>>;
  parts: readonly string[];
  ramp: readonly string[];
}

/** The colours of a light or of a dark page. */
export function theme(side: keyof Shade): Theme {
  const { page, text, quietText, axis, gridline, tones, parts, ramp } = PALETTE;
  return {
    page: page[side],
    text: text[side],
    quietText: quietText[side],
    axis: axis[side],
    gridline: gridline[side],
    tones: Object.fromEntries(
      Object.entries(tones).map(([tone, shade]) => [tone, shade[side]]),
    ) as Theme["tones"],
    parts: parts.map((shade) => shade[side]),
    ramp: ramp.map((shade) => shade[side]),
  };
}

/** Every shade of the registry. */
export function shades(): Shade[] {
  const { tones, parts, ramp, ...single } = PALETTE;
  return [...Object.values(single), ...Object.values(tones), ...parts, ...ramp];
}

/** Black or white, whichever is read better on a colour. */
export function inkOn(colour: string): "#ffffff" | "#101820" {
  return contrast(colour, "#ffffff") >= contrast(colour, "#101820") ? "#ffffff" : "#101820";
}

/** The contrast of two colours by WCAG, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
