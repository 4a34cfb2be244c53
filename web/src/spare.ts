/** A map outlives the content that it stood in: the next content takes it over, so that the ground is not drawn anew. */

/** A drawn map whose element was swapped out. A change of its `data-geojson` shows other places. */
export interface SpareMap {
  room: HTMLElement;
  remove: () => void;
}

const WAITS_MS = 1000;
const ALIKE = ["data-map", "data-pmtiles"];
let spare: SpareMap | undefined;

/** Keeps a map for what is swapped in; it is removed where nothing takes it over. */
export function keepSpare(map: SpareMap): void {
  spare?.remove();
  spare = map;
  setTimeout(() => {
    if (spare !== map) return;
    spare = undefined;
    map.remove();
  }, WAITS_MS);
}

/** Puts the spare map in the place of an element with `data-map`, if there is one on the same ground. */
export function takeSpare(room: HTMLElement): boolean {
  const map = spare;
  if (!map || ALIKE.some((name) => map.room.getAttribute(name) !== room.getAttribute(name))) return false;
  spare = undefined;
  room.replaceWith(map.room);
  for (const { name, value } of room.attributes) if (name !== "class") map.room.setAttribute(name, value);
  return true;
}
