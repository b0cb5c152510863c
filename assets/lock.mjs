// Takes the funding links out of package-lock.json, so that the lock holds versions and hashes and no address.
import { readFile, writeFile } from "node:fs/promises";

const path = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(await readFile(path, "utf8"));
for (const entry of Object.values(lock.packages)) {
  delete entry.funding;
  delete entry.resolved;
}
await writeFile(path, JSON.stringify(lock, null, 2) + "\n");
