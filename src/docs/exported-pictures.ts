import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { exportedBy } from "../run/index.js";
import type { SitePictures } from "./site-reports.js";

/** What models have exported, as the site shows it. */
export interface ExportedFiles {
  pictures: SitePictures;
  /** Files to be copied, by their path within the site. */
  copies: Map<string, Buffer>;
}

/** Drawings scale: a copy of each as points would make most of the site. */
const COPIED = [".svg", ".csv"];

/**
 * The pictures, tables and texts in the folder of exports. Only kinds of files that browsers run no script of where we show them are
 * copied: pictures stand in `<img>`, tables are downloaded; Markdown becomes data.
 */
export function exportedPictures(targetPath: string): ExportedFiles {
  const folder = join(targetPath, "exports");
  const pictures: SitePictures = { pictures: [], cards: [] };
  const copies = new Map<string, Buffer>();
  if (!existsSync(folder)) return { pictures, copies };
  const names = readdirSync(folder).sort();
  const origin = exportedBy(targetPath);
  for (const name of names.filter((file) => COPIED.some((ending) => file.endsWith(ending))))
    copies.set(`pictures/${name}`, readFileSync(join(folder, name)));
  for (const name of names.filter((file) => file.endsWith(".svg"))) {
    const stem = name.slice(0, -4);
    const text = readFileSync(join(folder, name), "utf8");
    pictures.pictures.push({
      name: stem,
      model: origin[name] ?? null,
      title: element(text, "title") || stem.replaceAll("_", " "),
      description: element(text, "desc"),
      ...sizeOf(text),
      files: COPIED.filter((ending) => copies.has(`pictures/${stem}${ending}`)),
    });
  }
  for (const name of names.filter((file) => file.endsWith(".md")))
    pictures.cards.push({
      name: name.slice(0, -3),
      model: origin[name] ?? null,
      text: readFileSync(join(folder, name), "utf8"),
    });
  return { pictures, copies };
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

/** The text of the first element of a name, which our own drawings have before all others. */
function element(svg: string, name: string): string {
  const found = new RegExp(`<${name}[^>]*>([^<]*)</${name}>`).exec(svg.slice(0, 10_000))?.[1] ?? "";
  return found.replace(/&(amp|lt|gt|quot|#39);/g, (_, entity: string) => ENTITIES[entity]!).trim();
}

function sizeOf(svg: string): { width: number; height: number } {
  const box = /viewBox="0 0 (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)"/.exec(svg.slice(0, 10_000));
  return { width: Number(box?.[1] ?? 960), height: Number(box?.[2] ?? 540) };
}
