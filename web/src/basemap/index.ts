/**
 * The map that every desk has without a network: countries, borders of divisions, towns. Where they come from is told in
 * `web/basemap/`; countries are Natural Earth's 1:50m, and 1:10m for maps of a small area, by way of the package
 * world-atlas (public domain).
 *
 * Letters are drawn from the fonts of the person's machine (a style without `glyphs`), right to left where they are.
 */

import type { FilterSpecification, GeoJSONSource, LayerSpecification, Map as Drawn, SourceSpecification, StyleSpecification } from "maplibre-gl";
import type { Feature, FeatureCollection, MultiPolygon, Point, Polygon, Position } from "geojson";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import fineCountriesAt from "world-atlas/countries-10m.json?url";
import countriesAt from "world-atlas/countries-50m.json?url";
import divisionsAt from "./divisions.json?url";
import townsAt from "./towns.json?url";
import codesAt from "./codes.json?url";
import { language } from "../wording";
import type { Colours } from "../colours";

type Countries = Topology<{ countries: GeometryCollection<{ name: string }> }>;
type Town = [longitude: number, latitude: number, name: string, zoom: number];

interface Parts {
  land: FeatureCollection;
  borders: Feature;
  divisions: Feature;
  names: FeatureCollection;
  towns: FeatureCollection;
}

/** The zoom from which finer shores and borders can be seen. */
export const FINE_FROM = 5.5;

let loading: Promise<Parts> | undefined;
let refining: Promise<Pick<Parts, "land" | "borders">> | undefined;

/** The style of the base map, in the page's colours. Its data are fetched once a page. */
export async function baseMap(colours: Colours): Promise<StyleSpecification> {
  loading ??= load();
  return { version: 8, sources: sourcesOf(await loading), layers: layersOf(colours) };
}

/** Draws shores and borders of countries more finely, for a map that is near enough to show it. */
export async function refine(map: Drawn): Promise<void> {
  if (!map.getSource("land")) return;
  refining ??= fetchJson(fineCountriesAt).then((countries) => drawnOf(countries as Countries));
  for (const [name, data] of Object.entries(await refining)) map.getSource<GeoJSONSource>(name)?.setData(data);
}

function drawnOf(countries: Countries): Pick<Parts, "land" | "borders"> {
  const all = countries.objects.countries;
  return { land: unwrapped(feature(countries, all) as FeatureCollection<Polygon | MultiPolygon>), borders: plain(mesh(countries, all, (one, other) => one !== other)) };
}

/** Countries with the shores that the 180th meridian cuts in one piece, east or west of it: world-atlas stitches them. */
function unwrapped(countries: FeatureCollection<Polygon | MultiPolygon>): FeatureCollection {
  const pieces = ({ geometry }: Feature<Polygon | MultiPolygon>) =>
    (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates).map((rings) => rings.map(unwrappedRing));
  return collection(countries.features.map((country) => ({ ...country, geometry: { type: "MultiPolygon", coordinates: pieces(country) } })));
}

/** A ring without leaps from one side of the map to the other; one that goes around a pole is closed along it. */
function unwrappedRing(ring: Position[]): Position[] {
  let turns = 0;
  const points = ring.map(([x, y], at) => {
    const leap = at > 0 ? x! - ring[at - 1]![0]! : 0;
    if (Math.abs(leap) > 180) turns -= Math.sign(leap);
    return [x! + 360 * turns, y!];
  });
  if (turns === 0) return points;
  const [first, last] = [points[0]!, points[points.length - 1]!];
  const pole = 90 * Math.sign(first[1]!);
  return [...points, [last[0]!, pole], [first[0]!, pole], first];
}

async function load(): Promise<Parts> {
  const fetched = [countriesAt, divisionsAt, townsAt, codesAt].map(fetchJson);
  const [countries, divisions, towns, codes] = (await Promise.all(fetched)) as [Countries, Topology, Town[], Record<string, string>];
  const drawn = drawnOf(countries);
  const lines = divisions.objects["divisions"]!;
  return {
    ...drawn,
    divisions: plain(mesh(divisions, lines as GeometryCollection)),
    names: collection(drawn.land.features.map((country) => nameOf(country as Country, codes))),
    towns: collection(towns.map(([longitude, latitude, name, zoom], rank) => point([longitude, latitude], { name, zoom, rank }))),
  };
}

async function fetchJson(address: string): Promise<unknown> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

