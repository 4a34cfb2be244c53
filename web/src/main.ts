/** What every page loads: the styles, htmx, and what the page's marks (`data-…`) ask for. Maps are fetched when there is one. */

import "./styles/main.css";
import { startBrushes } from "./brush";
import { afterPaint, onEach } from "./content";
import { startKeys } from "./keys";
import { startLights } from "./lights";
import { takeSpare } from "./spare";
import { startSwapping } from "./swapping";
import { startWords } from "./words";

startSwapping();
startKeys();
startLights();
startWords();
startBrushes();
onEach(".head nav [aria-current]", (link) => link.scrollIntoView({ block: "nearest", inline: "center" }));
onEach("[data-map]", (room) => takeSpare(room) || afterPaint(() => void import("./map").then(({ drawMap }) => drawMap(room))));
