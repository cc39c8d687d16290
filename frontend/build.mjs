// Bundles what the browser loads into the package: one script for the room, one for the other pages, and every style
// sheet. `node build.mjs --dev` keeps it readable and adds source maps; `--outdir=FOLDER` builds somewhere else.
//
// A server may be starting while this runs. So everything is built beside and then moved in, file by file: what others
// import comes first, what nobody needs any more goes last, and at no moment is a file missing.
import { readdirSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const dev = process.argv.includes("--dev");
const styles = fileURLToPath(new URL("../src/openbalint/web/static/openbalint/", import.meta.url));
const elsewhere = process.argv.find((word) => word.startsWith("--outdir="))?.slice("--outdir=".length);
const outdir = elsewhere ?? fileURLToPath(new URL("../src/openbalint/web/static/build", import.meta.url));

/** Style sheets by name; those that begin with "_" are only imported by others. */
const sheets = readdirSync(styles).filter((name) => name.endsWith(".css") && !name.startsWith("_"));

const here = fileURLToPath(new URL(".", import.meta.url));
const beside = await mkdtemp(join(tmpdir(), "openbalint-"));
const shared = {
  outdir: beside,
  bundle: true,
  minify: !dev,
  sourcemap: dev ? "inline" : false,
  target: ["chrome109", "firefox102", "safari15.4"],
  legalComments: "eof",
  logLevel: "warning",
};
try {
  await Promise.all([
    build({
      ...shared,
      absWorkingDir: here,
      entryPoints: { room: "src/room/main.ts", pages: "src/pages/main.ts" },
      format: "esm",
      splitting: true,
      chunkNames: "chunks/[name]-[hash]",
    }),
    build({
      ...shared,
      absWorkingDir: here,
      entryPoints: { "e2ee-worker": "livekit-client/e2ee-worker" },
      format: "iife",
    }),
    build({ ...shared, entryPoints: sheets.map((name) => styles + name), loader: { ".svg": "dataurl" } }),
  ]);
  await moveIn(beside, outdir);
} finally {
  await rm(beside, { recursive: true, force: true });
}

async function moveIn(from, to) {
  const made = await filesIn(from);
  const chunks = made.filter((name) => name.startsWith("chunks"));
  for (const name of new Set([...chunks, ...made])) {
    await mkdir(dirname(join(to, name)), { recursive: true });
    const half = join(to, `${name}.new`);
    await copyFile(join(from, name), half);
    await rename(half, join(to, name));
  }
  for (const name of await filesIn(to)) if (!made.includes(name)) await rm(join(to, name));
}

async function filesIn(folder) {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name).slice(folder.length + 1));
}
