/**
 * Explore: the map follows the filters, and leads to what is on it.
 *
 * - `#explored` carries in `data-points` the address of its places; where that has changed after a swap, `#map` gets it.
 * - A click on an incident (`href`) opens it; on a ring that counts many (`around`) it narrows the page to that part.
 */

import { onEach } from "../content";
import { say } from "../saying";

interface Chosen {
  href?: string;
  around?: string;
  said?: string;
}

onEach("#explored[data-points]", (part) => {
  const map = document.getElementById("map");
  const points = part.dataset["points"];
  if (map && points && map.dataset["geojson"] !== points) map.dataset["geojson"] = points;
});

document.addEventListener("select", (event) => {
  const chosen = (event as CustomEvent<Chosen | undefined>).detail;
  if (!chosen || typeof chosen !== "object") return;
  if (chosen.said) say(chosen.said);
  if (chosen.href) location.assign(chosen.href);
  else if (chosen.around) narrow(chosen.around);
});

function narrow(box: string): void {
  const field = document.querySelector<HTMLInputElement>("#bbox");
  if (!field) return;
  field.value = box;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}
