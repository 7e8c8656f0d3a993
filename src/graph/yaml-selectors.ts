import { didYouMean, SlaError, throwIfAny } from "../errors/index.js";
import { locateYaml, type SelectorsYml, type YamlPath } from "../project/index.js";
import { INDIRECT_SELECTIONS, type IndirectSelection } from "./indirect-selection.js";
import { type NamedSelectors, only, type Selection } from "./selection.js";
import { type Criterion, parseCriterion } from "./selector-spec.js";

/** Keys of a criterion that is written out. */
const KEYS = [
  "method",
  "value",
  "parents",
  "parents_depth",
  "children",
  "children_depth",
  "childrens_parents",
  "indirect_selection",
  "exclude",
];

/** Understands the definitions of `selectors.yml`; throws SLA208 with a place for all that are wrong. */
export function namedSelectors(yml: SelectorsYml): NamedSelectors {
  const errors: SlaError[] = [];
  const known = new Map<string, Selection>();
  const uses = new Map<string, Use[]>();
  yml.selectors.forEach(({ name, definition }, at) => {
    const reader = new Reader(yml);
    try {
      known.set(name, reader.root(definition, ["selectors", at, "definition"]));
    } catch (error) {
      if (!(error instanceof SlaError)) throw error;
      errors.push(error);
    }
    uses.set(name, reader.uses);
  });
  errors.push(...badUses(yml, uses));
  throwIfAny(errors);
  const names = yml.selectors.map(({ name }) => name);
  return {
    names,
    default: yml.selectors.find((entry) => entry.default)?.name ?? null,
    get(name) {
      const selection = known.get(name);
      if (selection !== undefined) return selection;
      throw new SlaError({
        code: "SLA208",
        message: `there is no selector "${name}"`,
        hint: didYouMean(name, names) ?? `Selectors of selectors.yml are ${names.join(", ")}.`,
      });
    },
  };
}

/** A selector that another one is made of, and where it says so. */
interface Use {
  name: string;
  path: YamlPath;
}

