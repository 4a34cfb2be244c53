/** The page's colours (tokens.css) for what is not drawn by CSS, and when they change. */

const NAMES = ["page", "raised", "sunk", "ink", "dim", "line", "edge", "accent", "harm", "place"] as const;

export type Colours = Record<(typeof NAMES)[number], string>;

const dark = window.matchMedia("(prefers-color-scheme: dark)");

/** The colours as they are now, light or dark. */
export function coloursNow(): Colours {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])) as Colours;
}

/** Whether the page is dark now. */
export function isDark(): boolean {
  return dark.matches;
}

/** Calls `act` whenever light and dark change, until the signal ends it. */
export function onColours(act: () => void, signal: AbortSignal): void {
  dark.addEventListener("change", act, { signal });
}
