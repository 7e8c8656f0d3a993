import { resolve } from "node:path";
import { type JUnitCase, junitXml } from "../artifacts/index.js";
import { redaction, type SlaError, toSlaErrors } from "../errors/index.js";
import type { RunResults } from "../manifest/index.js";
import { type RunEvent, writeWhole } from "../run/index.js";
import type { BuildOptions } from "./build-options.js";
import type { Effects } from "./invocation.js";

type Finished = Extract<RunEvent, { type: "node_finished" }>;

const OUTCOMES: Readonly<Record<string, JUnitCase["outcome"]>> = {
  fail: "failure",
  error: "error",
  skipped: "skipped",
};

/** Runs, and writes what became of it in JUnit's form if that is asked for: also of a run that could not be done. */
export async function withJUnit(
  which: string,
  { junit, projectDir }: Pick<BuildOptions, "junit" | "projectDir">,
  effects: Effects,
  run: (effects: Effects) => Promise<RunResults>,
): Promise<RunResults> {
  if (junit === undefined) return run(effects);
  const started = effects.clock();
  const dir = resolve(projectDir);
  // Until the project is read, no more is known to be secret.
  let redact: (text: string) => string = redaction({ dir, env: effects.env });
  const cases: JUnitCase[] = [];
  const write = (): void => {
    const elapsed = (effects.clock().getTime() - started.getTime()) / 1000;
    const told = cases.map((one) => ({
      ...one,
      message: one.message === null ? null : redact(one.message),
      details: one.details === null ? null : redact(one.details),
    }));
    writeWhole(resolve(dir, junit), junitXml(`sla ${which}`, told, { started, elapsed }));
  };
  try {
    const results = await run({
      ...effects,
      conceal(found) {
        redact = found;
        effects.conceal?.(found);
      },
      emit(event) {
        if (event.type === "node_finished") cases.push(caseOf(event));
        effects.emit(event);
      },
    });
    write();
    return results;
  } catch (thrown) {
    cases.push(...toSlaErrors(thrown).map((error) => caseOfError(which, error)));
    write();
    throw thrown;
  }
}

function caseOf({ node, result, error }: Finished): JUnitCase {
  const isTest = node.resource_type === "test";
  const of = node.tested ?? node.unique_id;
  const [kind, , ...names] = of.split(".");
  const suite = isTest && node.tested === null ? node.path : `${kind}.${names.join(".")}`;
  return {
    suite,
    classname: isTest && node.tested === null ? node.path.replaceAll("/", ".") : suite,
    name: isTest ? node.name : `${node.materialized} ${node.label}`,
    file: node.path,
    time: result.execution_time,
    outcome: OUTCOMES[result.status] ?? "passed",
    message: error?.message ?? result.message,
    type: error?.code ?? result.code ?? result.status,
    details:
      result.status === "warn" || result.status in OUTCOMES
        ? [
            `${result.status.toUpperCase()} ${node.name}: ${error?.message ?? result.message}`,
            ...(error === null ? [] : errorLines(error)),
            node.path,
            node.sql === null ? null : `target/${node.sql}`,
            node.stored === null ? null : `failing rows: ${node.stored}`,
          ]
            .filter((line) => line !== null)
            .join("\n")
        : null,
  };
}

function caseOfError(which: string, error: SlaError): JUnitCase {
  return {
    suite: `sla ${which}`,
    classname: "sla",
    name: `${error.code} ${error.title}`,
    file: error.location?.path ?? null,
    time: 0,
    outcome: "error",
    message: error.message,
    type: error.code,
    details: [error.message, ...errorLines(error)].join("\n"),
  };
}

function errorLines({ location, hint }: SlaError): string[] {
  const place = [location?.path, location?.line, location?.line && location.column].filter(
    (part) => part !== undefined,
  );
  return [...(place.length > 0 ? [place.join(":")] : []), ...(hint === undefined ? [] : [`Hint: ${hint}`])];
}
