import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DbtNode } from "./node-parts.js";
import type { ArtifactScope } from "./scope.js";

/** The home page of dbt's docs: it must exist, and a project's own goes before it. */
export function docBlocks({ project }: ArtifactScope): DbtNode[] {
  const welcome = `# ${project.name}\n\nThe documentation of the project ${project.name}.`;
  const blocks = [overview("dbt", "overview.md", "docs/overview.md", welcome)];
  const own = [...project.paths.models.map((folder) => `${folder}/overview.md`), "overview.md"].find((path) =>
    existsSync(join(project.dir, path)),
  );
  if (own !== undefined) {
    const text = readFileSync(join(project.dir, own), "utf8");
    blocks.push(overview(project.name, own.slice(own.lastIndexOf("/") + 1), own, text));
  }
  return blocks;
}

function overview(packageName: string, path: string, file: string, text: string): DbtNode {
  return {
    name: "__overview__",
    resource_type: "doc",
    package_name: packageName,
    path,
    original_file_path: file,
    unique_id: `doc.${packageName}.__overview__`,
    block_contents: text,
  };
}
