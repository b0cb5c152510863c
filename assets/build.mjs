// Builds assets/dist/ from assets/ and the pinned packages: styles, scripts, fonts, icons, htmx.
// Plain names: the file names get their hashes from Django's manifest storage.
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { bootstrapParts } from "./build/bootstrap.mjs";
import { fontSubsets } from "./build/fonts.mjs";
import { sprite } from "./build/icons.mjs";

const assets = path.dirname(fileURLToPath(import.meta.url));
const packages = path.join(assets, "..", "node_modules");
const dist = path.join(assets, "dist");

async function styles() {
  const result = await build({
    entryPoints: ["site.css", "admin.css", "map.css"].map((name) => path.join(assets, "css", name)),
    outdir: path.join(dist, "css"),
    bundle: true,
    minify: true,
    metafile: true,
    target: ["chrome111", "firefox113", "safari16.4"],
    loader: { ".woff2": "file", ".png": "dataurl" },
    assetNames: "../fonts/[name]",
    plugins: [bootstrapParts(packages), fontSubsets(packages)],
    logLevel: "warning",
  });
  return Object.entries(result.metafile.outputs);
}

async function scripts() {
  const sources = (await readdir(path.join(assets, "js"))).filter((name) => name.endsWith(".js"));
  const result = await build({
    entryPoints: sources.map((name) => path.join(assets, "js", name)),
    outdir: path.join(dist, "js"),
    bundle: true,
    minify: true,
    metafile: true,
    format: "iife",
    target: "es2022",
    legalComments: "none",
    logLevel: "warning",
  });
  return Object.entries(result.metafile.outputs);
}

async function htmx() {
  const source = await readFile(path.join(packages, "htmx.org", "dist", "htmx.min.js"), "utf8");
  // Its source map is not shipped, and a manifest storage refuses a reference to a missing file.
  await writeFile(path.join(dist, "js", "htmx.js"), source.replace(/\n?\/\/# sourceMappingURL=.*$/m, "\n"));
}

const started = Date.now();
await rm(dist, { recursive: true, force: true });
await mkdir(path.join(dist, "js"), { recursive: true });
const outputs = await Promise.all([
  styles(),
  scripts(),
  htmx(),
  copyFile(path.join(assets, "mark.svg"), path.join(dist, "mark.svg")),
  sprite(packages, path.join(assets, "icons.txt"), path.join(dist, "icons.svg")),
]);
const bytes = outputs.flat().filter(Boolean).reduce((sum, [, output]) => sum + (output.bytes ?? 0), 0);
console.log(`assets: ${Math.round(bytes / 1024)} KB of styles, scripts and fonts in ${Date.now() - started} ms`);
