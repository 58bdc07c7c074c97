// The children of the states' own scenarios, as families who answer questions: what each knows, and which few of them
// together come to see the most.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { UNSURE, answering } from './controls.mjs';
import { merge } from './family.mjs';
import { RULES } from './product.mjs';

/** The day that most of a state's scenarios play on, and the answers of those: its families, and one that knows nothing. */
function children(state) {
  const scenarios = parse(readFileSync(join(RULES, state.toLowerCase(), 'scenarios.yaml'), 'utf8')).filter(({ expect }) => !expect?.conflict);
  const days = scenarios.map(({ as_of }) => as_of);
  const on = (day) => days.filter((each) => each === day).length;
  const day = days.reduce((one, other) => (on(other) > on(one) ? other : one));
  return { day, all: [{}, ...scenarios.filter(({ as_of }) => as_of === day).map(({ answers }) => answers ?? {})] };
}

/**
 * Families of a state, what each would answer to a question: as few as together see all that any of its scenarios sees, the
 * one that sees the most first; and the day on which they answer.
 */
export function families(engine, state) {
  const { day, all } = children(state);
  const ways = all.map((answers) => {
    const knows = knowing(answers, day);
    return { knows, sees: seen(engine, knows, day) };
  });
  const chosen = [];
  const left = new Set(ways.flatMap(({ sees }) => sees));
  while (left.size > 0) {
    const more = ({ sees }) => new Set(sees.filter((each) => left.has(each))).size;
    const best = ways.reduce((one, other) => (more(other) > more(one) ? other : one));
    chosen.push(best.knows);
    best.sees.forEach((each) => left.delete(each));
  }
  return { day, families: chosen };
}

/** Everything that looks different: each question as it is asked and answered, how the lead stands, and each program's standing. */
function seen(engine, knows, day) {
  const { asked, result } = interview(engine, knows, day);
  const { lead, programs, duplicates } = result;
  return [
    ...asked.map(({ fact, type }) => `asked ${fact} ${type}`),
    ...asked.map((question) => `said ${question.type} ${knows(question) === UNSURE}`),
    `lead ${lead.status} ${lead.ending !== null}`,
    ...duplicates.map(({ kind }) => `duplicate ${kind}`),
    ...programs.map(({ id, decision, receiving }) => `program ${id} ${receiving === 'yes' ? receiving : decision}`),
  ];
}

function interview(engine, knows, day) {
  const asked = [];
  for (let written = {}; asked.length < 60; ) {
    const result = engine.screen(written, day);
    if (!result.next) return { asked, result };
    asked.push(result.next);
    written = merge(written, result.next, answering(result.next, knows(result.next)).writes);
  }
  throw new Error('more than 60 questions');
}

/** What a family that knows these answers says to a question, as `fill` takes it. */
export function knowing(answers, day) {
  return ({ fact, type, choices }) => {
    const known = fact === 'birth_month' ? (answers.birth_month ?? answers.birth_date?.slice(0, 7) ?? monthOf(answers.age, day)) : answers[fact];
    if (known === undefined || known === UNSURE) return UNSURE;
    switch (type) {
      case 'yes_no':
        return typeof known === 'boolean' ? (known ? 'yes' : 'no') : known;
      case 'month':
      case 'date':
        return /^\d{4}-\d\d(-\d\d)?$/.test(known) && known.length >= { month: 7, date: 10 }[type] ? known.slice(0, type === 'month' ? 7 : 10) : UNSURE;
      case 'set':
        return setOf(known, choices);
      case 'codes':
        return codesOf(known, choices);
      default:
        return oneOf(known, type, choices);
    }
  };
}

/** A child of so many years has its birthday today. */
const monthOf = (age, day) => (Number.isInteger(age) ? `${Number(day.slice(0, 4)) - age}${day.slice(4, 7)}` : undefined);

function setOf(known, choices) {
  if (Array.isArray(known)) return known.filter((element) => choices.some(({ id }) => id === element));
  const said = Object.fromEntries(choices.map(({ id }) => [id, known[id] ?? UNSURE]));
  if (Object.values(said).every((each) => each === UNSURE)) return UNSURE;
  // One box says of all others that nobody is sure of them.
  return Object.values(said).includes(UNSURE) ? Object.fromEntries(Object.entries(said).map(([id, each]) => [id, each === 'yes' ? each : UNSURE])) : said;
}

function codesOf(known, choices) {
  const codes = (Array.isArray(known) ? known : (known.known ?? [])).map((code) => code.toUpperCase());
  if (codes.length === 0) return { names: [] };
  const names = choices.flatMap((choice, index) => ([choice.value ?? choice.id].flat().some((code) => codes.includes(code.toUpperCase())) ? [index] : []));
  return names.length > 0 ? { names, complete: known.complete ?? 'yes' } : UNSURE;
}

function oneOf(known, type, choices) {
  const inside = ({ value }) => typeof known === 'number' && value && known >= (value.from ?? -Infinity) && known <= (value.to ?? Infinity);
  const same = ({ id, label, value }) => id === String(known) || label === known || JSON.stringify(value) === JSON.stringify(known);
  const choice = choices.find((each) => same(each) || inside(each));
  if (choice) return choice.value ?? choice.id;
  return type === 'number' && typeof known === 'number' && !choices.some(({ id }) => id !== 'not_applicable') ? known : UNSURE;
}
