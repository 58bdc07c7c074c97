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
  const { program } = firstCall(view, result);
  return html`<section class="first">
    ${heading(level + 1, words.results.first)}
    <ol class="steps">
      <li>${call(view, result)}</li>
      ${result.lead.ask_about.length > 0 ? html`<li>${ask(view, result)}</li>` : nothing}
    </ol>
    ${helpFirst(view)} ${program ? moneyList(program, words) : nothing}
  </section>`;
}

/** Whom to call first, and what to say where the rules have no steps of their own. */
export function firstCall({ words, help }: View, result: Result): { program: Program | null; contact: Reach; who: string; script: string } {
  const { results } = words;
  const first = programOf(result, result.lead.contact_first);
  const program = first?.kind === 'program' ? first : null;
  // Nobody is sent away without a number: the state's line is asked for what has none of its own.
  const contact = first?.contact?.phone ? first.contact : help;
  const line = contact.name ?? '';
  const receiving = result.lead.status === 'receiving' && program?.id === result.lead.program;
  return {
    program,
    contact,
    who: !program || line === program.name ? results.callWho(line) : results.callFor(line, program.name),
    script: program ? (receiving ? results.sayReceiving(program.name) : results.sayScript(program.name)) : results.sayFallback,
  };
}

function call(view: View, result: Result): TemplateResult {
  const { words, level } = view;
  const { program, contact, who, script } = firstCall(view, result);
  return html`${heading(level + 2, who)}
    ${contactLines({ ...contact, name: null }, words)}
    ${program && program.steps.length > 0
      ? html`<ul>
          ${program.steps.map((step) => html`<li>${step}</li>`)}
        </ul>`
      : html`<p class="script"><span class="label">${words.results.say}</span> ${script}</p>`}
    ${program ? documents(program, words) : nothing}`;
}

function ask({ words, level }: View, result: Result): TemplateResult {
  return html`${heading(level + 2, words.results.ask)}
    <ul>
      ${result.lead.ask_about.map(({ question }) => html`<li>${question}</li>`)}
    </ul>`;
}
