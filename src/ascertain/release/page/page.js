// Sorts the tables and filters the incidents. The page tells the same without it.
(() => {
  "use strict";
  const all = (what, within = document) => [...within.querySelectorAll(what)];
  const say = all("[data-sorts]").length && document.documentElement.lang;
  all(".needs-script").forEach((one) => (one.hidden = false));

  const keyOf = (row, at) => {
    const cell = row.cells[at];
    const key = cell.dataset.key ?? cell.textContent;
    return /^-?\d+$/.test(key) ? Number(key) : key;
  };
  const order = new Intl.Collator(say || undefined, { numeric: true });
  const sorted = (table, at, down) => {
    const rows = [...table.tBodies[0].rows].map((row) => [keyOf(row, at), row]);
    const compare = ([one], [other]) => (typeof one === "number" && typeof other === "number" ? one - other : order.compare(one, other));
    rows.sort((one, other) => (down ? compare(other, one) : compare(one, other)));
    table.tBodies[0].append(...rows.map(([, row]) => row));
  };
  for (const table of all("table[data-sorts]")) {
    all("thead th", table).forEach((head, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      // A browser repeats a head on each page of paper only where it holds nothing but words.
      addEventListener("beforeprint", () => head.replaceChildren(button.textContent));
      addEventListener("afterprint", () => head.replaceChildren(button));
      button.addEventListener("click", () => {
        const now = head.getAttribute("aria-sort");
        const number = typeof keyOf(table.tBodies[0].rows[0] ?? { cells: { [at]: head } }, at) === "number";
        const down = now ? now === "ascending" : number;
        all("thead th", table).forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        sorted(table, at, down);
      });
    });
  }

  const form = document.querySelector("form.filter");
  if (!form) return;
  const rows = all("[data-incidents] tbody tr");
  const status = form.querySelector("[role=status]");
  const text = new Map(rows.map((row) => [row, row.textContent.replace(/[\u2066-\u2069]/g, "").toLocaleLowerCase()]));
  const fields = ["words", "grading", "type", "from", "to"];
  let place = "";
  const wanted = () => ({ ...Object.fromEntries(fields.map((name) => [name, form.elements[name].value.trim()])), place });
  const fits = (row, by) =>
    (!by.words || text.get(row).includes(by.words.toLocaleLowerCase())) &&
    (!by.grading || row.dataset.grading === by.grading) &&
    (!by.type || row.dataset.type === by.type) &&
    (!by.place || row.dataset.place === by.place) &&
    (!by.from || (row.dataset.end && row.dataset.end >= by.from)) &&
    (!by.to || (row.dataset.start && row.dataset.start <= by.to));
  const show = (keep = true) => {
    const by = wanted();
    const shown = rows.filter((row) => !(row.hidden = !fits(row, by)));
    status.textContent = status.dataset.told.replace("\u0001", shown.length.toLocaleString("en"));
    for (const bucket of all(".bucket[data-brush]"))
      bucket.classList.toggle("chosen", Boolean(by.from || by.to) && (!by.to || bucket.dataset.start <= by.to) && (!by.from || bucket.dataset.end >= by.from));
    for (const ring of all(".ring")) ring.classList.toggle("chosen", Boolean(place) && ring.dataset.place === place);
    const given = Object.entries(by).filter(([, value]) => value);
    if (keep) history.replaceState(null, "", given.length ? `#?${new URLSearchParams(given)}` : location.pathname + location.search);
  };
  const begin = () => {
    if (!location.hash.startsWith("#?")) return false;
    const given = new URLSearchParams(location.hash.slice(2));
    fields.forEach((name) => (form.elements[name].value = given.get(name) ?? ""));
    place = given.get("place") ?? "";
    return true;
  };
  form.addEventListener("input", () => show());
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("button").addEventListener("click", () => {
    form.reset();
    place = "";
    show();
  });
  for (const bucket of all(".bucket[data-brush]"))
    bucket.addEventListener("click", (event) => {
      const { start, end } = bucket.dataset;
      const longer = event.shiftKey && form.elements.from.value;
      const same = form.elements.from.value === start && form.elements.to.value === end;
      form.elements.from.value = same ? "" : longer && form.elements.from.value < start ? form.elements.from.value : start;
      form.elements.to.value = same ? "" : longer && form.elements.to.value > end ? form.elements.to.value : end;
      show();
    });
  for (const ring of all(".ring"))
    ring.addEventListener("click", () => {
      place = place === ring.dataset.place ? "" : ring.dataset.place;
      show();
    });
  show(begin());
})();
