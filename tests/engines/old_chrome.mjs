// Chrome 109, the last one of Windows 7, walks through a portal: node old_chrome.mjs < walk.json
// In: {url, login, password, sizes: [[w, h]], paths, queue, key: {code, letter}}. Out: one line of JSON,
// {version, faults, decided}: what was wrong on which page, and the queue's heading before and after the key.
import chromium from "@sparticuz/chromium";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium as driver } from "playwright-core";

const walk = JSON.parse(readFileSync(0, "utf-8"));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");
const browser = await driver.launch({
  executablePath: await chromium.executablePath(),
  args: ["--no-sandbox", "--no-zygote", "--single-process", "--disable-gpu", "--disable-dev-shm-usage"],
});
const faults = [];

async function signedIn(page) {
  await page.goto(`${walk.url}/signin`);
  await page.fill("#login", walk.login);
  await page.fill("#password", walk.password);
  await page.keyboard.press("Enter");
  await page.waitForSelector("#password", { state: "detached" });
}

async function looked(page, path, size) {
  await page.goto(walk.url + path);
  const where = `${path} at ${size[0]}`;
  if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) faults.push(`${where}: scrolls sideways`);
  await page.evaluate(axe); // by the driver, which no policy of the page stops
  const found = await page.evaluate(() => axe.run(document).then((result) => result.violations));
  for (const one of found) faults.push(`${where}: ${one.id} ${one.nodes[0].html.slice(0, 120)}`);
}

async function pressed(page) {
  await page.goto(walk.url + walk.queue);
  await page.evaluate(() => { window.kept = true; });
  const heading = () => page.textContent("#waiting");
  const before = await heading();
  const session = await page.context().newCDPSession(page);
  for (const type of ["keyDown", "keyUp"]) {
    await session.send("Input.dispatchKeyEvent", { type, code: walk.key.code, key: walk.key.letter });
  }
  await page.waitForFunction((was) => document.querySelector("#waiting").textContent !== was, before);
  return { before, after: await heading(), kept: await page.evaluate(() => window.kept === true) };
}

try {
  const page = await (await browser.newContext({ viewport: null })).newPage();
  page.on("console", (said) => { if (said.type() === "error") faults.push(`console: ${said.text()}`); });
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
  await signedIn(page);
  for (const size of walk.sizes) {
    await page.setViewportSize({ width: size[0], height: size[1] });
    for (const path of walk.paths) await looked(page, path, size);
  }
  console.log(JSON.stringify({ version: browser.version(), faults, decided: await pressed(page) }));
} finally {
  await browser.close();
}
