import { type CompiledNode, readHeader } from "../compile/index.js";
import type { ProcedureNode, Relation } from "../manifest/index.js";

/** A procedure as it is rendered: what stands in front of its body, and the body with its place in the file. */
export interface RenderedProcedure {
  node: ProcedureNode;
  parameters: string;
  characteristics: string[];
  /** The whole text, as it was rendered. */
  code: string;
  /** Where the body writes a table of the procedure's. */
  writes(live: Relation): Relation;
  /** The body alone, with places in the project's file. */
  body: CompiledNode;
}

/** A procedure in its parts. */
export function renderedProcedure(
  node: ProcedureNode,
  compiled: CompiledNode,
  writes: (live: Relation) => Relation,
): RenderedProcedure {
  const header = readHeader(compiled.code, node.original_file_path);
  return {
    node,
    writes,
    code: compiled.code,
    parameters: header.parameterList,
    characteristics: header.characteristics,
    body: {
      unique_id: node.unique_id,
      code: compiled.code.slice(header.body),
      locate: (offset) => compiled.locate(header.body + offset),
    },
  };
}

/** A routine runs with the rights of who calls it, unless it says otherwise. */
export function withSecurity(characteristics: readonly string[]): string[] {
  const said = characteristics.some((text) => text.startsWith("SQL SECURITY"));
  return said ? [...characteristics] : [...characteristics, "SQL SECURITY INVOKER"];
}