/** Selectors that do not exist, and those that are made of themselves. Names with wildcards are found when they are used. */
function badUses(yml: SelectorsYml, uses: ReadonlyMap<string, readonly Use[]>): SlaError[] {
  const errors: SlaError[] = [];
  const done = new Set<string>();
  const visit = (name: string, open: readonly string[]): void => {
    for (const use of uses.get(name) ?? []) {
      if (/[*?[]/.test(use.name)) continue;
      const circle = [...open, name];
      if (!uses.has(use.name)) {
        errors.push(
          invalid(yml, use.path, `there is no selector "${use.name}"`, didYouMean(use.name, uses.keys())),
        );
      } else if (circle.includes(use.name)) {
        const names = [...circle.slice(circle.indexOf(use.name)), use.name].join(" → ");
        errors.push(invalid(yml, use.path, `selectors are made of each other in a circle: ${names}`));
      } else if (!done.has(use.name)) {
        visit(use.name, circle);
      }
    }
    done.add(name);
  };
  for (const name of uses.keys()) if (!done.has(name)) visit(name, []);
  return errors;
}

class Reader {
  readonly uses: Use[] = [];

  constructor(private readonly yml: SelectorsYml) {}

  root(definition: unknown, path: YamlPath): Selection {
    if (isMapping(definition) && ("union" in definition || "intersection" in definition)) {
      const keys = Object.keys(definition);
      if (keys.length > 1)
        throw this.#invalid(path, `one "union" or "intersection" and nothing else, found ${keys.join(", ")}`);
    }
    return this.#selection(definition, path);
  }

  #selection(definition: unknown, path: YamlPath): Selection {
    if (typeof definition === "string") return this.#criterion(this.#parse(definition, path), path);
    if (!isMapping(definition)) {
      throw this.#invalid(
        path,
        "expected union, intersection, a mapping with method and value, or a selector as on the command line",
      );
    }
    if ("union" in definition) return this.#group("union", definition.union, [...path, "union"]);
    if ("intersection" in definition)
      return this.#group("intersection", definition.intersection, [...path, "intersection"]);
    return this.#method(definition, path);
  }

  #group(kind: "union" | "intersection", list: unknown, path: YamlPath): Selection {
    const parts: Selection[] = [];
    let excluded: Selection | undefined;
    this.#list(list, path).forEach((item, at) => {
      const here = [...path, at];
      if (!isMapping(item) || !("exclude" in item) || "method" in item) {
        parts.push(this.#selection(item, here));
        return;
      }
      if (excluded !== undefined) throw this.#invalid(here, `"exclude" stands twice in one ${kind}`);
      excluded = this.#exclusions(item.exclude, [...here, "exclude"]);
    });
    const included: Selection = { kind, parts };
    return excluded === undefined ? included : { kind: "difference", parts: [included, excluded] };
  }

  #exclusions(list: unknown, path: YamlPath): Selection {
    const parts = this.#list(list, path).map((item, at) => this.#selection(item, [...path, at]));
    return { kind: "union", parts };
  }

  #method(definition: Record<string, unknown>, path: YamlPath): Selection {
    const keys = Object.keys(definition);
    if (keys.length === 1 && !KEYS.includes(keys[0]!)) {
      const [method] = keys as [string];
      return this.#criterion(this.#build({ method, value: definition[method] }, [...path, method]), path);
    }
    const unknown = keys.find((key) => !KEYS.includes(key));
    if (unknown !== undefined)
      throw this.#invalid([...path, unknown], `unknown key "${unknown}"`, didYouMean(unknown, KEYS));
    if (!("method" in definition) || !("value" in definition))
      throw this.#invalid(path, `a method and its value are needed, found ${keys.join(", ") || "nothing"}`);
    const base = this.#criterion(this.#build(definition, path), path);
    if (!("exclude" in definition)) return base;
    return {
      kind: "difference",
      parts: [base, this.#exclusions(definition.exclude, [...path, "exclude"])],
    };
  }

  #criterion(criterion: Criterion, path: YamlPath): Selection {
    if (criterion.method === "selector") this.uses.push({ name: criterion.value, path });
    return only(criterion);
  }

  #build(definition: Record<string, unknown>, path: YamlPath): Criterion {
    const value = definition.value;
    if (!["string", "number", "boolean"].includes(typeof value) || value === "")
      throw this.#invalid(path, "the value must be text, a number, true or false");
    if (typeof definition.method !== "string")
      throw this.#invalid([...path, "method"], "the method must be the name of one");
    const [method = "", ...methodArguments] = definition.method.split(".");
    const childrensParents = definition.childrens_parents === true;
    if (childrensParents && definition.children === true)
      throw this.#invalid(path, '"childrens_parents" and "children" cannot stand together');
    const indirect = definition.indirect_selection;
    if (indirect !== undefined && !INDIRECT_SELECTIONS.includes(indirect as IndirectSelection))
      throw this.#invalid(
        [...path, "indirect_selection"],
        `indirect_selection is one of ${INDIRECT_SELECTIONS.join(", ")}`,
      );
    return {
      raw: `${definition.method}:${value}`,
      method,
      methodArguments,
      value: String(value),
      parents: this.#generations(definition, "parents", path),
      children: this.#generations(definition, "children", path),
      childrensParents,
      ...(indirect !== undefined && { indirect: indirect as IndirectSelection }),
    };
  }

  #generations(definition: Record<string, unknown>, key: "parents" | "children", path: YamlPath): number {
    const [wanted, depth] = [definition[key], definition[`${key}_depth`]];
    if (wanted !== undefined && typeof wanted !== "boolean")
      throw this.#invalid([...path, key], `${key} is true or false`);
    if (wanted !== true) return 0;
    if (depth === undefined) return Number.POSITIVE_INFINITY;
    if (typeof depth === "number" && Number.isInteger(depth) && depth >= 0) return depth;
    throw this.#invalid([...path, `${key}_depth`], `${key}_depth is a whole number`);
  }

  #list(list: unknown, path: YamlPath): unknown[] {
    if (Array.isArray(list)) return list;
    throw this.#invalid(path, `"${path.at(-1)}" takes a list`);
  }

  #parse(text: string, path: YamlPath): Criterion {
    try {
      return parseCriterion(text);
    } catch (error) {
      throw error instanceof SlaError ? error.at(locateYaml(this.yml.file, path)) : error;
    }
  }

  #invalid(path: YamlPath, why: string, hint?: string): SlaError {
    return invalid(this.yml, path, why, hint);
  }
}

function invalid({ file, selectors }: SelectorsYml, path: YamlPath, why: string, hint?: string): SlaError {
  const { name } = selectors[path[1] as number]!;
  return new SlaError({
    code: "SLA208",
    message: `selector "${name}": ${why}`,
    hint,
    location: locateYaml(file, path),
  });
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
