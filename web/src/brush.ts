/**
 * Choosing a span of time on a timeline, by dragging or by keys.
 *
 * - `data-brush-form="#filters"` on an element around the chart: the form that the span goes to. Its fields are named
 *   `from` and `to`, or as `data-brush-from` and `data-brush-to` say; it is submitted when a span has been chosen.
 * - Each bucket of the chart carries `data-start` and `data-end` (days, ISO 8601) and a `<title>` that says what it is.
 *   Chosen buckets get the class `chosen`.
 * - By keys: the element takes the focus; arrows choose a bucket, with Shift more; Enter submits; Escape lets go.
 */

import { onEach } from "./content";
import { sayQuietly } from "./saying";
import { phrase } from "./wording";

const BUCKET = "[data-start][data-end]";

/** Lets spans be chosen in each `[data-brush-form]`. */
export function startBrushes(): void {
  onEach("[data-brush-form]", (chart) => new Brush(chart));
}

class Brush {
  private anchor = -1;
  private head = -1;
  private dragging = false;

  constructor(private readonly chart: HTMLElement) {
    chart.tabIndex = 0;
    chart.classList.add("brush");
    if (!chart.hasAttribute("role")) chart.setAttribute("role", "group");
    chart.addEventListener("pointerdown", (event) => this.down(event));
    chart.addEventListener("pointermove", (event) => this.drag(event));
    chart.addEventListener("pointerup", () => this.release());
    chart.addEventListener("pointercancel", () => this.stop());
    chart.addEventListener("keydown", (event) => this.press(event));
    chart.addEventListener("focus", () => sayQuietly(phrase("brushKeys")));
    this.show();
  }

  private get buckets(): SVGElement[] {
    return [...this.chart.querySelectorAll<SVGElement>(BUCKET)];
  }

  private down(event: PointerEvent): void {
    const at = this.under(event);
    if (event.button !== 0 || at < 0) return;
    this.anchor = this.head = at;
    this.dragging = true;
    this.chart.setPointerCapture(event.pointerId);
    this.mark();
  }

  private drag(event: PointerEvent): void {
    if (!this.dragging) return;
    const at = this.under(event);
    if (at >= 0 && at !== this.head) {
      this.head = at;
      this.mark();
    }
  }

  private release(): void {
    if (!this.dragging) return;
    this.stop();
    this.submit();
  }

  private stop(): void {
    this.dragging = false;
  }

  private under(event: PointerEvent): number {
    const x = event.clientX;
    const boxes = this.buckets.map((bucket) => bucket.getBoundingClientRect());
    return boxes.findIndex((box) => x >= box.left && x <= box.right);
  }

  private press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || this.buckets.length === 0) return;
    const rtl = getComputedStyle(this.chart).direction === "rtl";
    const steps: Record<string, number> = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 };
    const step = steps[event.key];
    if (step !== undefined) this.move(step, event.shiftKey);
    else if (event.key === "Enter" && this.head >= 0) this.submit();
    else if (event.key === "Escape" && this.head >= 0) this.show();
    else return;
    event.preventDefault();
  }

  private move(step: number, extend: boolean): void {
    const last = this.buckets.length - 1;
    this.head = this.head < 0 ? (step > 0 ? 0 : last) : Math.min(Math.max(this.head + step, 0), last);
    if (!extend || this.anchor < 0) this.anchor = this.head;
    this.mark();
    sayQuietly(this.buckets[this.head]?.querySelector("title")?.textContent ?? "");
  }

  private get span(): [number, number] {
    return this.anchor <= this.head ? [this.anchor, this.head] : [this.head, this.anchor];
  }

  private mark(): void {
    const [first, last] = this.span;
    this.buckets.forEach((bucket, at) => bucket.classList.toggle("chosen", at >= first && at <= last));
  }

  /** Marks what the form's fields say now. */
  private show(): void {
    const [from, to] = [this.field("from")?.value ?? "", this.field("to")?.value ?? ""];
    this.anchor = this.head = -1;
    for (const bucket of this.buckets) {
      const { start, end } = bucket.dataset as { start: string; end: string };
      bucket.classList.toggle("chosen", Boolean(from || to) && (!from || end >= from) && (!to || start <= to));
    }
  }

  private submit(): void {
    const [first, last] = this.span;
    const [start, end] = [this.buckets[first]?.dataset["start"], this.buckets[last]?.dataset["end"]];
    const [from, to] = [this.field("from"), this.field("to")];
    if (!start || !end || !from || !to) return;
    [from.value, to.value] = [start, end];
    sayQuietly(phrase("from", { start, end }));
    from.form?.requestSubmit();
  }

  private field(end: "from" | "to"): HTMLInputElement | undefined {
    const form = document.querySelector<HTMLFormElement>(this.chart.dataset["brushForm"] || "form");
    const name = (end === "from" ? this.chart.dataset["brushFrom"] : this.chart.dataset["brushTo"]) ?? end;
    const found = form?.elements.namedItem(name);
    return found instanceof HTMLInputElement ? found : undefined;
  }
}
