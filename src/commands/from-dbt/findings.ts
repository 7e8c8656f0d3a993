import { positionAt } from "../../errors/index.js";

/** Something that was not taken over as it was. */
export interface Finding {
  /** `todo`: it is missing until somebody writes it; `check`: it is there, and may mean something else. */
  kind: "todo" | "check";
  /** File of the dbt project, or of the new one where it is only found there. */
  path: string;
  line: number;
  what: string;
  advice: string | undefined;
}

/** Collects what was not taken over. */
export class Findings {
  readonly all: Finding[] = [];

  /** Adds what stands at an offset of a text. */
  at(
    kind: Finding["kind"],
    file: { path: string; text: string },
    offset: number,
    what: string,
    advice?: string,
  ): void {
    this.add({ kind, path: file.path, line: positionAt(file.text, offset).line ?? 1, what, advice });
  }

  /** Adds what stands in a line; the same twice is once. */
  add(finding: Finding): void {
    const same = this.all.some(
      ({ path, line, what }) => path === finding.path && line === finding.line && what === finding.what,
    );
    if (!same) this.all.push(finding);
  }

  /** All of a kind, in the order of files and lines. */
  of(kind: Finding["kind"]): Finding[] {
    return this.all
      .filter((one) => one.kind === kind)
      .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line));
  }
}
