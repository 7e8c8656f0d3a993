import { renderAsync } from "@resvg/resvg-js";
import { fontFiles } from "./typeface.js";

/** Pixels of the PNG for one of the SVG. */
const ZOOM = 2;

/** An SVG as PNG, with the typefaces of the package and no others, so that it is the same everywhere. */
export async function renderPng(svg: string, background: string): Promise<Uint8Array> {
  const image = await renderAsync(svg, {
    fitTo: { mode: "zoom", value: ZOOM },
    background,
    font: {
      loadSystemFonts: false,
      fontFiles: fontFiles(),
      defaultFontFamily: "Noto Sans",
      sansSerifFamily: "Noto Sans",
    },
    logLevel: "off",
  });
  return image.asPng();
}
