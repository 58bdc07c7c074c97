// When rules or engine do not load: no result, not even part of one, but people to call.

import { type TemplateResult, html, nothing } from 'lit';
import type { StateContact } from '../../engine/contract.ts';
import { type Language, type Words, said } from '../../locale/locale.ts';
import { type Index, NATIONAL, type StateEntry } from '../loading.ts';
import { contactLines, webLink } from '../parts/contact.ts';
import { heading, title } from '../parts/heading.ts';
import { reach } from '../view.ts';

export interface Failure {
  words: Words;
  language: Language;
  level: number;
  /** Null where the list of states did not load either. */
  index: Index | null;
  state: string | null;
  /** The address of the same list as a page of its own, where this one cannot show it. */
  list: string | null;
  again(): void;
}

export function failurePage({ words, language, level, index, state, list, again }: Failure): TemplateResult {
  const entry: StateEntry | undefined = index?.states.find((each) => each.state === state);
  const contact = (each: StateContact) => contactLines(reach(each, language), words);
  const unknownState = index !== null && state !== null && !entry;
  return html`${title(level, unknownState ? words.failure.noStateTitle : words.failure.title)}
    <p>${unknownState ? words.failure.noState : words.failure.hint}</p>
    <ul class="lines">
      ${entry?.contacts.map((each) => html`<li>${contact(each)}</li>`)}
      <li>
        ${contact(index?.national ?? NATIONAL)}
        <p>${words.national}</p>
      </li>
    </ul>
    ${entry && entry.programs.length > 0
      ? html`${heading(level + 1, words.failure.programs)}
          <ul>
            ${entry.programs.map((program) => html`<li><strong>${said(program.name, language)}</strong>${program.contact ? contact(program.contact) : nothing}</li>`)}
          </ul>`
      : nothing}
    ${list ? html`<p>${webLink(list, words, words.failure.list)}</p>` : nothing}
    <button type="button" class="main" part="button" @click=${again}>${words.failure.again}</button>`;
}
