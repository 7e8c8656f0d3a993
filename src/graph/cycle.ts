import { type Location, SlaError } from "../errors/index.js";
import { getNode, type Manifest } from "../manifest/index.js";

/** One error for each cycle among the ids that cannot be ordered; each arrow reads "reads from". */
export function cycleErrors(
  manifest: Manifest,
  parents: ReadonlyMap<string, readonly string[]>,
  cyclic: readonly string[],
): SlaError[] {
  const left = new Set(cyclic);
  const done = new Set<string>();
  const reported = new Set<string>();
  const errors: SlaError[] = [];
  for (const start of [...cyclic].sort()) {
    for (const cycle of cyclesFrom(
      start,
      (id) => (parents.get(id) ?? []).filter((parent) => left.has(parent)),
      done,
    )) {
      if (cycle.some((id) => reported.has(id))) continue;
      for (const id of cycle) reported.add(id);
      errors.push(cycleError(manifest, fromSmallest(cycle)));
    }
  }
  return errors;
}

/** Walks up depth first; where it comes to a node that it came from, the way between is a cycle. */
function* cyclesFrom(
  start: string,
  parentsOf: (id: string) => string[],
  done: Set<string>,
): Generator<string[]> {
  if (done.has(start)) return;
  const path = [start];
  const open = [parentsOf(start)];
  while (path.length > 0) {
    const next = open.at(-1)!.shift();
    if (next === undefined) {
      done.add(path.pop()!);
      open.pop();
    } else if (path.includes(next)) {
      yield path.slice(path.indexOf(next));
    } else if (!done.has(next)) {
      path.push(next);
      open.push(parentsOf(next));
    }
  }
}

function fromSmallest(cycle: readonly string[]): string[] {
  const at = cycle.indexOf([...cycle].sort()[0]!);
  return [...cycle.slice(at), ...cycle.slice(0, at)];
}

function cycleError(manifest: Manifest, cycle: readonly string[]): SlaError {
  const steps = cycle.map((id, at) => referenceTo(manifest, id, cycle[(at + 1) % cycle.length]!));
  const names = cycle.map((id) => getNode(manifest, id)?.name ?? id);
  return new SlaError({
    code: "SLA205",
    message: `dependency cycle: ${[...names, names[0]].join(" → ")}`,
    hint: `Remove one of these references: ${steps.map(describe).join(", ")}.`,
    location: steps[0],
    node: cycle[0],
  });
}

/** Where a node refers to another. */
function referenceTo(manifest: Manifest, id: string, parent: string): Location {
  const node = getNode(manifest, id);
  const target = getNode(manifest, parent);
  const path = node?.original_file_path ?? "";
  if (node === undefined || !("refs" in node)) return { path };
  const call = node.refs.find((ref) => ref.name === target?.name);
  return call === undefined || call.line === 0 ? { path } : { path, line: call.line, column: call.column };
}

function describe(location: Location): string {
  return location.line === undefined ? location.path : `${location.path}:${location.line}:${location.column}`;
}
