import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SlaError } from "../errors/index.js";

/** The bundled front end: beside the compiled code; where this runs uncompiled, in the package's own `dist`. */
const PLACES = ["./site-assets/", "../../dist/docs/site-assets/"].map((place) =>
  fileURLToPath(new URL(place, import.meta.url)),
);

/** The files of the front end by name. */
export function siteAssets(): Map<string, Buffer> {
  const folder = PLACES.find((place) => existsSync(join(place, "site.js")));
  if (folder === undefined) {
    throw new SlaError({
      code: "SLA901",
      message: "the front end of the site is missing from this installation",
      hint: "In a checkout, `npm run build` makes it.",
    });
  }
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
}
