import type { Manifest, ModelNode, Node } from "../manifest/index.js";

/**
 * What readers of enforced contracts lose since an earlier manifest: models that are gone or promise nothing any more, columns
 * that are gone or of another type. One sentence for each model.
 */
export function contractBreaks(current: Manifest, previous: Manifest): string[] {
  const breaks: string[] = [];
  for (const old of Object.values(previous.nodes)) {
    if (old.resource_type !== "model" || !enforced(old)) continue;
    const found = lost(old, current.nodes[old.unique_id]);
    if (found.length > 0)
      breaks.push(`"${old.name}" breaks the contract that it had in --state: ${found.join(", ")}.`);
  }
  return breaks;
}

function lost(old: ModelNode, now: Node | undefined): string[] {
  if (now === undefined) return ["it is removed or disabled"];
  if (!enforced(now)) return ["its contract is not enforced any more"];
  const columns = new Map(Object.values(now.columns).map((column) => [column.name.toLowerCase(), column]));
  return Object.values(old.columns).flatMap(({ name, data_type }) => {
    const column = columns.get(name.toLowerCase());
    if (column === undefined) return [`column ${name} is removed`];
    return column.data_type === data_type
      ? []
      : [`column ${name} is ${column.data_type ?? "of no declared type"}, was ${data_type ?? "of none"}`];
  });
}

function enforced({ config }: Node): boolean {
  const { contract } = config as { contract?: { enforced?: boolean } };
  return contract?.enforced === true;
}