type Country = Feature<Polygon | MultiPolygon, { name: string }>;

/** A country's name in the page's language, in the middle of its largest piece. */
function nameOf(country: Country, codes: Record<string, string>): Feature<Point> {
  const { geometry, properties, id } = country;
  const rings = geometry.type === "Polygon" ? [geometry.coordinates[0]!] : geometry.coordinates.map((piece) => piece[0]!);
  const largest = rings.reduce((one, other) => (areaOf(one) >= areaOf(other) ? one : other));
  const code = codes[String(id)];
  const name = (code && new Intl.DisplayNames([language, "en"], { type: "region", fallback: "none" }).of(code)) || properties.name;
  return point(middleOf(largest), { name, area: areaOf(largest), rank: -areaOf(largest) });
}

function areaOf(ring: Position[]): number {
  return Math.abs(signedArea(ring));
}

function signedArea(ring: Position[]): number {
  return pairs(ring).reduce((sum, [[x1, y1], [x2, y2]]) => sum + (x1 * y2 - x2 * y1) / 2, 0);
}

function middleOf(ring: Position[]): Position {
  const area = signedArea(ring) * 6;
  const [x, y] = pairs(ring).reduce(
    ([sumX, sumY], [[x1, y1], [x2, y2]]) => {
      const cross = x1 * y2 - x2 * y1;
      return [sumX + (x1 + x2) * cross, sumY + (y1 + y2) * cross];
    },
    [0, 0] as [number, number],
  );
  return area === 0 ? ring[0]! : [x / area, y / area];
}

type Pair = [[number, number], [number, number]];

function pairs(ring: Position[]): Pair[] {
  return ring.slice(1).map((end, at) => [ring[at], end] as Pair);
}

function plain(geometry: Feature["geometry"]): Feature {
  return { type: "Feature", properties: {}, geometry };
}

function point(coordinates: Position, properties: Record<string, unknown>): Feature<Point> {
  return { type: "Feature", properties, geometry: { type: "Point", coordinates } };
}

function collection(features: Feature[]): FeatureCollection {
  return { type: "FeatureCollection", features };
}

function sourcesOf(parts: Parts): Record<string, SourceSpecification> {
  return Object.fromEntries(Object.entries(parts).map(([name, data]) => [name, { type: "geojson", data } as SourceSpecification]));
}

function layersOf(colours: Colours): LayerSpecification[] {
  return [
    { id: "sea", type: "background", paint: { "background-color": colours.sunk } },
    { id: "land", type: "fill", source: "land", paint: { "fill-color": colours.raised, "fill-antialias": true } },
    { id: "shore", type: "line", source: "land", paint: { "line-color": colours.line, "line-width": 0.75 } },
    {
      id: "divisions",
      type: "line",
      source: "divisions",
      minzoom: 3.5,
      paint: { "line-color": colours.line, "line-width": 0.75, "line-dasharray": [3, 2] },
    },
    { id: "borders", type: "line", source: "borders", paint: { "line-color": colours.edge, "line-width": 0.75 } },
    ...[3, 4, 5, 6, 7].map((zoom) => towns(zoom, colours)),
    {
      id: "names",
      type: "symbol",
      source: "names",
      maxzoom: 8,
      filter: [">", ["*", ["get", "area"], ["^", 4, ["zoom"]]], 400] as FilterSpecification,
      layout: {
        "text-field": ["get", "name"],
        "text-font": ["sans-serif"],
        "text-size": 13,
        "text-max-width": 7,
        "symbol-sort-key": ["get", "rank"],
      },
      paint: halo(colours, colours.dim),
    },
  ];
}

function towns(zoom: number, colours: Colours): LayerSpecification {
  return {
    id: `towns-${zoom}`,
    type: "symbol",
    source: "towns",
    minzoom: zoom,
    filter: ["==", ["get", "zoom"], zoom],
    layout: {
      "text-field": ["concat", "· ", ["get", "name"]],
      "text-font": ["sans-serif"],
      "text-size": 11.5,
      "text-anchor": "left",
      "symbol-sort-key": ["get", "rank"],
    },
    paint: halo(colours, colours.ink),
  };
}

function halo(colours: Colours, colour: string): { "text-color": string; "text-halo-color": string; "text-halo-width": number } {
  return { "text-color": colour, "text-halo-color": colours.raised, "text-halo-width": 1.5 };
}
