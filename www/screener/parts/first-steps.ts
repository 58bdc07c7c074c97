// Do this first: one call, what to say, and what else to ask.

import { type TemplateResult, html, nothing } from 'lit';
import type { Program, Result } from '../../engine/contract.ts';
import { programOf } from '../groups.ts';
import type { Reach, View } from '../view.ts';
import { contactLines } from './contact.ts';
import { documents } from './documents.ts';
import { heading } from './heading.ts';
import { helpFirst } from './help-first.ts';
import { moneyList } from './money.ts';

export function firstSteps(view: View, result: Result): TemplateResult {
  const { words, level } = view;
  const first = firstCall(result, view);
  return html`<section class="first">
    ${heading(level + 1, words.results.first)}
    <ol class="steps">
      <li>${call(view, first)}</li>
      ${result.lead.ask_about.length > 0 ? html`<li>${ask(view, result)}</li>` : nothing}
    </ol>
    ${helpFirst(view)} ${first.program ? moneyList(first.program, words) : nothing}
  </section>`;
}

/** Whom to call first, and, where the program says no steps, what to say. */
export interface FirstCall {
  title: string;
  contact: Reach;
  program: Program | null;
  say: string;
}

export function firstCall(result: Result, { words: { results }, help }: Pick<View, 'words' | 'help'>): FirstCall {
  const first = programOf(result, result.lead.contact_first);
  const program = first?.kind === 'program' ? first : null;
  // Nobody is sent away without a number: the state's line is asked for what has none of its own.
  const contact = first?.contact?.phone ? first.contact : help;
  const line = contact.name ?? '';
  const receiving = result.lead.status === 'receiving' && program?.id === result.lead.program;
  return {
    title: !program || line === program.name ? results.callWho(line) : results.callFor(line, program.name),
    contact,
    program,
    say: program ? (receiving ? results.sayReceiving(program.name) : results.sayScript(program.name)) : results.sayFallback,
  };
}

function call({ words, level }: View, { title, contact, program, say }: FirstCall): TemplateResult {
  return html`${heading(level + 2, title)} ${contactLines({ ...contact, name: null }, words)}
    ${program && program.steps.length > 0
      ? html`<ul>
          ${program.steps.map((step) => html`<li>${step}</li>`)}
        </ul>`
      : html`<p class="script"><span class="label">${words.results.say}</span> ${say}</p>`}
    ${program ? documents(program, words) : nothing}`;
}

function ask({ words, level }: View, result: Result): TemplateResult {
  return html`${heading(level + 2, words.results.ask)}
    <ul>
      ${result.lead.ask_about.map(({ question }) => html`<li>${question}</li>`)}
    </ul>`;
}
