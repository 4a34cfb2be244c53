/** Finding the marks (`data-…`) in what a page holds, and in what is swapped into it. */

import htmx from "htmx.org";

const NOTHING_SHOWN_MS = 500;

/** Calls `mount` once for each element with the mark, now and when it is swapped in. */
export function onEach(selector: string, mount: (element: HTMLElement) => void): void {
  const mounted = new WeakSet<Element>();
  htmx.onLoad((loaded) => {
    const root = loaded as HTMLElement;
    const found = [...(root.matches(selector) ? [root] : []), ...root.querySelectorAll(selector)];
    for (const element of found) {
      if (mounted.has(element)) continue;
      mounted.add(element);
      mount(element as HTMLElement);
    }
  });
}

/** Calls `act` once what stands is on the screen, so that words never wait for what takes long to draw. */
export function afterPaint(act: () => void): void {
  requestAnimationFrame(() => setTimeout(() => void firstPaint.then(act)));
}

/** Fulfilled when a page has shown something, or holds nothing that could be shown in a moment: its first frame takes
 * other processes a while, which a map's start would keep busy. */
const firstPaint = new Promise<void>((shown) => {
  new PerformanceObserver((_, watching) => {
    watching.disconnect();
    shown();
  }).observe({ type: "paint", buffered: true });
  setTimeout(shown, NOTHING_SHOWN_MS);
});

/** Calls `leave` when the element is swapped out. */
export function onLeave(element: Element, leave: () => void): void {
  element.addEventListener("htmx:beforeCleanupElement", (event) => {
    if (event.target === element) leave();
  });
}

/** Whether the person types into the element, so that keys are letters. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches("textarea, select")) return true;
  return target.matches("input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=reset])");
}
