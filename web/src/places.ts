/** Places as they are drawn: discs of their radius, on the ground and not on the screen. */

import type { Feature, FeatureCollection, Position } from "geojson";

const EARTH_KM = 6371.0088;
const CORNERS = 64;

/** What the map knows of a place: the properties of its GeoJSON feature, all but `id` optional. */
export interface PlaceProperties {
  id: string | number;
  name?: string;
  radius_km?: number | null;
  kind?: string;
}

/** Points become discs of `radius_km`; areas and lines stay as they are. */
export function discsOf(places: FeatureCollection): FeatureCollection {
  return { type: "FeatureCollection", features: places.features.filter((place) => place.geometry).map(discOf) };
}

/** The middles of points, for rings that can be seen and hit however small the disc is. */
export function middlesOf(places: FeatureCollection): FeatureCollection {
  return { type: "FeatureCollection", features: places.features.filter((place) => place.geometry?.type === "Point") };
}

/** West, south, east, north of discs and areas; null where there are none. */
export function boundsOf(discs: FeatureCollection): [number, number, number, number] | null {
  const points = discs.features.flatMap(({ geometry }) => positions((geometry as { coordinates?: unknown }).coordinates));
  if (points.length === 0) return null;
  return points.reduce<[number, number, number, number]>(
    ([west, south, east, north], [x, y]) => [Math.min(west, x!), Math.min(south, y!), Math.max(east, x!), Math.max(north, y!)],
    [180, 90, -180, -90],
  );
}

function discOf(place: Feature): Feature {
  if (place.geometry.type !== "Point") return place;
  const radius = Number((place.properties as PlaceProperties | null)?.radius_km ?? 0);
  if (!(radius > 0)) return place;
  return { ...place, geometry: { type: "Polygon", coordinates: [circle(place.geometry.coordinates, radius)] } };
}

function circle([longitude, latitude]: Position, radius: number): Position[] {
  const [x, y, reach] = [radians(longitude!), radians(latitude!), Math.min(radius / EARTH_KM, Math.PI / 2)];
  const corners = Array.from({ length: CORNERS }, (_, at) => {
    const bearing = (-2 * Math.PI * at) / CORNERS;
    const north = Math.asin(Math.sin(y) * Math.cos(reach) + Math.cos(y) * Math.sin(reach) * Math.cos(bearing));
    const east = Math.atan2(Math.sin(bearing) * Math.sin(reach) * Math.cos(y), Math.cos(reach) - Math.sin(y) * Math.sin(north));
    return [degrees(x + east), degrees(north)];
  });
  return [...corners, corners[0]!];
}

function radians(degree: number): number {
  return (degree * Math.PI) / 180;
}

function degrees(radian: number): number {
  return (radian * 180) / Math.PI;
}

function positions(coordinates: unknown): Position[] {
  if (!Array.isArray(coordinates)) return [];
  return typeof coordinates[0] === "number" ? [coordinates as Position] : coordinates.flatMap(positions);
}
