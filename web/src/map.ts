/**
 * Maps of places as discs of their radius, without a network.
 *
 * `<div class="map" data-map data-geojson="…" aria-label="…"></div>`, and a list of the same places beside it, which is
 * there for all who do not see the map and where none can be drawn.
 *
 * - `data-geojson`: an address, or `#id` of an element that holds the JSON (`<script type="application/json">`). Features are
 *   points with `radius_km`, or areas; with `id`, `name`, and `kind` `main` (default), `parent` or `near`. A change of the
 *   attribute draws the new places; so does the event `places` with a FeatureCollection as its detail.
 * - `data-pmtiles="/map.pmtiles"`: a map of one's own (Protomaps' schema) instead of the one in the package.
 * - `data-map="free"`: the wheel zooms at once; otherwise with Ctrl held, so that pages scroll past maps.
 * - A click on a place fires `select` with the place's properties, and follows the link of its `[data-place="id"]` in the
 *   page with `data-select="follow"`. What has the pointer or the focus in the list (`[data-place]`) is lit on the map,
 *   and the chosen place in the list gets the class `here`.
 * - When a person has moved the map, `bounds` is fired with `west,south,east,north`, and `data-bounds-to="#field"` is
 *   filled with that and fires `change`.
 * - `data-idle` is there while all that is in sight is drawn.
 * - Where content with a map is swapped for other content with one on the same ground, the map stays and shows the new places.
 * - Keys while the map has the focus: arrows move, + and − zoom.
 */

import "maplibre-gl/dist/maplibre-gl.css";
import workerAt from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import {
  addProtocol,
  AttributionControl,
  Map as Drawn,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
  type ExpressionSpecification,
  type GeoJSONSource,
  type LayerSpecification,
  type MapLayerMouseEvent,
  type StyleSpecification,
} from "maplibre-gl";
import type { FeatureCollection } from "geojson";
import { baseMap, FINE_FROM, refine } from "./basemap";
import { coloursNow, isDark, onColours, type Colours } from "./colours";
import { onLeave } from "./content";
import { keepSpare } from "./spare";
import { boundsOf, discsOf, middlesOf, type PlaceProperties } from "./places";
import { language, phrase } from "./wording";

const HIT = ["disc-fill", "middle"];
const NOTHING: FeatureCollection = { type: "FeatureCollection", features: [] };

setWorkerUrl(workerAt);

/** Draws the map of an element with `data-map`, or says plainly that there is none. */
export async function drawMap(room: HTMLElement): Promise<void> {
  if (!canDraw()) return sayPlainly(room, phrase("noMap"));
  let places: FeatureCollection;
  try {
    places = await placesOf(room);
  } catch {
    return sayPlainly(room, phrase("noPlaces"));
  }
  try {
    new PlaceMap(room, places, await styleOf(room));
  } catch {
    sayPlainly(room, phrase("noMap"));
  }
}

function canDraw(): boolean {
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}

function sayPlainly(room: HTMLElement, words: string): void {
  const said = document.createElement("p");
  said.className = "plain";
  said.textContent = words;
  room.replaceChildren(said);
}

async function placesOf(room: HTMLElement): Promise<FeatureCollection> {
  const from = room.dataset["geojson"];
  if (!from) return NOTHING;
  if (from.startsWith("#")) return JSON.parse(document.querySelector(from)?.textContent ?? "") as FeatureCollection;
  const answer = await fetch(from, { headers: { Accept: "application/geo+json" } });
  if (!answer.ok) throw new Error(`${from}: ${answer.status}`);
  return (await answer.json()) as FeatureCollection;
}

async function styleOf(room: HTMLElement): Promise<StyleSpecification> {
  const colours = coloursNow();
  const own = room.dataset["pmtiles"];
  const base = own ? await ownMap(own) : await baseMap(colours);
  return {
    ...base,
    sources: { ...base.sources, discs: geojson(NOTHING), middles: geojson(NOTHING) },
    layers: [...base.layers.filter((layer) => !isLabel(layer)), ...discLayers(colours), ...base.layers.filter(isLabel), ...nameLayers(colours)],
  };
}

function geojson(data: FeatureCollection): StyleSpecification["sources"][string] {
  return { type: "geojson", data, promoteId: "id", tolerance: 0.05 };
}

function isLabel({ type }: LayerSpecification): boolean {
  return type === "symbol";
}

let knowsTiles = false;

async function ownMap(address: string): Promise<StyleSpecification> {
  const [{ Protocol }, { layers, namedFlavor }] = await Promise.all([import("pmtiles"), import("@protomaps/basemaps")]);
  if (!knowsTiles) addProtocol("pmtiles", new Protocol().tile);
  knowsTiles = true;
  const url = `pmtiles://${new URL(address, document.baseURI).href}`;
  const drawn = layers("tiles", namedFlavor(isDark() ? "dark" : "white"), { lang: language });
  return {
    version: 8,
    sources: { tiles: { type: "vector", url, attribution: phrase("openStreetMap") } },
    layers: (drawn as LayerSpecification[]).filter(isWithoutPictures).map(withoutPicture),
  };
}

