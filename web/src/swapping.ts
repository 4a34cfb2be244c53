/**
 * htmx, so that the server's pages swap parts of themselves: without eval and without a style element of its own, as the
 * pages' Content-Security-Policy asks, with Django's CSRF token, and told to people who do not see the page.
 *
 * - `<meta name="csrf" content="…">` holds the token; without it the cookie `ascertain_csrf` is read.
 * - A swapped part announces itself by `data-said="…"` on itself or on an element within: its words go into `#said`.
 * - What had the focus before a swap has it after, if an element of the same id is there; if not, `data-focus` in the
 *   swapped part gets it, or else the part itself, so that keys go on working.
 * - Answers 409 and 422 are pages' parts that say what to mend; any other failure is said in `#said`.
 */

import htmx from "htmx.org";
import { say } from "./saying";
import { phrase } from "./wording";

const SAFE = new Set(["get", "head", "options"]);

/** Sets htmx up; to be called once, before the page is complete. */
export function startSwapping(): void {
  Object.assign(htmx.config, {
    allowEval: false,
    includeIndicatorStyles: false,
    selfRequestsOnly: true,
    scrollIntoViewOnBoost: false,
    historyCacheSize: 0,
    refreshOnHistoryMiss: true,
    responseHandling: [
      { code: "204", swap: false },
      { code: "[23]..", swap: true },
      { code: "4(09|22)", swap: true },
      { code: "...", swap: false, error: true },
    ],
  });
  let withFocus = false;
  on("htmx:configRequest", sendToken);
  on("htmx:beforeSwap", () => (withFocus = document.activeElement !== document.body));
  on("htmx:afterSettle", ({ elt }) => {
    if (withFocus && document.activeElement === document.body) takeFocus(elt);
    announce(elt);
  });
  on("htmx:responseError", () => say(phrase("failed")));
  on("htmx:sendError", () => say(phrase("offline")));
}

interface Detail {
  elt: HTMLElement;
  verb: string;
  headers: Record<string, string>;
}

function on(name: string, act: (detail: Detail) => void): void {
  document.addEventListener(name, (event) => act((event as CustomEvent<Detail>).detail));
}

function sendToken({ verb, headers }: Detail): void {
  if (!SAFE.has(verb)) headers["X-CSRFToken"] = token();
}

function token(): string {
  const given = document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content;
  return given || (/(?:^|;\s*)ascertain_csrf=([^;]*)/.exec(document.cookie)?.[1] ?? "");
}

function announce(part: HTMLElement): void {
  const saying = part.closest<HTMLElement>("[data-said]") ?? part.querySelector<HTMLElement>("[data-said]");
  if (saying?.dataset["said"]) say(saying.dataset["said"]);
}

function takeFocus(part: HTMLElement): void {
  const wanted = part.querySelector<HTMLElement>("[data-focus]") ?? part;
  if (!wanted.hasAttribute("tabindex") && !wanted.matches("a, button, input, select, textarea")) wanted.tabIndex = -1;
  wanted.focus({ preventScroll: true });
}
