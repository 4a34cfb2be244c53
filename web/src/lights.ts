/**
 * Values and the words that assert them light each other up, on hover, focus and touch.
 *
 * - `data-value="figures/killed"` on a value, `data-asserts="figures/killed when"` (names with spaces between) on words.
 *   What shares a name with what is under the pointer, or has the focus, gets the class `lit`.
 * - A value can have the focus (it is given `tabindex="0"` where it holds nothing that can); on focus and on touch its
 *   first words are scrolled into sight. Words can have it where the page gives them `tabindex="0"`.
 * - A touch holds until the next one elsewhere.
 * - Within an element with `data-lights` the names are its own; elsewhere they are the page's.
 */

import { onEach } from "./content";

const LIGHTS = "[data-value], [data-asserts]";
let held: HTMLElement | undefined;

/** Listens to pointer, focus and touch. */
export function startLights(): void {
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "touch") light(sourceOf(event.target) ?? held);
  });
  document.addEventListener("pointerleave", () => light(held));
  document.addEventListener("focusin", (event) => {
    held = undefined;
    light(sourceOf(event.target), true);
  });
  document.addEventListener("focusout", () => light(held));
  document.addEventListener("click", (event) => {
    held = sourceOf(event.target);
    light(held, true);
  });
  onEach("[data-value]", (value) => {
    if (!value.matches("a, button, input, select, textarea, summary, [tabindex]") && !value.querySelector("a, button, input, [tabindex]")) {
      value.tabIndex = 0;
    }
  });
}

function sourceOf(target: EventTarget | null): HTMLElement | undefined {
  return target instanceof Element ? (target.closest<HTMLElement>(LIGHTS) ?? undefined) : undefined;
}

function namesOf(element: HTMLElement): string[] {
  return `${element.dataset["value"] ?? ""} ${element.dataset["asserts"] ?? ""}`.split(/\s+/).filter(Boolean);
}

function light(source: HTMLElement | undefined, bring = false): void {
  const names = new Set(source ? namesOf(source) : []);
  const room = source?.closest("[data-lights]") ?? document;
  let brought = !bring;
  document.querySelectorAll<HTMLElement>(LIGHTS).forEach((element) => {
    const lit = names.size > 0 && room.contains(element) && namesOf(element).some((name) => names.has(name));
    element.classList.toggle("lit", lit);
    if (!lit || brought || element === source || element.hasAttribute("data-value") === source?.hasAttribute("data-value")) return;
    brought = true;
    element.scrollIntoView({ block: "nearest" });
  });
}
