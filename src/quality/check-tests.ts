import { didYouMean, SlaError, throwIfAny } from "../errors/index.js";
import type { Manifest, TestNode } from "../manifest/index.js";
import { GENERIC_TESTS } from "./generic-test.js";

const COMPARISON = /^\s*(=|!=|<>|<|<=|>|>=|between\b)\s*\S/i;

/** Finds what is wrong with the data tests of a project before any of them runs. */
export function checkTests(manifest: Manifest): void {
  const errors: SlaError[] = [];
  for (const node of Object.values(manifest.nodes)) {
    if (node.resource_type === "test") errors.push(...problems(node));
  }
  throwIfAny(errors);
}

function problems(node: TestNode): SlaError[] {
  const found: SlaError[] = [];
  const report = (message: string, hint: string): void => {
    const location = { path: node.original_file_path };
    found.push(new SlaError({ code: "SLA602", message, hint, location, node: node.unique_id }));
  };
  for (const key of ["warn_if", "error_if"] as const) {
    if (!COMPARISON.test(node.config[key])) {
      report(
        `test "${node.name}" has ${key}: "${node.config[key]}"`,
        'Write a comparison with a number, for example "> 10".',
      );
    }
  }
  if (node.test_metadata === null) return found;
  const { name, kwargs } = node.test_metadata;
  const test = GENERIC_TESTS[name];
  if (test === undefined) {
    const names = Object.keys(GENERIC_TESTS);
    report(
      `there is no generic test "${name}"`,
      didYouMean(name, names) ?? `Known tests are ${names.join(", ")}.`,
    );
    return found;
  }
  for (const argument of test.required) {
    if (kwargs[argument] === undefined) {
      const hint =
        argument === "column_name" ? "Put it below a column." : `Give it, for example \`${argument}: …\`.`;
      report(`test "${name}" in "${node.name}" lacks the argument "${argument}"`, hint);
    }
  }
  for (const argument of Object.keys(kwargs)) {
    if (argument === "model" || test.required.includes(argument) || test.optional.includes(argument))
      continue;
    const known = [...test.required, ...test.optional];
    report(
      `test "${name}" in "${node.name}" takes no argument "${argument}"`,
      didYouMean(argument, known) ?? `Its arguments are ${known.join(", ")}.`,
    );
  }
  if (
    name === "accepted_values" &&
    kwargs.values !== undefined &&
    !(Array.isArray(kwargs.values) && kwargs.values.length > 0)
  ) {
    report(`test "accepted_values" in "${node.name}" needs a list of values`, "Write `values: [a, b]`.");
  }
  return found;
}
