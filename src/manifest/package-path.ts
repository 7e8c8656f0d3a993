/** A path of a node below its package, as dbt has it: `models/orders.sql`, wherever the package lies. */
export function pathInPackage(node: { package_path?: string }, path: string): string {
  const folder = node.package_path;
  return folder !== undefined && path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
}
