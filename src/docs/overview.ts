import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Project } from "../project/index.js";

/** The Markdown of the home page: `overview.md` beside the models or beside `project.yml`; empty for none. */
export function overviewOf({ dir, paths }: Project): string {
  const places = [...paths.models, "."].map((folder) => join(dir, folder, "overview.md"));
  const found = places.find((place) => existsSync(place));
  return found === undefined ? "" : readFileSync(found, "utf8");
}
