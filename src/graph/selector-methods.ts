import { resourceKind } from "../manifest/index.js";
import { fnmatch, pathGlob } from "./glob.js";
import type { SelectorMethod } from "./selector-method.js";
import { invalidSelector } from "./selector-spec.js";
import { invalidChoice, result, sourceStatus, state } from "./state-methods.js";

const RESOURCE_TYPES = [
  "model",
  "seed",
  "source",
  "snapshot",
  "test",
  "unit_test",
  "analysis",
  "exposure",
  "metric",
  "semantic_model",
  "saved_query",
  "function",
];
const TEST_TYPES: Record<string, readonly string[]> = {
  generic: ["generic"],
  schema: ["generic"],
  singular: ["singular"],
  data: ["generic", "singular"],
  unit: ["unit"],
};
const VERSIONS = ["latest", "prerelease", "old", "none"];
const ACCESS = ["private", "protected", "public"];

/** What a bare name does not find: it has a method of its own. */
const OUTSIDE = new Set<string>(["source", "metric", "exposure"]);

/** dbt's selector methods by name. A new one is a line here. */
export const SELECTOR_METHODS: Readonly<Record<string, SelectorMethod>> = {
  fqn: ({ value }) => {
    const matches = fqnMatcher(value);
    return (node) => !OUTSIDE.has(node.resource_type) && (matches(node.fqn) || matches(node.fqn.slice(1)));
  },
  tag: ({ value }) => {
    const matches = fnmatch(value);
    return (node) => node.tags.some(matches);
  },
  path: ({ value }) => {
    const matches = pathGlob(value);
    return (node) =>
      matches(node.original_file_path) ||
      (node.patch_path !== null && matches(node.patch_path)) ||
      folders(node.original_file_path).some(matches);
  },
  file: ({ value }) => {
    const matches = fnmatch(value);
    return (node) => {
      const name = node.original_file_path.slice(node.original_file_path.lastIndexOf("/") + 1);
      return matches(name) || matches(name.replace(/\.[^.]*$/, ""));
    };
  },
  source: (criterion, { manifest }) => {
    const parts = criterion.value.split(".");
    if (parts.length > 3)
      throw invalidSelector(criterion.raw, "a source is named source, source.table or package.source.table");
    const [table, source, pack] = parts.length === 1 ? ["*", parts[0]!] : parts.toReversed();
    const tests = [fnmatch(pack ?? "*"), fnmatch(source!), fnmatch(table!)] as const;
    return (node) =>
      node.resource_type === "source" &&
      (tests[0](node.package_name) ||
        (pack === "this" && node.package_name === manifest.metadata.project_name)) &&
      tests[1](node.source_name) &&
      tests[2](node.name);
  },
  package: ({ value }, { manifest }) => {
    const matches = fnmatch(value === "this" ? manifest.metadata.project_name : value);
    return (node) => matches(node.package_name);
  },
  resource_type: (criterion) => {
    if (!RESOURCE_TYPES.includes(criterion.value))
      throw invalidChoice(criterion, "resource type", RESOURCE_TYPES);
    return (node) => resourceKind(node) === criterion.value;
  },
  config: ({ value, methodArguments }) => {
    return (node) => {
      const found = methodArguments.reduce<unknown>(
        (inner, key) => (inner as Record<string, unknown> | null | undefined)?.[key],
        node.config,
      );
      return configMatches(found, value, methodArguments[0] === "severity");
    };
  },
  test_type: (criterion) => {
    const types = TEST_TYPES[criterion.value];
    if (types === undefined) throw invalidChoice(criterion, "test type", Object.keys(TEST_TYPES));
    return (node) => node.resource_type === "test" && types.includes(node.test_type);
  },
  test_name: ({ value }) => {
    const matches = fnmatch(value);
    return (node) =>
      node.resource_type === "test" && node.test_metadata !== null && matches(node.test_metadata.name);
  },
  unit_test: named("unit_test"),
  exposure: named("exposure"),
  metric: named("metric"),
  semantic_model: named("semantic_model"),
  saved_query: named("saved_query"),
  group: ({ value }) => {
    const matches = fnmatch(value);
    return (node) => {
      const { group } = node.config as { group?: unknown };
      return typeof group === "string" && matches(group);
    };
  },
  access: (criterion) => {
    if (!ACCESS.includes(criterion.value)) throw invalidChoice(criterion, "access", ACCESS);
    // A model that says nothing is protected, as in dbt.
    return (node) => {
      const { access } = node.config as { access?: unknown };
      return node.resource_type === "model" && (access ?? "protected") === criterion.value;
    };
  },
  version: (criterion) => {
    if (!VERSIONS.includes(criterion.value)) throw invalidChoice(criterion, "version", VERSIONS);
    // Models have no versions yet: every one is of none.
    return (node) => node.resource_type === "model" && criterion.value === "none";
  },
  state,
  result,
  source_status: sourceStatus,
};

/** All methods, for messages; `selector` is not a test put to nodes but a selection of its own. */
export const METHOD_NAMES: readonly string[] = [...Object.keys(SELECTOR_METHODS), "selector"];

/** A kind of node by name, or by package and name. */
function named(type: string): SelectorMethod {
  return (criterion, { manifest }) => {
    const parts = criterion.value.split(".");
    if (parts.length > 2)
      throw invalidSelector(criterion.raw, `${type.replace("_", " ")}s are named name or package.name`);
    const name = fnmatch(parts.at(-1)!);
    const pack = parts.length === 2 ? parts[0]! : "*";
    const inPackage = fnmatch(pack === "this" ? manifest.metadata.project_name : pack);
    return (node) => resourceKind(node) === type && name(node.name) && inPackage(node.package_name);
  };
}

/** The leaf's name, or a dotted prefix; from the first segment with a wildcard on, the rest is one pattern. */
function fqnMatcher(value: string): (fqn: readonly string[]) => boolean {
  const parts = value.split(".");
  const wild = parts.findIndex((part) => /[*?[\]]/.test(part));
  const fixed = wild === -1 ? parts : parts.slice(0, wild);
  const rest = wild === -1 ? undefined : fnmatch(parts.slice(wild).join("."));
  return (fqn) => {
    if (fqn.at(-1) === value) return true;
    const flat = fqn.join(".").split(".");
    if (flat.length < parts.length) return false;
    if (!fixed.every((part, at) => flat[at] === part)) return false;
    return rest === undefined || rest(flat.slice(wild).join("."));
  };
}

function folders(path: string): string[] {
  const found: string[] = [];
  for (let at = path.lastIndexOf("/"); at !== -1; at = path.lastIndexOf("/", at - 1))
    found.push(path.slice(0, at));
  return found;
}

function configMatches(found: unknown, value: string, caseless: boolean): boolean {
  if (found === undefined || found === null) return false;
  if (Array.isArray(found)) return found.some((item) => String(item) === value);
  if (typeof found === "boolean") return String(found) === value.toLowerCase();
  if (typeof found === "object") return Object.hasOwn(found, value);
  return caseless ? String(found).toLowerCase() === value.toLowerCase() : String(found) === value;
}
