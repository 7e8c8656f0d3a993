import type { Manifest, RunResults } from "../manifest/index.js";

/** What of `sources.json` selection reads: when each source was last loaded, where that is known. */
export interface LoadedSources {
  results: { unique_id: string; max_loaded_at?: string | null }[];
}

/** The artifacts of an earlier run, from the folder that `--state` names; null for those that are not there. */
export interface PreviousState {
  /** As it was given, for messages. */
  folder: string;
  manifest: Manifest | null;
  results: RunResults | null;
  sources: LoadedSources | null;
  /** Of this project's own target folder: what `sources` is compared with. */
  currentSources: LoadedSources | null;
}
