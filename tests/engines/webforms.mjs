// Fills forms with the engine of ODK Web Forms: one JSON request a line on stdin, one answer a line on stdout.
//
// A request: form (path), media (folder), answers and repeats of each round, location. The same as EngineWalk.java
// does with JavaRosa: every question that is asked gets its answer, right or wrong; what is wrong is said at the end.
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { createRequire } from 'node:module';
import { File } from 'node:buffer';
import { webcrypto } from 'node:crypto';
import { JSDOM } from 'jsdom';

process.env.TZ = 'Asia/Bangkok';
const page = new JSDOM('').window;
const names = [
  'window', 'document', 'DOMParser', 'XMLSerializer', 'Node', 'Element', 'Document', 'XMLDocument', 'Attr', 'Text',
  'CDATASection', 'Comment', 'ProcessingInstruction', 'HTMLElement', 'NodeFilter', 'DocumentFragment', 'DocumentType',
  'TreeWalker', 'XPathResult', 'XPathEvaluator', 'XPathExpression',
];
for (const name of names) globalThis[name] = page[name];
globalThis.File ??= File; // these two are not there in Node 18
globalThis.crypto ??= webcrypto;
// The parser of XPath, compiled by Emscripten, expects what CommonJS modules have.
globalThis.__dirname = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
globalThis.require = createRequire(import.meta.url);
const { loadForm } = await import('@getodk/xforms-engine');

const forms = new Map(); // a form and its lists, parsed once
const FILLS = 40; // a form keeps all that is filled in it, up to 11 MB each: then all are let go and parsed anew
const DEVICE = { deviceID: 'collect:headless00000001' };
let fills = 0;

async function parsed(form, media) {
  if (fills % FILLS === 0) forms.clear();
  fills += 1;
  const key = JSON.stringify([form, media]);
  if (!forms.has(key)) forms.set(key, await load(form, media));
  return forms.get(key);
}

async function load(form, media) {
  const loaded = await loadForm(fs.readFileSync(form, 'utf8'), {
    fetchFormAttachment: async (url) => attachment(path.join(media, path.basename(decodeURIComponent(url.pathname)))),
  });
  if (loaded.status === 'failure') throw loaded.error;
  return loaded;
}

function attachment(file) {
  const headers = { 'content-type': 'text/csv; charset=utf-8' };
  return fs.existsSync(file) ? new Response(fs.readFileSync(file), { headers }) : new Response('', { status: 404 });
}

const leaf = (node) => node.currentState.reference.split('/').pop().replace(/\[\d+\]$/, '');

/** From 0; that of the innermost repeat the question stands in. */
function repeatNumber(node) {
  for (let at = node; at; at = at.parent) {
    if (at.nodeType === 'repeat-instance') return at.parent.currentState.children.indexOf(at);
  }
  return 0;
}

function fill(node, round) {
  for (const child of [...(node.currentState.children ?? [])]) {
    if (!child.currentState.relevant) continue;
    if (child.nodeType === 'repeat-range:uncontrolled') resize(child, round.repeats[leaf(child)] ?? 0);
    const given = round.answers[leaf(child)];
    const value = Array.isArray(given) ? given[repeatNumber(child)] : given;
    if (value !== undefined && value !== null) answer(child, value);
    fill(child, round);
  }
}

function resize(range, wanted) {
  const have = range.currentState.children.length;
  if (have < wanted) range.addInstances(have - 1, wanted - have);
  if (have > wanted) range.removeInstances(wanted, have - wanted);
}

function answer(node, value) {
  if (node.currentState.readonly) return;
  switch (node.nodeType) {
    case 'input':
      node.setValue(typed(node.valueType, String(value)));
      return;
    case 'select': {
      const chosen = String(value).split(' ').filter((one) => one !== '');
      // Only what the person can see, after choice_filter, can be chosen.
      if (chosen.every((one) => node.getValueOption(one) !== null)) node.selectValues(chosen);
      return;
    }
    case 'upload':
      node.setValue(value === '' ? null : new File(['photo'], value, { type: 'image/jpeg' }));
  }
}

function typed(type, value) {
  if (type === 'string' || type === 'barcode') return value;
  if (value === '') return null;
  return type === 'int' ? BigInt(value) : value;
}

/** What stands on the screen: the label of each question, and what it offers. */
function shown(node, found = []) {
  for (const child of node.currentState.children ?? []) {
    if (!child.currentState.relevant) continue;
    if (['input', 'select', 'upload', 'note'].includes(child.nodeType)) {
      const offered = child.nodeType === 'select' ? child.currentState.valueOptions.map((one) => one.value) : null;
      found.push([child.currentState.reference, child.currentState.label?.asString ?? '', offered]);
    }
    shown(child, found);
  }
  return found;
}

async function serve(request) {
  const form = await parsed(request.form, request.media);
  const location = { getLocation: async () => request.location };
  const { root } = form.createInstance({ preloadProperties: DEVICE, geolocationProvider: location });
  for (const round of request.rounds) {
    fill(root, round);
    await new Promise((done) => setImmediate(done)); // the location that an answer asked for is there after a turn
  }
  const refused = root.validationState.violations.map((one) => [one.reference, one.violation.condition]);
  const screen = shown(root);
  const payload = await root.prepareInstancePayload({ payloadType: 'monolithic' });
  return { xml: await payload.data[0].get('xml_submission_file').text(), refused, shown: screen };
}

console.log = console.warn = console.info = console.error; // what the engine prints must not stand among the answers
const say = (reply) => process.stdout.write(`${JSON.stringify(reply)}\n`);
say({ ready: true });
for await (const line of readline.createInterface({ input: process.stdin })) {
  try {
    say(await serve(JSON.parse(line)));
  } catch (fault) {
    say({ error: fault?.stack ?? String(fault) });
  }
}
