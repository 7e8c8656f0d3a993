/** One thing that may stand where the cursor is. */
export interface Candidate {
  value: string;
  /** A few words, for shells that show them. */
  about?: string;
}

/** What may stand there: words, or a file or folder that the shell knows better. */
export interface Completion {
  candidates: Candidate[];
  files?: "files" | "folders";
}

/** Names of the project that may be completed. */
export interface ProjectWords {
  /** Whatever has a bare name in selectors. */
  nodes: { name: string; type: string }[];
  targets: string[];
  /** Values of selector methods, by method: `tag`, `source` … */
  values: Record<string, string[]>;
  /** Columns by node. */
  columns: Record<string, string[]>;
  /** Parameters by procedure. */
  procedures: Record<string, { name: string; about: string }[]>;
}

/** A project of which nothing is known. */
export const NO_WORDS: ProjectWords = { nodes: [], targets: [], values: {}, columns: {}, procedures: {} };
