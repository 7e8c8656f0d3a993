import { type Signal, signal } from "@preact/signals";
import type { Place } from "./layout.js";

/** What of a picture is seen: `scale` pixels to a unit, with the picture's origin at `x`, `y`. */
export interface Camera extends Place {
  scale: number;
}

const LEAST = 0.002;
const MOST = 2.5;

/** A camera that starts at the picture's origin. */
export function newCamera(): Signal<Camera> {
  return signal({ x: 0, y: 0, scale: 1 });
}

/** Nearer or farther, with a point of the screen staying where it is. */
export function zoomed(camera: Camera, by: number, about: Place): Camera {
  const scale = Math.min(MOST, Math.max(LEAST, camera.scale * by));
  const factor = scale / camera.scale;
  return {
    scale,
    x: about.x - (about.x - camera.x) * factor,
    y: about.y - (about.y - camera.y) * factor,
  };
}

/** All of a picture within a window, never larger than life. */
export function fitted(
  picture: { width: number; height: number },
  window: { width: number; height: number },
): Camera {
  const scale = Math.min(1, window.width / picture.width, window.height / picture.height);
  return {
    scale,
    x: (window.width - picture.width * scale) / 2,
    y: (window.height - picture.height * scale) / 2,
  };
}

/** Below this scale the first view shows the beginning of a picture rather than all of it: what cannot be read tells nothing. */
const LEGIBLE = 0.28;
const FOLDERS_LEGIBLE = 0.6;

/** The first view of a picture: all of it, or its left part at a scale at which names can be read. */
export function begun(
  picture: { width: number; height: number; folders?: unknown },
  window: { width: number; height: number },
): Camera {
  const all = fitted(picture, window);
  const least = picture.folders === undefined ? LEGIBLE : FOLDERS_LEGIBLE;
  return all.scale >= least ? all : { scale: least, x: 0, y: (window.height - picture.height * least) / 2 };
}

/** A place of the picture in the middle of the window, if it is not in view already. */
export function showing(camera: Camera, place: Place, window: { width: number; height: number }): Camera {
  const x = place.x * camera.scale + camera.x;
  const y = place.y * camera.scale + camera.y;
  const margin = 60;
  if (x > margin && y > margin && x < window.width - margin && y < window.height - margin) return camera;
  return {
    ...camera,
    x: window.width / 2 - place.x * camera.scale,
    y: window.height / 2 - place.y * camera.scale,
  };
}
