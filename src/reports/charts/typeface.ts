import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import opentype, { type Font } from "opentype.js";

/** The typefaces in the package, in the order in which a character is looked for. */
const FILES = {
  normal: ["noto-sans-regular.ttf", "dejavu-sans.ttf"],
  bold: ["noto-sans-semi-bold.ttf", "dejavu-sans.ttf"],
} as const;

/** What pictures name as their typeface; readers without the first see the next. */
export const FONT_FAMILY = "Noto Sans, DejaVu Sans, Helvetica, Arial, sans-serif";

/** The weight of headings. */
export const BOLD = 600;

/** The files of the typefaces. */
export function fontFiles(): string[] {
  return [...new Set(Object.values(FILES).flat())].map(pathOf);
}

/** The width of a text in pixels, as the typefaces of the package have it; for a CSS font such as `600 20px Noto Sans`. */
export function textWidth(text: string, font: string | undefined): number {
  const size = Number(/([\d.]+)px/.exec(font ?? "")?.[1] ?? 12);
  const faces = FILES[/\b(bold|[6-9]00)\b/.test(font ?? "") ? "bold" : "normal"].map(fontOf);
  let width = 0;
  for (const character of text) width += advance(character, faces);
  return width * size;
}

/** Characters that no typeface of the package has. */
export function missingCharacters(text: string): string[] {
  const faces = FILES.normal.map(fontOf);
  return [...new Set(text)].filter(
    (character) => character > " " && !faces.some((face) => has(face, character)),
  );
}

const fonts = new Map<string, Font>();

function fontOf(name: string): Font {
  let font = fonts.get(name);
  if (font === undefined) {
    const file = readFileSync(pathOf(name));
    font = opentype.parse(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength));
    fonts.set(name, font);
  }
  return font;
}

function pathOf(name: string): string {
  return fileURLToPath(new URL(`../fonts/${name}`, import.meta.url));
}

function has(face: Font, character: string): boolean {
  return face.charToGlyphIndex(character) > 0;
}

/** In em. What no typeface has is taken to be as wide as an ideograph. */
function advance(character: string, faces: readonly Font[]): number {
  const face = faces.find((candidate) => has(candidate, character));
  return face === undefined ? 1 : (face.charToGlyph(character).advanceWidth ?? 0) / face.unitsPerEm;
}
