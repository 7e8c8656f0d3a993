import { element, type XmlElement, xmlDocument } from "./xml.js";

/** One line of a CI server's list of tests. */
export interface JUnitCase {
  /** What it belongs to: the cases of one suite stand together. */
  suite: string;
  /** `models.orders`, as CI servers make a tree of it. */
  classname: string;
  name: string;
  /** Below the project. */
  file: string | null;
  /** Seconds. */
  time: number;
  outcome: "passed" | "failure" | "error" | "skipped";
  /** What happened, on one line; null if there is nothing to say. */
  message: string | null;
  /** A word or code for the kind of failure. */
  type: string | null;
  /** All that is known about it; printed by servers with the failure, or as the output of a case that passed. */
  details: string | null;
}

/** So much of a text is kept: servers refuse or cut reports of many megabytes. */
const LONGEST = 10_000;

/** A report in the form that JUnit's Ant task has set and Jenkins, GitLab and others read: a suite for each tested node. */
export function junitXml(
  name: string,
  cases: readonly JUnitCase[],
  run: { started: Date; elapsed: number },
): string {
  const suites = new Map<string, JUnitCase[]>();
  for (const one of cases) suites.set(one.suite, [...(suites.get(one.suite) ?? []), one]);
  const timestamp = run.started.toISOString().slice(0, 19);
  return xmlDocument(
    element(
      "testsuites",
      { name, ...counts(cases), time: run.elapsed.toFixed(3) },
      [...suites].map(([suite, its]) =>
        element(
          "testsuite",
          { name: suite, ...counts(its), time: total(its), timestamp },
          its.map(caseElement),
        ),
      ),
    ),
  );
}

function counts(cases: readonly JUnitCase[]): Record<string, number> {
  const of = (outcome: JUnitCase["outcome"]): number => cases.filter((one) => one.outcome === outcome).length;
  return {
    tests: cases.length,
    failures: of("failure"),
    errors: of("error"),
    skipped: of("skipped"),
  };
}

function total(cases: readonly JUnitCase[]): string {
  return cases.reduce((sum, { time }) => sum + time, 0).toFixed(3);
}

function caseElement({ classname, name, file, time, outcome, ...rest }: JUnitCase): XmlElement {
  const attributes = { classname, name, file, time: time.toFixed(3) };
  const message = rest.message === null ? null : cut(rest.message);
  const details = rest.details === null ? null : cut(rest.details);
  if (outcome === "passed")
    return element("testcase", attributes, details === null ? null : element("system-out", {}, details));
  if (outcome === "skipped") return element("testcase", attributes, element("skipped", { message }));
  return element("testcase", attributes, element(outcome, { message, type: rest.type }, details));
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
