/** What every page loads: the styles, htmx, and what the page's marks ask for. */

import "./styles/main.css";
import { startSwapping } from "./swapping";

startSwapping();
