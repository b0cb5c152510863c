import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/** Writes one SVG with a <symbol> for each icon named in `list`. Stops on a name that the package does not have. */
export async function sprite(packages, list, target) {
  const lines = (await readFile(list, "utf8")).split("\n").map((line) => line.trim());
  const names = lines.filter((line) => line && !line.startsWith("#"));
  const symbols = await Promise.all(names.map((name) => symbol(packages, name)));
  await writeFile(target, `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
}

async function symbol(packages, name) {
  const file = path.join(packages, "bootstrap-icons", "icons", `${name}.svg`);
  const source = await readFile(file, "utf8").catch(() => {
    throw new Error(`assets/icons.txt names “${name}”, which bootstrap-icons does not have`);
  });
  const inner = source.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "");
  return `<symbol id="${name}" viewBox="0 0 16 16">${inner.replace(/>\s+</g, "><").trim()}</symbol>`;
}