/** Layers that are pictures only (shields, arrows, points of interest) would want a sheet of pictures. */
function isWithoutPictures({ id }: LayerSpecification): boolean {
  return !/pois|shield|oneway/.test(id);
}

function withoutPicture(layer: LayerSpecification): LayerSpecification {
  if (layer.type !== "symbol" || !layer.layout) return layer;
  const kept = Object.entries(layer.layout).filter(([name]) => !name.startsWith("icon-"));
  return { ...layer, layout: Object.fromEntries(kept) };
}

const IS_SIDE: ExpressionSpecification = ["in", ["coalesce", ["get", "kind"], "main"], ["literal", ["near", "parent"]]];

function discLayers(colours: Colours): LayerSpecification[] {
  const lit: ExpressionSpecification = ["boolean", ["feature-state", "lit"], false];
  const colour: ExpressionSpecification = ["case", IS_SIDE, colours.dim, colours.harm];
  return [
    {
      id: "disc-fill",
      type: "fill",
      source: "discs",
      filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": colour, "fill-opacity": ["case", lit, 0.45, IS_SIDE, 0.06, 0.18] },
    },
    {
      id: "disc-edge",
      type: "line",
      source: "discs",
      filter: ["all", ["==", ["geometry-type"], "Polygon"], ["!", IS_SIDE]],
      paint: { "line-color": colour, "line-width": ["case", lit, 3, 1.5] },
    },
    {
      id: "side-edge",
      type: "line",
      source: "discs",
      filter: IS_SIDE,
      paint: { "line-color": colour, "line-width": ["case", lit, 3, 1.25], "line-dasharray": [2, 2] },
    },
    {
      id: "middle",
      type: "circle",
      source: "middles",
      paint: {
        "circle-radius": ["case", lit, 9, 6],
        "circle-color": colour,
        "circle-opacity": ["case", lit, 0.5, 0.15],
        "circle-stroke-color": colour,
        "circle-stroke-width": ["case", lit, 2.5, 1],
        "circle-stroke-opacity": 0.8,
      },
    },
  ];
}

function nameLayers(colours: Colours): LayerSpecification[] {
  return [
    {
      id: "place-name",
      type: "symbol",
      source: "middles",
      layout: {
        "text-field": ["coalesce", ["get", "name"], ""],
        "text-font": ["Bold"],
        "text-size": 13,
        "text-offset": [0, 0.9],
        "text-anchor": "top",
        "text-optional": true,
      },
      paint: { "text-color": ["case", IS_SIDE, colours.dim, colours.ink], "text-halo-color": colours.raised, "text-halo-width": 2 },
    },
  ];
}

class PlaceMap {
  private readonly map: Drawn;
  private readonly leaving = new AbortController();
  private lit: string | undefined;

