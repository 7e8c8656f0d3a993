import type { DashboardSpec } from "../reports/index.js";

/** A dashboard as every page knows it. */
export interface SiteDashboardHead {
  /** Its node. */
  id: string;
  name: string;
  title: string;
  question: string;
  /** The data file of its page; null where it cannot be computed. */
  file: string | null;
  /** Marts that it needs and that have not been built. */
  missing: string[];
  /** Whether it has a list of alerts. */
  alerts: boolean;
  /** Its cards before anything is chosen, as text. */
  figures: { label: string; text: string; status: "met" | "missed" | null }[];
}

/** A dashboard's page: what it shows, and the data files that it is computed from. */
export interface SiteDashboard {
  spec: DashboardSpec;
  /** The extracts that it reads, by the names under which its parts look for them. */
  tables: { name: string; file: string }[];
  parts: Record<string, string>;
  models: { id: string; name: string; description: string; rows: number }[];
}

/** What models have exported: `data/pictures.js`. The files themselves stand in `pictures/`. */
export interface SitePictures {
  pictures: {
    name: string;
    /** Id of the model that wrote it; null where that was not noted. */
    model: string | null;
    title: string;
    description: string;
    width: number;
    height: number;
    /** Endings of what there is to download. */
    files: string[];
  }[];
  cards: { name: string; model: string | null; text: string }[];
}
