/**
 * Inbox and incident on one screen: what is opened is swapped into `#shown`, and the next one is there before it is asked for.
 *
 * - `a[data-show]` opens an incident in place; `a[data-list]` another page or filter of the list; `a[data-again]` this one anew.
 * - `a[data-next]` in what is shown names the next incident: it is fetched beforehand.
 * - `[data-full]` takes in the whole text of a report where the screen has room; `a[data-beside]` another one.
 * - `[data-opens="id"]` opens a dialog, `[data-closes]` closes the one it is in.
 * - The event `show` (sent by the server after a decision) names what to open, what to say, and what was decided, or is
 *   open again ("").
 * - Words chosen in the evidence fill the form `[data-correct]`; `[data-for-field]` shows the fields of what is corrected.
 * - Enter in the search leads to the first that is found, once the list is there.
 * - `[data-on-version]`: a decision that came too late is made on the version that was seen since.
 */

import htmx from "htmx.org";
import { afterPaint, onEach } from "../content";
import { say } from "../saying";
import type { Words } from "../words";

interface Show {
  url: string;
  incident: string | null;
  said: string;
  done: Record<string, string>;
}

const FRESH_MS = 60_000;
const ahead = new Map<string, { html: Promise<string>; at: number }>();

document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || !(event.target instanceof Element)) return;
  const link = event.target.closest<HTMLAnchorElement>("a[data-show], a[data-again], a[data-list]");
  if (link) {
    event.preventDefault();
    if (link.dataset["list"] !== undefined) void relist(link.href);
    else void open(link.dataset["again"] === undefined ? link.href : location.href, link.dataset["again"] !== undefined);
    return;
  }
  const beside = event.target.closest<HTMLElement>("a[data-beside]");
  if (beside && wide.matches) {
    event.preventDefault();
    void htmx.ajax("get", beside.dataset["beside"] ?? "", { target: "#full", swap: "innerHTML" });
    return;
  }
  const opener = event.target.closest<HTMLElement>("[data-opens]");
  if (opener) document.querySelector<HTMLDialogElement>(`dialog#${opener.dataset["opens"]}`)?.showModal();
  if (event.target.closest("[data-closes]")) event.target.closest("dialog")?.close();
});

document.addEventListener("show", (event) => {
  const { url, incident, said, done } = (event as CustomEvent<Show>).detail;
  ahead.forEach((_, kept) => kept !== new URL(url, location.href).href && ahead.delete(kept));
  document.querySelectorAll("dialog[open]").forEach((dialog) => (dialog as HTMLDialogElement).close());
  for (const [id, act] of Object.entries(done)) itemOf(id)?.classList.toggle("done", act !== "");
  void open(url, incident === null || !Object.values(done).some(Boolean)).then(() => say(said));
});

window.addEventListener("popstate", () => void open(location.href, true, false));

onEach("[data-next]", (link) => {
  const fetchIt = () => link.isConnected && fetched((link as HTMLAnchorElement).href);
  afterPaint(() => window.setTimeout(fetchIt, 200));
});

const wide = window.matchMedia("(min-width: 100rem)");
onEach("[data-full]", (room) => {
  if (wide.matches) void htmx.ajax("get", room.dataset["full"] ?? "", { target: "#full", swap: "innerHTML" });
});

onEach("[data-correct]", (form) => {
  const field = form.querySelector<HTMLSelectElement>("[name=field]");
  const choose = () =>
    form.querySelectorAll<HTMLFieldSetElement>("[data-for-field]").forEach((part) => {
      part.hidden = part.disabled = part.dataset["forField"] !== field?.value;
    });
  field?.addEventListener("change", choose);
  choose();
});

onEach("[data-on-version]", (box) => {
  const version = box.closest("form")?.querySelector<HTMLInputElement>("[name=version]");
  const before = version?.value ?? "";
  box.addEventListener("change", () => {
    if (version) version.value = (box as HTMLInputElement).checked ? (box.dataset["onVersion"] ?? before) : before;
  });
});

