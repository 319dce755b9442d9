// In Chromium: fills a form with Enketo as a person does, through its controls and their events.
import { Form } from 'enketo-core';
import events from 'enketo-core/src/js/event';
import $ from 'jquery';
import { transform } from 'enketo-transformer/web';

const PHOTOGRAPHED_AT = /-\d+_\d+_\d+(?=\.\w+<)/g; // hour, minute and second stand in the name of each photo

let fix = ''; // where the device is; nothing = leave is refused
navigator.geolocation.getCurrentPosition = (found, failed) => {
  const [latitude, longitude, altitude, accuracy] = fix.split(' ').map(Number);
  if (fix) found({ coords: { latitude, longitude, altitude, accuracy } });
  else failed(new Error('User denied Geolocation'));
};

const transformed = new Map();

async function opened({ form: key, xform, lists, device }) {
  if (!transformed.has(key)) transformed.set(key, await transform({ xform, theme: 'grid' }));
  const { form: html, model } = transformed.get(key);
  document.body.replaceChildren(document.createRange().createContextualFragment(html));
  const external = Object.entries(lists).map(([id, rows]) => ({ id, xml: listed(rows) }));
  const data = { modelStr: model, external, session: { deviceid: device } };
  const form = new Form(document.querySelector('form.or'), data, { language: 'th' });
  const errors = form.init();
  if (errors.length > 0) throw new Error(errors.join('; '));
  return form;
}

/** A list of rows as Enketo reads a CSV: XML. */
function listed(rows) {
  const xml = document.implementation.createDocument(null, 'root');
  for (const row of rows) {
    const item = xml.documentElement.appendChild(xml.createElement('item'));
    for (const [column, value] of Object.entries(row)) item.appendChild(xml.createElement(column)).textContent = value;
  }
  return xml;
}

// Where things stand

const leaf = (path) => path.split('/').pop();
const asked = (element) => !element.closest('.disabled');
const turn = () => new Promise((done) => setTimeout(done));
const instancesOf = (place, path) =>
  [...place.children].filter((one) => one.matches('.or-repeat') && one.getAttribute('name') === path);
const pathOf = (control) => control.dataset.name || control.getAttribute('name');

function controlsOf(question) {
  const all = question.querySelectorAll('input:not(.ignore), select:not(.ignore), textarea:not(.ignore)');
  return [...all].filter((control) => !control.closest('.itemset-template, .or-option-translations'));
}

/** From 0; that of the innermost repeat in which it stands. */
function repeatNumber(element) {
  const repeat = element.closest('.or-repeat');
  return repeat ? instancesOf(repeat.parentElement, repeat.getAttribute('name')).indexOf(repeat) : 0;
}

/** The path of a question; the second and later rounds of a repeat are numbered. */
function placeOf(question) {
  const path = pathOf(controlsOf(question)[0] ?? question.querySelector('[name]'));
  const repeat = question.closest('.or-repeat');
  if (!repeat) return path;
  const start = repeat.getAttribute('name');
  const number = repeatNumber(question) + 1;
  return start + (number > 1 ? `[${number}]` : '') + path.slice(start.length);
}

// Answering

async function fill(form, round) {
  const done = new Set();
  for (;;) {
    // What stands further below may be asked only because of an answer, so nothing is listed in advance.
    const all = [...form.view.html.querySelectorAll('.question, .or-repeat-info')];
    const next = all.find((one) => !done.has(one) && asked(one));
    if (!next) return;
    done.add(next);
    if (next.matches('.or-repeat-info')) resize(form, next, round.repeats);
    else await answer(form, next, round.answers);
  }
}

function resize(form, info, repeats) {
  if (info.dataset.repeatCount) return; // the form itself says how many there are
  const path = info.dataset.name;
  const wanted = repeats[leaf(path)] ?? 0;
  const instances = () => instancesOf(info.parentElement, path);
  while (instances().length < wanted) info.querySelector('.add-repeat-btn').click();
  while (instances().length > wanted) form.repeats.remove($(instances().at(-1)));
}

async function answer(form, question, answers) {
  const all = controlsOf(question);
  if (all.length === 0 || all[0].readOnly) return;
  const given = answers[leaf(pathOf(all[0]))];
  const value = Array.isArray(given) ? given[repeatNumber(question)] : given;
  if (value === undefined || value === null) return;
  put(all, String(value));
  await turn();
  // A photo is made smaller first, and only then an answer.
  const kept = () => form.model.node(pathOf(all[0]), form.input.getIndex(all[0])).getVal();
  for (let tries = 0; all[0].type === 'file' && (kept() === '') !== (value === '') && tries < 500; tries += 1) await turn();
}

function put(all, value) {
  const [control] = all;
  const offered = offers(all);
  if (offered && !words(value).every((one) => offered.includes(one))) return; // what is not shown cannot be chosen
  if (control.type === 'radio' || control.type === 'checkbox') {
    for (const one of all) one.checked = words(value).includes(one.value);
  } else if (control.nodeName === 'SELECT') {
    for (const one of control.options) one.selected = value === '' ? one.value === '' : words(value).includes(one.value);
  } else if (control.type === 'file') {
    const files = new DataTransfer();
    if (value) files.items.add(new File(['photo'], value, { type: 'image/jpeg' }));
    control.files = files.files;
  } else {
    control.value = value;
  }
  control.dispatchEvent(new Event('change', { bubbles: true }));
}

const words = (value) => value.split(' ').filter((one) => one !== '');

// What stands on the screen

/** The values that may be chosen; null where anything may be typed. */
function offers(all) {
  if (all.length === 0) return []; // a list of which nothing fits
  const [control] = all;
  const real = (options) => [...options].filter((one) => !one.matches('.itemset-template'));
  const values = () => {
    if (control.type === 'radio' || control.type === 'checkbox') return all.map((one) => one.value);
    if (control.nodeName === 'SELECT') return real(control.options).map((one) => one.value);
    return control.list ? real(control.list.options).map((one) => one.dataset.value ?? one.value) : null;
  };
  return values()?.filter((one) => one !== '') ?? null;
}

function labelOf(question) {
  const label = question.querySelector('.question-label.active')?.cloneNode(true);
  label?.querySelectorAll('br').forEach((one) => one.replaceWith(' '));
  return label?.textContent ?? '';
}

function refusal(question) {
  const verdict = ['required', 'constraint'].find((one) => question.classList.contains(`invalid-${one}`));
  return verdict ? [[placeOf(question), verdict]] : [];
}

window.fillWithEnketo = async (request) => {
  fix = request.location;
  const form = await opened(request);
  for (const round of request.rounds) await fill(form, round);
  await form.validate();
  form.view.html.dispatchEvent(events.BeforeSave());
  const questions = [...form.view.html.querySelectorAll('.question')].filter(asked);
  return {
    xml: form.getDataStr({ irrelevant: false }).replace(PHOTOGRAPHED_AT, ''),
    refused: questions.flatMap(refusal),
    shown: questions.map((one) => [placeOf(one), labelOf(one), offers(controlsOf(one))]),
  };
};
