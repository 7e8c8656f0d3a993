import type { SiteNode } from "../../site-data.js";
import { type Item, layout, type Way } from "./layout.js";
import { BOX, type Box, curve, type Folder, type Picture } from "./picture.js";

/** More nodes than this are shown by folder, until something of them is selected. */
export const MANY_NODES = 600;

/** More folders than this are shown by the folders above them. */
const MANY_FOLDERS = 140;

/** The folders of the given nodes; deep ones together in that above them, if there would be too many. */
export function foldersOf(nodes: readonly SiteNode[], shown: ReadonlySet<number>): Folder[] {
  for (let depth = 6; depth > 1; depth--) {
    const found = grouped(nodes, shown, depth);
    if (found.length <= MANY_FOLDERS) return found;
  }
  return grouped(nodes, shown, 1);
}

function grouped(nodes: readonly SiteNode[], shown: ReadonlySet<number>, depth: number): Folder[] {
  const found = new Map<string, Folder>();
  for (const at of shown) {
    const folder = folderOf(nodes[at]!, depth);
    const known = found.get(folder.selector);
    if (known === undefined) found.set(folder.selector, { ...folder, members: [at] });
    else known.members.push(at);
  }
  return [...found.values()];
}

function folderOf(node: SiteNode, depth: number): Omit<Folder, "members"> {
  const { kind } = node;
  if (kind === "source") {
    const name = node.name.slice(0, node.name.indexOf("."));
    return { kind, name, selector: `source:${node.package}.${name}` };
  }
  if (kind === "model" || kind === "snapshot" || kind === "seed") {
    const parts = node.path.split("/").slice(0, -1);
    const name = parts.slice(0, depth).join("/");
    const whole = parts.length >= depth;
    return { kind, name, selector: `path:${whole ? name : `${name}/*`},resource_type:${kind}` };
  }
  const type = kind === "dashboard" ? "exposure" : kind;
  return { kind, name: kind, selector: `resource_type:${type}` };
}

/** The folders as boxes, and what of one is made from what of another. Boxes count from -1 down, so that none is taken for a node. */
export function folderPicture(nodes: readonly SiteNode[], folders: readonly Folder[]): Picture {
  const place = new Map(folders.flatMap(({ members }, at) => members.map((member) => [member, at] as const)));
  const ways = new Map<string, Way>();
  for (const [to, { members }] of folders.entries()) {
    for (const parent of members.flatMap((member) => nodes[member]!.parents)) {
      const from = place.get(parent);
      if (from !== undefined && from !== to) ways.set(`${from}>${to}`, { from: -1 - from, to: -1 - to });
    }
  }
  const list = [...ways.values()];
  const items: Item[] = folders.map((_, at) => ({ id: -1 - at, width: BOX.width, height: BOX.height }));
  const { places, bends, width, height } = layout(items, list);
  const boxes = new Map(
    items.map(({ id, ...size }): [number, Box] => [id, { at: id, ...size, ...places.get(id)!, columns: [] }]),
  );
  const wires = list.map(({ from, to }, at) => {
    const [left, right] = [boxes.get(from)!, boxes.get(to)!];
    const path = curve({ x: left.x + left.width, y: left.y + left.height / 2 }, bends[at]!, {
      x: right.x,
      y: right.y + right.height / 2,
    });
    return { from, to, path, how: "", direct: true };
  });
  return { boxes, wires, width, height, folders };
}
