import type { DbtFile } from "./template-file.js";

/** The texts of `{% docs name %}` blocks, by name. */
export function docsBlocks(files: readonly DbtFile[]): Map<string, string> {
  const blocks = new Map<string, string>();
  for (const { text } of files) {
    for (const match of text.matchAll(/\{%-?\s*docs\s+(\w+)\s*-?%\}([\s\S]*?)\{%-?\s*enddocs\s*-?%\}/g))
      blocks.set(match[1]!, match[2]!.trim());
  }
  return blocks;
}
