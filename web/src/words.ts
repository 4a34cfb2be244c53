/**
 * Choosing words in a report's text, by pointer or by keys, and telling where they are in the text as it came.
 *
 * - `data-text` on the element that holds the text, with marks in it as deep as they may be. Offsets are Unicode code
 *   points, as Python counts them: from 0, or from `data-at="120"` on an element within (a paragraph, an excerpt).
 *   What is in the page but not in the text (labels, numbers of claims) carries `data-extra`.
 * - Each choice fires `words` on that element, with `{ start, end, text }`, or `null` when it is let go.
 * - `data-words-to="#form"` names an element whose `[data-words="start"]`, `"end"` and `"text"` are filled (fields by
 *   their value, others by their words), and whose `[data-words="needed"]` are disabled until something is chosen.
 * - By keys: the text takes the focus (`tabindex="0"`, a name); arrows choose the next word, or a word of the next line,
 *   with Shift they choose more; Escape lets go. The choice stays marked while a form is filled in.
 *
 * A page must write a carriage return as `&#13;`, for browsers make `\r\n` one character; and no newline right after `<pre>`.
 */

import { onEach } from "./content";
import { sayQuietly } from "./saying";
import { language, phrase } from "./wording";

/** Where chosen words are in the text as it came, in code points, the end not included. */
export interface Words {
  start: number;
  end: number;
  text: string;
}

type Point = [node: Node, offset: number];

const STEPS: Record<string, "next" | "previous" | "down" | "up"> = { ArrowRight: "next", ArrowLeft: "previous", ArrowDown: "down", ArrowUp: "up" };
const MIRRORED: Record<string, string> = { ArrowRight: "ArrowLeft", ArrowLeft: "ArrowRight" };

/** Lets words be chosen in each `[data-text]`. */
export function startWords(): void {
  onEach("[data-text]", (text) => new Choosing(text));
}

/** The code points of the text before a point; the text begins anew at each `data-at`. */
export function offsetOf(text: HTMLElement, [node, offset]: Point): number {
  const within = node instanceof Element ? node : node.parentElement;
  const origin = within?.closest<HTMLElement>("[data-at]");
  const base = origin && (text.contains(origin) || origin === text) ? origin : text;
  let count = Number(base.dataset["at"] ?? 0);
  for (const piece of pieces(base)) {
    if (piece === node) return count + codePoints(piece.data.slice(0, offset));
    if (node instanceof Element && !comesBefore(piece, node, offset)) return count;
    count += codePoints(piece.data);
  }
  return count;
}

/** What a range chooses, without white space at its ends; null where that is nothing. */
export function wordsIn(text: HTMLElement, range: Range): Words | null {
  const chosen = pieces(text).flatMap((piece): [Text, number, number][] => {
    if (!range.intersectsNode(piece)) return [];
    const from = piece === range.startContainer ? range.startOffset : 0;
    const to = piece === range.endContainer ? range.endOffset : piece.length;
    return to > from ? [[piece, from, to]] : [];
  });
  const first = chosen.find(([piece, from, to]) => piece.data.slice(from, to).trim());
  const last = chosen.findLast(([piece, from, to]) => piece.data.slice(from, to).trim());
  if (!first || !last) return null;
  first[1] += first[0].data.slice(first[1], first[2]).search(/\S/);
  last[2] = last[1] + last[0].data.slice(last[1], last[2]).trimEnd().length;
  const kept = chosen.slice(chosen.indexOf(first), chosen.indexOf(last) + 1);
  return {
    start: offsetOf(text, [first[0], first[1]]),
    end: offsetOf(text, [last[0], last[2]]),
    text: kept.map(([piece, from, to]) => piece.data.slice(from, to)).join(""),
  };
}

class Choosing {
  private anchor: Range | null = null;
  private head: Range | null = null;
  private chosen: Words | null = null;

  constructor(private readonly text: HTMLElement) {
    if (!text.hasAttribute("tabindex")) text.tabIndex = 0;
    text.addEventListener("keydown", (event) => this.press(event));
    text.addEventListener("focus", () => sayQuietly(phrase("wordKeys")));
    document.addEventListener("selectionchange", () => this.selected());
    // A browser tells late of a selection: a key that opens a form on it would come first, and take the selection away.
    document.addEventListener("keydown", () => this.selected(), { capture: true });
    this.fill();
  }

