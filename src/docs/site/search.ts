import MiniSearch from "minisearch";
import type { SiteCode } from "../site-data.js";
import { core, load } from "./store.js";

/** What a search found. */
export interface Found {
  at: number;
  /** Columns among what was found. */
  columns: string[];
  /** The words that were found, as they stand in the text. */
  words: string[];
  /** Whether it was found in its code. */
  inCode: boolean;
}

interface Entry {
  id: number;
  name: string;
  columns: string;
  description: string;
  tags: string;
  code: string;
}

/** Names are cut at underscores and dots and where words meet, so that `orders` finds `fact_orders` and `OrderLines`. */
function words(text: string): string[] {
  return text
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

let index: Promise<MiniSearch<Entry>> | undefined;

/** Makes the index at the first search, from what stands in the page and the code that is loaded for it. */
export function searchIndex(): Promise<MiniSearch<Entry>> {
  index ??= build();
  return index;
}

async function build(): Promise<MiniSearch<Entry>> {
  const made = new MiniSearch<Entry>({
    fields: ["name", "columns", "description", "tags", "code"],
    tokenize: words,
    processTerm: (term) => term,
    searchOptions: {
      boost: { name: 6, columns: 3, tags: 2, description: 2, code: 0.5 },
      prefix: true,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
      combineWith: "AND",
      boostDocument: (at) => (core.nodes[at as number]!.test === null ? 1 : 0.2),
    },
  });
  const code = await load<SiteCode>("code").catch((): SiteCode => []);
  await made.addAllAsync(
    core.nodes.map((node, id) => ({
      id,
      name: node.name,
      columns: node.columns.join(" "),
      description: node.description,
      tags: [...node.tags, node.owner ?? ""].join(" "),
      code: code[id] ?? "",
    })),
    { chunkSize: 400 },
  );
  return made;
}

/** The nodes that have all the words of a query, best first. */
export async function search(query: string, limit = 40): Promise<Found[]> {
  if (words(query).length === 0) return [];
  const made = await searchIndex();
  return made
    .search(query)
    .slice(0, limit)
    .map(({ id, match }) => {
      const found = Object.keys(match);
      const fields = new Set(Object.values(match).flat());
      return {
        at: id as number,
        words: found,
        columns: core.nodes[id as number]!.columns.filter((column) =>
          words(column).some((word) => found.includes(word)),
        ),
        inCode: fields.size === 1 && fields.has("code"),
      };
    });
}
