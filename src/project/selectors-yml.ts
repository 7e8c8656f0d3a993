import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { SlaError, throwIfAny } from "../errors/index.js";
import { checkShape, object } from "./shape.js";
import { locateYaml, parseYaml, type YamlText } from "./yaml-file.js";

/** What `selectors.yml` may say. */
export const SELECTORS_SHAPE = object({
  version: z.union([z.literal(2), z.literal("2")], { error: "expected 2" }).optional(),
  selectors: z.array(
    object({
      name: z.string().min(1, { error: "expected a name" }),
      description: z.string().nullish(),
      definition: z.unknown(),
      default: z.boolean({ error: "expected true or false" }).optional(),
    }),
    { error: "expected a list of selectors (- name: …)" },
  ),
});

/** `selectors.yml`, read but not understood yet: what a definition means is the graph's to say. */
export interface SelectorsYml {
  file: YamlText;
  selectors: { name: string; definition: unknown; default: boolean }[];
}

/** Reads `selectors.yml` beside `project.yml`; undefined if there is none. */
export function readSelectorsYml(projectDir: string): SelectorsYml | undefined {
  const path = join(projectDir, "selectors.yml");
  if (!existsSync(path)) return undefined;
  const file: YamlText = { path: "selectors.yml", text: readFileSync(path, "utf8") };
  const errors: SlaError[] = [];
  const yml = checkShape(SELECTORS_SHAPE, parseYaml(file) ?? { selectors: [] }, file, errors);
  throwIfAny(errors);
  const selectors = yml!.selectors.map((entry) => ({ ...entry, default: entry.default ?? false }));
  const refuse = (at: number, key: string, message: string): void => {
    errors.push(
      new SlaError({
        code: "SLA105",
        message,
        hint: "Remove one of the two.",
        location: locateYaml(file, ["selectors", at, key]),
      }),
    );
  };
  selectors.forEach(({ name, default: isDefault }, at) => {
    const before = selectors.slice(0, at);
    if (before.some((other) => other.name === name))
      refuse(at, "name", `selector "${name}" is defined twice`);
    const first = isDefault ? before.find((other) => other.default) : undefined;
    if (first !== undefined)
      refuse(at, "default", `selectors "${first.name}" and "${name}" are both the default`);
  });
  throwIfAny(errors);
  return { file, selectors };
}