  constructor(
    private readonly room: HTMLElement,
    private places: FeatureCollection,
    style: StyleSpecification,
  ) {
    room.replaceChildren();
    const isFree = room.dataset["map"] === "free";
    this.map = new Drawn({
      container: room,
      style,
      locale: localeOf(room),
      cooperativeGestures: !isFree,
      attributionControl: false,
      canvasContextAttributes: { preserveDrawingBuffer: true }, // so that maps are printed
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxZoom: 16,
      center: [20, 20],
      zoom: 1,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    const isRtl = getComputedStyle(room).direction === "rtl";
    this.map.addControl(new NavigationControl({ showCompass: false }), isRtl ? "top-left" : "top-right");
    this.map.addControl(new ScaleControl({ maxWidth: 96 }), isRtl ? "bottom-right" : "bottom-left");
    const credits = room.dataset["pmtiles"] ? [] : [phrase("borders"), phrase("towns")];
    this.map.addControl(new AttributionControl({ compact: true, customAttribution: credits }), isRtl ? "bottom-left" : "bottom-right");
    this.listen();
    this.show(true);
    room.dataset["drawn"] = "";
  }

  private listen(): void {
    const { map, room } = this;
    const signal = this.leaving.signal;
    let isFine = false;
    map.on("style.load", () => {
      isFine = false;
      this.show(false);
    });
    map.on("idle", () => {
      if (isFine || map.getZoom() < FINE_FROM) return;
      isFine = true;
      void refine(map);
    });
    map.once("idle", tellDrawn);
    map.on("idle", () => (room.dataset["idle"] = ""));
    for (const change of ["dataloading", "movestart", "resize"] as const) map.on(change, () => delete room.dataset["idle"]);
    map.once("load", () => room.querySelector(".maplibregl-ctrl-attrib")?.classList.remove("maplibregl-compact-show"));
    map.on("mousemove", HIT, (event) => this.light(idAt(event)));
    map.on("mouseleave", HIT, () => this.light(undefined));
    map.on("click", HIT, (event) => this.select(event));
    map.on("moveend", (event) => this.moved(event.originalEvent !== undefined));
    onColours(() => void styleOf(room).then((style) => map.setStyle(style, { diff: false })), signal);
    room.addEventListener("places", (event) => this.change((event as CustomEvent<FeatureCollection>).detail), { signal });
    for (const [entering, leaving] of [["pointerover", "pointerout"], ["focusin", "focusout"]] as const) {
      document.addEventListener(entering, (event) => this.light(listedId(event.target)), { signal });
      document.addEventListener(leaving, (event) => listedId(event.target) && this.light(undefined), { signal });
    }
    const watching = new MutationObserver(() => void placesOf(room).then((places) => this.change(places)));
    watching.observe(room, { attributeFilter: ["data-geojson"] });
    const remove = (): void => {
      this.leaving.abort();
      watching.disconnect();
      map.remove();
    };
    onLeave(room, () => keepSpare({ room, remove }));
  }

  private change(places: FeatureCollection): void {
    this.places = places;
    this.lit = undefined;
    this.show(true);
    this.map.once("idle", tellDrawn);
  }

  /** Draws the places, as soon as the style is there, and has them all in sight. */
  private show(fit: boolean): void {
    const discs = discsOf(this.places);
    void this.source("discs")?.setData(discs);
    void this.source("middles")?.setData(middlesOf(this.places));
    const bounds = fit ? boundsOf(discs) : null;
    if (bounds) this.map.fitBounds(bounds, { padding: this.padding(), maxZoom: 11, animate: false });
  }

  /** Room around the places, so that their names are not cut. */
  private padding(): { top: number; bottom: number; left: number; right: number } {
    const aside = Math.min(96, this.room.clientWidth / 5);
    return { top: 32, bottom: 56, left: aside, right: aside };
  }

  private source(name: string): GeoJSONSource | undefined {
    return this.map.style?._loaded ? this.map.getSource<GeoJSONSource>(name) : undefined;
  }

  private light(id: string | undefined): void {
    if (id === this.lit) return;
    this.setLit(this.lit, false);
    this.setLit(id, true);
    this.lit = id;
    this.map.getCanvas().style.cursor = id === undefined ? "" : "pointer";
  }

  private setLit(id: string | undefined, lit: boolean): void {
    if (id === undefined || !this.source("discs")) return;
    for (const source of ["discs", "middles"]) this.map.setFeatureState({ source, id }, { lit });
  }

  private select(event: MapLayerMouseEvent): void {
    const properties = event.features?.[0]?.properties as PlaceProperties | undefined;
    if (!properties) return;
    this.room.dispatchEvent(new CustomEvent<PlaceProperties>("select", { bubbles: true, detail: properties }));
    for (const listed of document.querySelectorAll<HTMLElement>("[data-place]")) {
      const isChosen = listed.dataset["place"] === String(properties.id);
      listed.classList.toggle("here", isChosen);
      if (!isChosen) continue;
      listed.scrollIntoView({ block: "nearest" });
      if (this.room.dataset["select"] === "follow") (listed.querySelector<HTMLElement>("a, button") ?? listed).click();
    }
  }

  private moved(byPerson: boolean): void {
    if (!byPerson) return;
    const seen = this.map.getBounds();
    const bounds = [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()].map((degree) => degree.toFixed(3)).join(",");
    this.room.dispatchEvent(new CustomEvent<string>("bounds", { bubbles: true, detail: bounds }));
    const field = this.room.dataset["boundsTo"] ? document.querySelector<HTMLInputElement>(this.room.dataset["boundsTo"]) : null;
    if (!field) return;
    field.value = bounds;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/** What benchmarks wait for. */
function tellDrawn(): void {
  performance.mark("map drawn");
}

function idAt(event: MapLayerMouseEvent): string | undefined {
  const place = event.features?.[0];
  return place && String(place.id ?? place.properties["id"]);
}

function listedId(target: EventTarget | null): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>("[data-place]")?.dataset["place"] : undefined;
}

function localeOf(room: HTMLElement): Record<string, string> {
  return {
    "Map.Title": room.getAttribute("aria-label") ?? phrase("map"),
    "NavigationControl.ZoomIn": phrase("zoomIn"),
    "NavigationControl.ZoomOut": phrase("zoomOut"),
    "AttributionControl.ToggleAttribution": phrase("credits"),
    "ScaleControl.Kilometers": phrase("kilometres"),
    "ScaleControl.Meters": phrase("metres"),
    "CooperativeGesturesHandler.WindowsHelpText": phrase("zoomKey", { key: "Ctrl" }),
    "CooperativeGesturesHandler.MacHelpText": phrase("zoomKey", { key: "⌘" }),
    "CooperativeGesturesHandler.MobileHelpText": phrase("twoFingers"),
  };
}
