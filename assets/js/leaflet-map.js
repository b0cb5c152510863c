// The live map: wards, pins and the list beside it in step. `map.js` loads it when it is needed.
import { startMap } from "./lib/map/section.js";

startMap();
