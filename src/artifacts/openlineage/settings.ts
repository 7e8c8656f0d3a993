import { resolve } from "node:path";
import type { Environment } from "../../project/index.js";
import type { Job } from "./event.js";

/** Another run that a run belongs to. */
export interface OuterRun {
  run: { runId: string };
  job: Job;
}

/** Where events go, and what they are told from outside. */
export interface OpenLineageSettings {
  /** A file, by its absolute path, or a receiver. */
  destination: { file: string } | { url: string; headers: Record<string, string> };
  /** Of the jobs. */
  namespace: string;
  /** Who started the command: a task of an orchestrator. */
  parent: OuterRun | null;
  /** The first of those that led there. */
  root: OuterRun | null;
}

/** What was found in option and environment; `problems` are said and do no harm. */
export interface FoundSettings {
  settings: OpenLineageSettings | null;
  problems: string[];
}

/** Where receivers take events. */
const ENDPOINT = "api/v1/lineage";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads `--openlineage`, and the variables that all clients of OpenLineage know. */
export function openLineageSettings(
  option: string | undefined,
  env: Environment,
  projectDir: string,
): FoundSettings {
  const given = option ?? (env.OPENLINEAGE_URL || undefined);
  if (given === undefined) return { settings: null, problems: [] };
  if (/^(true|1)$/i.test(env.OPENLINEAGE_DISABLED ?? "")) {
    const problem = "--openlineage is given, but OPENLINEAGE_DISABLED turns it off: no events are sent.";
    return { settings: null, problems: option === undefined ? [] : [problem] };
  }
  const problems: string[] = [];
  const destination = destinationOf(given, option === undefined, env, projectDir);
  if (typeof destination === "string") return { settings: null, problems: [destination] };
  const outer = outerRuns(env, problems);
  return {
    settings: { destination, namespace: env.OPENLINEAGE_NAMESPACE || "sla", ...outer },
    problems,
  };
}

function destinationOf(
  given: string,
  isUrl: boolean,
  env: Environment,
  projectDir: string,
): OpenLineageSettings["destination"] | string {
  if (!isUrl && !/^https?:\/\//i.test(given)) return { file: resolve(projectDir, given) };
  const where = isUrl ? "OPENLINEAGE_URL" : "--openlineage";
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol))
    return `${where} is no http or https URL: no OpenLineage events are sent.`;
  const url = new URL(given);
  const headers: Record<string, string> = {};
  // fetch takes no user and password within a URL.
  if (url.username !== "" || url.password !== "") {
    const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    headers.authorization = `Basic ${Buffer.from(user).toString("base64")}`;
  }
  url.username = "";
  url.password = "";
  if (env.OPENLINEAGE_API_KEY) headers.authorization = `Bearer ${env.OPENLINEAGE_API_KEY}`;
  const endpoint = (env.OPENLINEAGE_ENDPOINT || ENDPOINT).replace(/^\/+/, "");
  const base = url.pathname.replace(/\/+$/, "");
  if (!base.endsWith(`/${endpoint}`)) url.pathname = `${base}/${endpoint}`;
  return { url: url.href, headers };
}

/** `OPENLINEAGE_CONTEXT` as JSON, else `OPENLINEAGE_PARENT_ID` as `namespace/job/runId`. */
function outerRuns(env: Environment, problems: string[]): Pick<OpenLineageSettings, "parent" | "root"> {
  if (env.OPENLINEAGE_CONTEXT) {
    const context = asObject(env.OPENLINEAGE_CONTEXT);
    const found = context?.parent as Record<string, unknown> | undefined;
    const parent = asRun(found);
    if (parent !== null) return { parent, root: asRun(found?.root) ?? asRun(context?.root) ?? parent };
    problems.push(
      'OPENLINEAGE_CONTEXT is left out of the events: expected {"parent": {"run": {"runId": …}, "job": {"namespace": …, "name": …}}} with a UUID as the run\'s id.',
    );
  }
  const parent = fromId("OPENLINEAGE_PARENT_ID", env, problems);
  return { parent, root: fromId("OPENLINEAGE_ROOT_PARENT_ID", env, problems) ?? parent };
}

function fromId(variable: string, env: Environment, problems: string[]): OuterRun | null {
  const given = env[variable];
  if (!given) return null;
  const parts = /^(.+?)\/(.+)\/([^/]+)$/.exec(given);
  if (parts !== null && UUID.test(parts[3]!))
    return { run: { runId: parts[3]! }, job: { namespace: parts[1]!, name: parts[2]! } };
  problems.push(
    `${variable} is left out of the events: expected namespace/job/runId with a UUID at the end.`,
  );
  return null;
}

function asObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === "object" ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function asRun(value: unknown): OuterRun | null {
  const { run, job } = (value ?? {}) as { run?: { runId?: unknown }; job?: Record<string, unknown> };
  const [runId, namespace, name] = [run?.runId, job?.namespace, job?.name];
  if (typeof runId !== "string" || !UUID.test(runId)) return null;
  if (typeof namespace !== "string" || typeof name !== "string") return null;
  return { run: { runId }, job: { namespace, name } };
}
