// Bundles what the browser loads into the package: one script for the room, one for the other pages, and every style
// sheet. `node build.mjs --dev` keeps it readable and adds source maps; `--outdir=FOLDER` builds somewhere else.
import { readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const dev = process.argv.includes("--dev");
const styles = fileURLToPath(new URL("../src/openbalint/web/static/openbalint/", import.meta.url));
const elsewhere = process.argv.find((word) => word.startsWith("--outdir="))?.slice("--outdir=".length);
const outdir = elsewhere ?? fileURLToPath(new URL("../src/openbalint/web/static/build/", import.meta.url));

/** Style sheets by name; those that begin with "_" are only imported by others. */
const sheets = readdirSync(styles).filter((name) => name.endsWith(".css") && !name.startsWith("_"));

await rm(outdir, { recursive: true, force: true });
const shared = {
  outdir,
  bundle: true,
  minify: !dev,
  sourcemap: dev ? "inline" : false,
  target: ["chrome109", "firefox102", "safari15.4"],
  legalComments: "eof",
  logLevel: "warning",
};
await Promise.all([
  build({
    ...shared,
    absWorkingDir: fileURLToPath(new URL(".", import.meta.url)),
    entryPoints: { room: "src/room/main.ts", pages: "src/pages/main.ts" },
    format: "esm",
    splitting: true,
    chunkNames: "chunks/[name]-[hash]",
  }),
  build({ ...shared, entryPoints: sheets.map((name) => styles + name), loader: { ".svg": "dataurl" } }),
]);
