// Fills forms with Enketo in Chromium: the same requests and answers as webforms.mjs, a line each.
//
// Enketo lives in a page, so it is bundled as its own server does and put into a page that comes from no network.
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { chromium } from 'playwright-core';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const CORE = path.join(HERE, 'node_modules', 'enketo-core');
const ORIGIN = 'http://enketo.invalid/';
const FILLS = 40; // what was filled is never quite let go: then the page is loaded anew
const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

/** enketo-core leaves its surroundings to whoever uses it; what it brings along for its own tests is enough. */
const surroundings = {
  name: 'surroundings',
  setup(build) {
    const { browser } = JSON.parse(fs.readFileSync(path.join(CORE, 'package.json'), 'utf8'));
    build.onResolve({ filter: /^enketo\// }, ({ path: name }) => {
      const file = path.join(CORE, browser[name]);
      return { path: fs.existsSync(file) ? file : `${file}.js` };
    });
    build.onResolve({ filter: /^libxslt$/ }, () => ({ path: 'libxslt', external: true })); // in Node only
  },
};

const { outputFiles: [bundle] } = await esbuild.build({
  entryPoints: [path.join(HERE, 'enketo_page.js')],
  bundle: true,
  write: false,
  define: { global: 'window' },
  logLevel: 'error',
  plugins: [surroundings],
});

const [, , executablePath] = process.argv;
const browser = await chromium.launch({ executablePath, args: FLAGS });
const page = await browser.newPage({ timezoneId: 'Asia/Bangkok', locale: 'th-TH' });
const blank = { contentType: 'text/html; charset=utf-8', body: '<!doctype html><html lang="th"><body></body></html>' };
await page.route('**', (route) => (route.request().url() === ORIGIN ? route.fulfill(blank) : route.abort()));

async function load() {
  await page.goto(ORIGIN);
  await page.addScriptTag({ content: bundle.text });
}

function asked(request) {
  const xform = fs.readFileSync(request.form, 'utf8');
  const named = [...xform.matchAll(/<instance id="([^"]+)" src="jr:\/\/file-csv\/([^"]+)"/g)];
  const lists = named.map(([, id, file]) => [id, rows(fs.readFileSync(path.join(request.media, file), 'utf8'))]);
  return { ...request, xform, lists: Object.fromEntries(lists) };
}

function rows(csv) {
  const [head, ...body] = csv.split(/\r?\n/).filter((line) => line !== '').map(cells);
  return body.map((row) => Object.fromEntries(head.map((column, at) => [column, row[at] ?? ''])));
}

const cells = (line) =>
  [...`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);

const say = (reply) => process.stdout.write(`${JSON.stringify(reply)}\n`);
say({ ready: true });
let fills = 0;
for await (const line of readline.createInterface({ input: process.stdin })) {
  try {
    if (fills % FILLS === 0) await load();
    fills += 1;
    say(await page.evaluate((request) => window.fillWithEnketo(request), asked(JSON.parse(line))));
  } catch (fault) {
    say({ error: fault?.stack ?? String(fault) });
  }
}
await browser.close();
