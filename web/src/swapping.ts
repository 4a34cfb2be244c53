/**
 * htmx, so that the server's pages swap parts of themselves: without eval and without a style element of its own, as the
 * pages' Content-Security-Policy asks, with Django's CSRF token, and told to people who do not see the page.
 *
 * - `<meta name="csrf" content="…">` holds the token; without it the cookie `ascertain_csrf` is read.
 * - A swapped part announces itself by `data-said="…"` on itself or on an element within: its text goes into `#said`.
 * - What had the focus before a swap has it after, if an element of the same id is there. `autofocus` in a swapped part
 *   goes before that.
 * - A request that fails says so in `#said` and shows the server's answer where it would have gone, if it is a page part.
 */

import htmx from "htmx.org";
import { say } from "./saying";

type Mount = (root: ParentNode) => void;

const SAFE = new Set(["get", "head", "options"]);

/** Calls `mount` for the page, and for each part that is swapped into it. */
export function onContent(mount: Mount): void {
  htmx.onLoad((element) => mount(element as HTMLElement));
}

/** Sets htmx up; to be called once, before the page is complete. */
export function startSwapping(): void {
  Object.assign(htmx.config, {
    allowEval: false,
    allowScriptTags: false,
    includeIndicatorStyles: false,
    selfRequestsOnly: true,
    scrollIntoViewOnBoost: false,
    historyCacheSize: 0,
    refreshOnHistoryMiss: true,
    defaultSwapStyle: "outerHTML",
    responseHandling: [
      { code: "204", swap: false },
      { code: "[23]..", swap: true },
      { code: "4(09|22)", swap: true },
      { code: "...", swap: false, error: true },
    ],
  });
  document.addEventListener("htmx:configRequest", sendToken as EventListener);
  document.addEventListener("htmx:afterSettle", announce as EventListener);
  document.addEventListener("htmx:responseError", sayFault);
  document.addEventListener("htmx:sendError", sayFault);
}

function sendToken(event: CustomEvent<{ verb: string; headers: Record<string, string> }>): void {
  const { verb, headers } = event.detail;
  if (!SAFE.has(verb)) headers["X-CSRFToken"] = token();
}

function token(): string {
  const given = document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content;
  return given || (/(?:^|;\s*)ascertain_csrf=([^;]*)/.exec(document.cookie)?.[1] ?? "");
}

function announce(event: CustomEvent<{ elt: Element }>): void {
  const swapped = event.detail.elt;
  const saying = swapped.closest?.("[data-said]") ?? swapped.querySelector?.("[data-said]");
  if (saying instanceof HTMLElement && saying.dataset["said"]) say(saying.dataset["said"]);
}

function sayFault(): void {
  say(document.body.dataset["fault"] ?? "That did not work. Load the page again.");
}
