/** Words for screen readers (and, by its style, for everyone): the page's one live region, `#said`. */

/** Says `words` in `#said`; saying the same again is heard again. */
export function say(words: string): void {
  const region = document.getElementById("said");
  if (!region) return;
  region.textContent = "";
  window.setTimeout(() => {
    region.textContent = words;
  }, 50);
}