let chosenIn: EventTarget | null = null;
document.addEventListener("words", (event) => {
  const words = (event as CustomEvent<Words | null>).detail;
  const form = document.querySelector<HTMLFormElement>("[data-correct]");
  if (!form || (!words && event.target !== chosenIn)) return;
  if (!words && document.querySelector("dialog[open]")) return;
  chosenIn = words ? event.target : null;
  fill(form, words, words ? ((event.target as HTMLElement).dataset["report"] ?? "") : "");
});

function fill(form: HTMLFormElement, words: Words | null, report: string): void {
  const values = { report, start: words ? String(words.start) : "", end: words ? String(words.end) : "", words: words?.text ?? "" };
  for (const [name, value] of Object.entries(values)) form.querySelector<HTMLInputElement>(`[name=${name}]`)!.value = value;
  form.querySelector<HTMLElement>("[data-no-words]")!.hidden = words !== null;
  form.querySelector<HTMLElement>("[data-with-words]")!.hidden = words === null;
  form.querySelector<HTMLElement>("[data-words-shown]")!.textContent = words?.text ?? "";
  const number = /^\s*\p{Nd}+\s*$/u.test(words?.text ?? "") ? toAscii(words!.text.trim()) : "";
  if (number) for (const name of ["low", "best", "high"]) form.querySelector<HTMLInputElement>(`[name=${name}]`)!.value = number;
}

function toAscii(digits: string): string {
  return digits.replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660)).replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0));
}

function fetched(url: string): Promise<string> {
  const kept = ahead.get(url);
  if (kept && Date.now() - kept.at < FRESH_MS) return kept.html;
  const html = fetch(url, { headers: { "HX-Request": "true" }, credentials: "same-origin" }).then((answer) => {
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.text();
  });
  html.catch(() => ahead.delete(url));
  ahead.set(url, { html, at: Date.now() });
  return html;
}

/** Shows an incident in place; where that fails, its page is loaded as a whole. */
async function open(address: string, anew = false, push = true): Promise<void> {
  const url = new URL(address, location.href);
  if (anew) ahead.delete(url.href);
  if (!url.pathname.includes("/incidents/")) {
    location.assign(url);
    return;
  }
  // What is shown is on its way out: no key may act on it any more.
  document.querySelectorAll<HTMLButtonElement>("#shown .actions button, #shown .near button").forEach((button) => (button.disabled = true));
  try {
    const html = await fetched(url.href);
    ahead.delete(url.href);
    htmx.swap("#shown", html, { swapStyle: "innerHTML", swapDelay: 0, settleDelay: 0 } as never);
  } catch {
    location.assign(url);
    return;
  }
  if (push && url.href !== location.href) history.pushState(null, "", url);
  const id = decodeURIComponent(/\/incidents\/([^/]+)\//.exec(url.pathname)?.[1] ?? "");
  mark(id);
  document.querySelector(".shown > .incident")?.scrollTo({ top: 0 });
  document.querySelector<HTMLElement>("#shown [data-focus]")?.focus({ preventScroll: window.innerWidth >= 900 });
}

let toFirst = false;
document.addEventListener("keydown", () => (toFirst = false), { capture: true });
document.addEventListener("submit", ({ target }) => (toFirst = target instanceof HTMLElement && target.id === "search"), { capture: true });
document.addEventListener("htmx:afterSettle", (event) => {
  const { elt } = (event as CustomEvent<{ elt: HTMLElement }>).detail;
  if (toFirst && elt.id === "list") elt.querySelector<HTMLElement>(".items a, h3 + .needs a")?.focus();
});

function itemOf(id: string): HTMLElement | undefined {
  return [...document.querySelectorAll<HTMLElement>("[data-incident]")].find((item) => item.dataset["incident"] === id);
}

function mark(id: string): void {
  const here = itemOf(id);
  if (!here) return void relist(new URL(`/${location.search}`, location.href).href);
  document.querySelectorAll("[data-incident].here").forEach((item) => {
    item.classList.remove("here");
    item.querySelector("a")?.removeAttribute("aria-current");
  });
  here.classList.add("here");
  here.querySelector("a")?.setAttribute("aria-current", "true");
  here.scrollIntoView({ block: "nearest" });
}

async function relist(href: string): Promise<void> {
  await htmx.ajax("get", href, { target: "#list", swap: "outerHTML" });
}
