import { readFile } from "node:fs/promises";
import path from "node:path";
import subsetFont from "subset-font";

const FACE = /@font-face\s*{[^}]*}/g;
const WOFF = /,\s*url\([^)]*\.woff\)\s*format\(['"]woff['"]\)/g;

/**
 * Fonts, as small as they can be.
 *
 * Be Vietnam Pro: woff2 only; of two faces whose ranges overlap the browser takes the later one, and ă, đ, ơ, ư lie
 * in both latin-ext and vietnamese: latin-ext goes first, so a Vietnamese page does not load it.
 * Inter: only its ten digits are used, so its files are cut down to them.
 */
export function fontSubsets(packages) {
  return {
    name: "font-subsets",
    setup(builder) {
      builder.onLoad({ filter: /@fontsource[\\/]be-vietnam-pro[\\/].*\.css$/ }, async ({ path: file }) => {
        const faces = (await readFile(file, "utf8")).replace(WOFF, "").match(FACE);
        faces.sort((a, b) => Number(b.includes("-latin-ext-")) - Number(a.includes("-latin-ext-")));
        return { contents: faces.join("\n"), loader: "css" };
      });
      builder.onLoad({ filter: /@fontsource[\\/]inter[\\/]files[\\/].*\.woff2$/ }, async ({ path: file }) => ({
        contents: await subsetFont(await readFile(file), "0123456789", { targetFormat: "woff2" }),
        loader: "file",
      }));
      builder.onResolve({ filter: /^@fontsource\// }, ({ path: name }) => ({ path: path.join(packages, name) }));
    },
  };
}
