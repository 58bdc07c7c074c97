// A plan to take along, one page on paper: who leads, what to ask, who does what, what the family wants, which days matter.

import { type TemplateResult, html, nothing } from 'lit';
import { writtenDate } from '../../locale/locale.ts';
import { type Someone, around, workName } from '../care-map.ts';
import { dateText, endingText, told } from '../parts/changes.ts';
import { contactLines, phoneLink } from '../parts/contact.ts';
import { firstCall } from '../parts/first-steps.ts';
import { heading, title } from '../parts/heading.ts';
import { helpScript } from '../parts/help-first.ts';
import { neededText } from '../parts/needed.ts';
import type { View } from '../view.ts';
import { finding } from './results.ts';

/** How many lines of each fit on the paper. */
const MOST = { asks: 8, roster: 11, dates: 3, goals: 5 };
/** How many letters a line on paper holds: across the page, and of the two columns of who does what. */
const LETTERS = { line: 100, who: 36, does: 33 };

/** Something in a list, and how many lines of paper it takes. */
interface Entry {
  shown: unknown;
  lines: number;
}

export function planPage(view: View): TemplateResult {
  const { words, level, visit, family, language } = view;
  const { plan, results } = words;
  const { result } = visit;
  const call = firstCall(result, view);
  const { name, notes } = family.child;
  const all = around(result, notes.people, words);
  return html`<div class="plan">
    ${title(level, name ? plan.titleFor(name) : plan.title)}
    <p class="hint">${writtenDate(result.as_of, language)}</p>
    <p class="screen-only">${plan.hint} ${words.start.privacy}</p>
    <button type="button" class="main" part="button" @click=${() => print()}>${words.takeAlong.print}</button>
    <section class="first">
      ${heading(level + 1, plan.leads)}
      <p>${finding(view, result)}</p>
      <p class="label">${call.title}</p>
      ${contactLines({ ...call.contact, name: null, url: null }, words)}
    </section>
    <section>
      ${heading(level + 1, plan.ask)}
      <ul class="asks">
        ${some(view, asks(view).map(entry), MOST.asks)}
      </ul>
    </section>
    <section>
      ${heading(level + 1, plan.who)}
      <ul class="lines roster">
        ${some(view, all.map((someone) => rosterLine(view, someone)), MOST.roster)}
      </ul>
    </section>
    ${dates(view, all)}
    <section>
      ${heading(level + 1, plan.goals)}
      <ol class="goals">
        ${Array.from({ length: MOST.goals }, (_, at) => goal(view, at))}
      </ol>
    </section>
    <p class="draft">${results.notADecision}</p>
  </div>`;
}

/** As much as the paper holds; what does not fit is counted. */
function some({ words }: View, entries: Entry[], most: number): TemplateResult[] {
  let room = most;
  const fit = entries.filter(({ lines }) => (room -= lines) >= 0);
  const more = entries.length - fit.length;
  return [...fit.map(({ shown }) => html`<li>${shown}</li>`), ...(more > 0 ? [html`<li class="about">${words.plan.more(more)}</li>`] : [])];
}

const entry = (text: string): Entry => ({ shown: text, lines: Math.ceil(text.length / LETTERS.line) });

function asks(view: View): string[] {
  const { words, visit, family } = view;
  const { result } = visit;
  const { program, say } = firstCall(result, view);
  const wanted = helpScript(family.child.notes.help, words);
  // Of a program that the child has nothing has to be found out to get in.
  const open = program && program.receiving !== 'yes' && program.decision !== 'ineligible' ? program : null;
  return [
    ...(wanted ? [wanted] : []),
    ...(program?.steps ?? []),
    ...(!program?.steps.length || result.lead.status === 'receiving' ? [say] : []),
    ...result.lead.ask_about.map(({ question }) => question),
    ...(open?.review ?? []).map(({ by, because }) => `${by || words.results.state.agency_decides}: ${because}`),
    ...(open?.missing.length ? [neededText(view, open.missing)] : []),
  ];
}

function rosterLine({ words }: View, { name, standing: [standing = ''], does, program }: Someone): Entry {
  const phone = program?.contact?.phone;
  const work = does.map((id) => workName(id, words)).join('; ');
  return {
    shown: html`<div><strong>${name}</strong> <span class="about">${standing}</span></div>
      <div>${work}</div>
      <div>${phone ? phoneLink(phone, words) : nothing}</div>`,
    lines: Math.max(Math.ceil((name.length + standing.length) / LETTERS.who), Math.ceil(work.length / LETTERS.does)),
  };
}

function dates(view: View, all: Someone[]): TemplateResult | typeof nothing {
  const { words, language, visit } = view;
  const { result } = visit;
  const changes = all
    .flatMap(({ name, program }) => (program ? told(program).map((change) => ({ on: change.on, text: `${name}: ${dateText(change, words, language)}` })) : []))
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
    .map(({ text }) => text);
  const lines = [...(result.lead.ending ? [endingText(result, words, language)] : []), ...changes];
  if (lines.length === 0) return nothing;
  return html`<section>
    ${heading(view.level + 1, words.results.dates)}
    <ul class="dates">
      ${some(view, lines.map(entry), MOST.dates)}
    </ul>
  </section>`;
}

/** A line to write on, here or on paper. */
function goal({ words, family }: View, at: number): TemplateResult {
  const { goals } = family.child.notes;
  const write = (event: Event) => {
    for (let empty = goals.length; empty < at; empty += 1) goals.push('');
    goals[at] = (event.currentTarget as HTMLInputElement).value;
  };
  return html`<li><input type="text" maxlength="80" autocomplete="off" spellcheck="false" aria-label=${words.plan.goal(at + 1)} .value=${goals[at] ?? ''} @input=${write} /></li>`;
}
