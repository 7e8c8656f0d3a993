import type { Box, Picture } from "./picture.js";

/** The box that an arrow key leads to: the nearest in that direction, what stands straight ahead before what stands aside. */
export function nearest(picture: Picture, from: number, direction: { x: number; y: number }): number | null {
  const start = middle(picture.boxes.get(from)!);
  let best: number | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const box of picture.boxes.values()) {
    if (box.at === from) continue;
    const { x, y } = middle(box);
    const ahead = (x - start.x) * direction.x + (y - start.y) * direction.y;
    const aside = Math.abs((x - start.x) * direction.y) + Math.abs((y - start.y) * direction.x);
    if (ahead < 8) continue;
    const distance = ahead + 2.5 * aside;
    if (distance < least) {
      least = distance;
      best = box.at;
    }
  }
  return best;
}

const middle = (box: Box): { x: number; y: number } => ({
  x: box.x + box.width / 2,
  y: box.y + box.height / 2,
});
