/**
 * Keys: pages declare them on what they do, and this module knows no page.
 *
 * - `data-key="a"` on a link, button or field: pressing `a` activates it (a field gets the focus), unless the person is
 *   typing or a modifier is held. While a modal dialog is open only what it holds answers.
 * - `?` opens a dialog of all keys of the page, named by `data-key-name`, `aria-label` or their words. There, single
 *   keys can be turned off (WCAG 2.1.4), which the browser remembers.
 * - `j` and `k` move in `[data-items]` among `[data-item]` (or `.item`): each time the item, or the first link in it,
 *   gets the focus; with `data-items="follow"` it is also opened.
 * - Letters are those of the key where a keyboard writes another script, so that `a` is `a` on an Arabic keyboard.
 * - Control or Command with Enter sends the form that is typed in, from any of its fields.
 * - Escape leaves a field, and puts away the reasons of `.hint`.
 */

import { onEach, isTyping } from "./content";
import { phrase, type Phrase } from "./wording";

const OFF = "ascertain.keys.off";
const MOVES: Record<string, number> = { j: 1, k: -1 };
const OWN: [string, Phrase][] = [
  ["j", "next"],
  ["k", "previous"],
  ["Ctrl Enter", "send"],
  ["?", "help"],
];

/** Listens to the page's keys. */
export function startKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return send(event);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return letGo(event.target);
    if (isTyping(event.target)) return;
    const key = keyOf(event);
    if (key === "?") act(event, openList);
    else if (!areOff()) pressed(event, key);
  });
  document.addEventListener("pointerout", (event) => {
    if (event.target instanceof Element) event.target.closest(".hint")?.classList.remove("dismissed");
  });
  onEach("[data-key]", (element) => {
    if (!element.hasAttribute("aria-keyshortcuts")) element.setAttribute("aria-keyshortcuts", element.dataset["key"] ?? "");
  });
}

function pressed(event: KeyboardEvent, key: string): void {
  const target = declared(scope()).find((element) => element.dataset["key"] === key);
  if (target) return act(event, () => activate(target));
  const step = MOVES[key];
  if (step !== undefined && !document.querySelector("dialog:modal")) act(event, () => move(step));
}

function send(event: KeyboardEvent): void {
  const form = event.target instanceof Element ? event.target.closest("form") : null;
  if (form) act(event, () => form.requestSubmit());
}

function act(event: KeyboardEvent, deed: () => void): void {
  event.preventDefault();
  deed();
}

function keyOf(event: KeyboardEvent): string {
  if (event.key === "؟") return "?";
  if (/^[\x20-\x7e]$|^\w{2,}$/.test(event.key)) return event.key;
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1] ?? /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  if (letter) return event.shiftKey ? letter : letter.toLowerCase();
  return event.code === "Slash" ? (event.shiftKey ? "?" : "/") : event.key;
}

function scope(): ParentNode {
  return [...document.querySelectorAll("dialog:modal")].at(-1) ?? document;
}

function declared(root: ParentNode): HTMLElement[] {
  const elements = [...root.querySelectorAll<HTMLElement>("[data-key]")];
  return elements.filter((element) => element.checkVisibility() && !element.matches(":disabled, [aria-disabled=true]"));
}

function activate(target: HTMLElement): void {
  if (target.matches("input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select")) {
    target.focus();
    if (target instanceof HTMLInputElement) target.select();
    return;
  }
  if (target.matches("summary, [tabindex]:not(a, button)")) target.focus();
  target.click();
}

function letGo(target: EventTarget | null): void {
  document.querySelectorAll(".hint:hover, .hint:focus, .hint:focus-within").forEach((hint) => hint.classList.add("dismissed"));
  if (target instanceof HTMLElement && isTyping(target) && !target.closest("dialog")) target.blur();
}

function move(step: number): void {
  const focused = document.activeElement?.closest<HTMLElement>("[data-items]");
  const list = focused ?? document.querySelector<HTMLElement>("[data-items]");
  const items = [...(list?.querySelectorAll<HTMLElement>("[data-item], .item") ?? [])].filter((item) => item.checkVisibility());
  if (!list || items.length === 0) return;
  const at = items.findIndex((item) => item.contains(document.activeElement));
  const from = at >= 0 ? at : items.findIndex((item) => item.matches(".here, [aria-current]:not([aria-current=false])"));
  const item = items[Math.min(Math.max(from < 0 ? (step > 0 ? 0 : items.length - 1) : from + step, 0), items.length - 1)];
  if (item) reach(item, list.dataset["items"] === "follow");
}

function reach(item: HTMLElement, follow: boolean): void {
  const inner = item.matches("a, button, [tabindex]") ? item : item.querySelector<HTMLElement>("a, button, [tabindex]");
  const target = inner ?? item;
  if (!inner) item.tabIndex = -1;
  target.focus();
  target.scrollIntoView({ block: "nearest" });
  if (follow) target.click();
}

function areOff(): boolean {
  return localStorage.getItem(OFF) === "yes";
}

function openList(): void {
  if (document.querySelector("dialog:modal")) return;
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "keys-title");
  const title = element("h2", phrase("allKeys"));
  title.id = "keys-title";
  const list = element("dl", "");
  list.className = "keys";
  for (const [key, name] of listed()) {
    const term = element("dt", "");
    term.append(element("kbd", key));
    list.append(term, element("dd", name));
  }
  dialog.append(title, list, offSwitch(), closing(dialog));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function listed(): Map<string, string> {
  const names = new Map(declared(document).map((one) => [one.dataset["key"] ?? "", nameOf(one)] as const));
  const moves = document.querySelector("[data-items]") !== null;
  for (const [key, name] of OWN) if ((moves || !(key in MOVES)) && !names.has(key)) names.set(key, phrase(name));
  return names;
}

function nameOf(target: HTMLElement): string {
  const given = target.dataset["keyName"] ?? target.getAttribute("aria-label");
  if (given) return given;
  const label = target instanceof HTMLInputElement ? target.labels?.[0] : undefined;
  const copy = (label ?? target).cloneNode(true) as HTMLElement;
  copy.querySelectorAll("kbd").forEach((key) => key.remove());
  return copy.textContent.trim().replace(/\s+/g, " ");
}

function offSwitch(): HTMLElement {
  const label = element("label", "");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = !areOff();
  box.addEventListener("change", () => localStorage.setItem(OFF, box.checked ? "no" : "yes"));
  label.append(box, phrase("singleKeys"));
  return label;
}

function closing(dialog: HTMLDialogElement): HTMLElement {
  const buttons = element("div", "");
  buttons.className = "buttons";
  const button = element("button", phrase("close"));
  button.addEventListener("click", () => dialog.close());
  button.autofocus = true;
  buttons.append(button);
  return buttons;
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, words: string): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.textContent = words;
  return made;
}