  private press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== this.text) return;
    if (event.key === "Escape" && this.chosen) return this.clear();
    const rtl = getComputedStyle(this.text).direction === "rtl";
    const step = STEPS[(rtl ? MIRRORED[event.key] : undefined) ?? event.key];
    if (!step) return;
    event.preventDefault();
    this.step(step, event.shiftKey);
  }

  private step(step: "next" | "previous" | "down" | "up", extend: boolean): void {
    const words = wordRanges(this.text);
    const at = this.head ? words.findIndex((word) => word.compareBoundaryPoints(Range.START_TO_START, this.head!) >= 0) : -1;
    const to = at < 0 ? words[this.head ? words.length - 1 : 0] : nextWord(words, at, step);
    if (!to) return;
    this.head = to;
    this.anchor = extend && this.anchor ? this.anchor : to;
    const forward = this.anchor.compareBoundaryPoints(Range.START_TO_START, to) <= 0;
    const [first, last] = forward ? [this.anchor, to] : [to, this.anchor];
    getSelection()?.setBaseAndExtent(first.startContainer, first.startOffset, last.endContainer, last.endOffset);
    to.startContainer.parentElement?.scrollIntoView({ block: "nearest" });
  }

  private selected(): void {
    const selection = getSelection();
    if (!this.text.isConnected || !selection || selection.rangeCount === 0) return;
    const range = selection.getRangeAt(0);
    if (range.collapsed) {
      if (this.text.contains(range.startContainer) && document.activeElement !== this.text) this.head = null;
      return;
    }
    const inside = this.text.contains(range.startContainer) && this.text.contains(range.endContainer);
    if (inside) this.choose(range.cloneRange());
  }

  private choose(range: Range): void {
    const words = wordsIn(this.text, range);
    if (!words || (words.start === this.chosen?.start && words.end === this.chosen.end)) return;
    this.chosen = words;
    mark(range);
    this.tell();
    sayQuietly(phrase("chosenWords", { words: words.text }));
  }

  private clear(): void {
    this.chosen = this.anchor = this.head = null;
    getSelection()?.removeAllRanges();
    mark(null);
    this.tell();
    sayQuietly(phrase("nothingChosen"));
  }

  private tell(): void {
    this.fill();
    this.text.dispatchEvent(new CustomEvent<Words | null>("words", { bubbles: true, detail: this.chosen }));
  }

  private fill(): void {
    const to = this.text.dataset["wordsTo"];
    const rooms = to ? document.querySelectorAll<HTMLElement>(`${to} [data-words]`) : [];
    for (const room of rooms) {
      const wanted = room.dataset["words"] as keyof Words | "needed";
      if (wanted === "needed") room.toggleAttribute("disabled", this.chosen === null);
      else write(room, String(this.chosen?.[wanted] ?? ""));
    }
  }
}

function write(room: HTMLElement, value: string): void {
  if (!(room instanceof HTMLInputElement || room instanceof HTMLTextAreaElement)) {
    room.textContent = value;
    return;
  }
  if (room.value === value) return;
  room.value = value;
  room.dispatchEvent(new Event("change", { bubbles: true }));
}

function mark(range: Range | null): void {
  if (!("highlights" in CSS)) return;
  if (range) CSS.highlights.set("chosen", new Highlight(range));
  else CSS.highlights.delete("chosen");
}

function pieces(root: HTMLElement): Text[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (node instanceof HTMLElement) return node.hasAttribute("data-extra") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
    return NodeFilter.FILTER_ACCEPT;
  });
  const found: Text[] = [];
  while (walker.nextNode()) found.push(walker.currentNode as Text);
  return found;
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function comesBefore(piece: Text, node: Element, offset: number): boolean {
  const range = document.createRange();
  range.setStart(node, offset);
  return range.comparePoint(piece, 0) < 0;
}

function wordRanges(text: HTMLElement): Range[] {
  const all = pieces(text);
  const starts: number[] = [];
  let length = 0;
  for (const piece of all) {
    starts.push(length);
    length += piece.length;
  }
  const point = (at: number, end: boolean): Point => {
    const index = starts.findLastIndex((start) => (end ? start < at : start <= at));
    return [all[index]!, at - starts[index]!];
  };
  const whole = all.map((piece) => piece.data).join("");
  const segments = new Intl.Segmenter(text.closest<HTMLElement>("[lang]")?.lang || language, { granularity: "word" }).segment(whole);
  return [...segments].flatMap(({ segment, index, isWordLike }) => {
    if (!isWordLike) return [];
    const range = document.createRange();
    range.setStart(...point(index, false));
    range.setEnd(...point(index + segment.length, true));
    return [range];
  });
}

function nextWord(words: Range[], at: number, step: "next" | "previous" | "down" | "up"): Range | undefined {
  if (step === "next") return words[Math.min(at + 1, words.length - 1)];
  if (step === "previous") return words[Math.max(at - 1, 0)];
  const here = words[at]!.getBoundingClientRect();
  const ahead = step === "down" ? words.slice(at + 1) : words.slice(0, at).reverse();
  const isBeyond = (box: DOMRect): boolean => (step === "down" ? box.top >= here.bottom - 2 : box.bottom <= here.top + 2);
  let line: DOMRect | undefined;
  let best: Range | undefined;
  let nearest = Infinity;
  for (const word of ahead) {
    const box = word.getBoundingClientRect();
    if (!line && isBeyond(box)) line = box;
    if (!line) continue;
    if (Math.abs(box.top - line.top) > line.height / 2) break;
    const distance = Math.abs((box.left + box.right - here.left - here.right) / 2);
    if (distance < nearest) [best, nearest] = [word, distance];
  }
  return best ?? words[at];
}
