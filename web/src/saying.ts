/** Words for screen readers, shown to everyone too: the page's one live region, `#said`. */

const SHOWN_FOR = 8000;
let clearing = 0;

/** Says `words` in `#said`, where they stay for a while; saying the same again is heard again. */
export function say(words: string): void {
  const region = document.getElementById("said");
  if (!region) return;
  region.textContent = "";
  window.clearTimeout(clearing);
  window.setTimeout(() => (region.textContent = words), 50);
  clearing = window.setTimeout(() => (region.textContent = ""), SHOWN_FOR);
}

let quiet: HTMLElement | undefined;

/** Says `words` to screen readers only, for what is seen on the page anyway. */
export function sayQuietly(words: string): void {
  if (!quiet?.isConnected) {
    quiet = document.createElement("div");
    quiet.className = "hidden";
    quiet.setAttribute("role", "status");
    document.body.append(quiet);
  }
  quiet.textContent = words;
}
