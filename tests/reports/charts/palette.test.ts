import { describe, expect, it } from "vitest";
import { PALETTE } from "../../../src/manifest/index.js";

type Triple = readonly [number, number, number];

/** Eyes that lack a kind of cone, in linear light, by Machado, Oliveira and Fernandes (2009), severity 1. */
const EYES: Record<string, readonly [Triple, Triple, Triple]> = {
  "usual eyes": [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
};
const XYZ: readonly [Triple, Triple, Triple] = [
  [0.4124564, 0.3575761, 0.1804375],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339, 0.119192, 0.9503041],
];
const WHITE: Triple = [0.95047, 1, 1.08883];

const times = (matrix: readonly Triple[], by: Triple) =>
  matrix.map((row) => row[0] * by[0] + row[1] * by[1] + row[2] * by[2]) as unknown as Triple;

/** CIELAB of a colour as such eyes see it. */
function seen(colour: string, eyes: string): Triple {
  const linear = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as unknown as Triple;
  const light = times(EYES[eyes]!, linear).map((part) => Math.min(1, Math.max(0, part))) as unknown as Triple;
  const [x, y, z] = times(XYZ, light).map((part, at) => {
    const share = part / WHITE[at]!;
    return share > 216 / 24389 ? Math.cbrt(share) : ((24389 / 27) * share + 16) / 116;
  }) as unknown as Triple;
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** The smallest difference (CIE 1976) of any two colours. */
function closest(colours: readonly string[], eyes: string): number {
  const places = colours.map((colour) => seen(colour, eyes));
  return Math.min(
    ...places.flatMap((one, at) =>
      places.slice(at + 1).map((other) => Math.hypot(...one.map((part, axis) => part - other[axis]!))),
    ),
  );
}

const { tones } = PALETTE;
const STATUS = [tones.good, tones.caution, tones.bad, tones.neutral];

describe.each(Object.keys(EYES))("%s", (eyes) => {
  it.each(["light", "dark"] as const)("tell one status from another on a %s page", (side) => {
    expect(
      closest(
        STATUS.map((shade) => shade[side]),
        eyes,
      ),
    ).toBeGreaterThanOrEqual(14);
  });

  it.each(["light", "dark"] as const)("tell one part of a whole from another on a %s page", (side) => {
    expect(
      closest(
        PALETTE.parts.map((shade) => shade[side]),
        eyes,
      ),
    ).toBeGreaterThanOrEqual(14);
  });
});

it("red and green of one lightness would not do", () => {
  expect(closest(["#c0392b", "#6b7d1e"], "deuteranopia")).toBeLessThan(14);
});
