// Several answers at once: programs a child is in, and conditions found by their plain-language names.

import { type TemplateResult, html, nothing } from 'lit';
import type { Question } from '../../engine/contract.ts';
import { UNKNOWN } from '../answer.ts';
import { type Draft, choiceValue } from '../form.ts';
import { find } from '../search.ts';
import type { View } from '../view.ts';
import { option, unsure } from './option.ts';

/** A list longer than this is searched, and opens with its first names only. */
const AT_A_GLANCE = 8;

/** In some of them and not sure of the others is an answer, too. */
export function setOfChoices({ words }: View, question: Question, draft: Draft): TemplateResult {
  const label = html`<span class="alone">${words.question.unsure}</span><span class="beside">${words.question.unsureOthers}</span>`;
  return html`<div class="options" @change=${keepApart(['none', 'item'], ['none', 'unknown'])}>
    ${question.help ? nothing : html`<p class="field-hint">${words.question.severalHint}</p>`}
    ${question.choices.map((choice, index) => item(draft, index, choice.label))} ${none(draft, words.question.noneOfThese)}
    ${unsure(question, words, draft.unknown, 'checkbox', label)}
  </div>`;
}

/** Conditions. Codes stay out of the page altogether: the boxes carry the choice's place. */
export function codeChoices(view: View, question: Question, draft: Draft): TemplateResult {
  const { words, search } = view;
  const { choices } = question;
  const long = choices.length > AT_A_GLANCE;
  const shown = new Set(find(choices, search ?? ''));
  const all = !long || search !== null;
  return html`<div class="options codes" @change=${keepApart(['none', 'item'], ['none', 'unknown'], ['unknown', 'item'])}>
    ${long
      ? html`<div class="field">
            <label for="search">${words.question.search}</label>
            <p class="field-hint" id="search-hint">${words.question.searchHint}</p>
            <input id="search" type="search" autocomplete="off" spellcheck="false" aria-describedby="search-hint" @input=${(event: Event) => view.refresh({ search: (event.target as HTMLInputElement).value })} @keydown=${notSubmitting} />
          </div>
          <p class="field-hint" role="status">${search ? words.question.found(shown.size) : nothing}</p>`
      : nothing}
    ${choices.map((choice, index) => item(draft, index, choice.label, !shown.has(index) || (!all && index >= AT_A_GLANCE)))}
    ${all ? nothing : html`<button type="button" class="quiet" @click=${() => view.refresh({ search: '' }, `[value="${choiceValue(AT_A_GLANCE)}"]`)}>${words.question.showAll(choices.length)}</button>`}
    ${none(draft, words.question.noneOfThese)} ${unsure(question, words, draft.unknown)} ${isThatAll(view, draft)}
  </div>`;
}

function isThatAll({ words }: View, draft: Draft): TemplateResult {
  const answers = [
    { value: 'yes', label: words.question.thatIsAll },
    { value: 'no', label: words.question.thereAreMore },
    { value: UNKNOWN, label: words.question.unsure },
  ];
  return html`<fieldset class="complete">
    <legend>${words.question.isThatAll}</legend>
    ${answers.map(({ value, label }) => option({ kind: 'radio', name: 'complete', value, label, checked: draft.complete === value }))}
  </fieldset>`;
}

function item(draft: Draft, index: number, label: string, hidden = false): TemplateResult {
  const value = choiceValue(index);
  return option({ kind: 'checkbox', name: 'item', value, label, hidden, checked: draft.items.includes(value) });
}

function none(draft: Draft, label: string): TemplateResult {
  return option({ kind: 'checkbox', name: 'none', value: 'none', label, checked: draft.none });
}

/** Checking a box of one name takes back those of the other: *none of these* and a condition cannot both be. */
function keepApart(...pairs: [string, string][]): (event: Event) => void {
  return (event) => {
    const box = event.target as HTMLInputElement;
    if (!box.checked) return;
    for (const pair of pairs) {
      if (!pair.includes(box.name)) continue;
      const other = pair[0] === box.name ? pair[1] : pair[0];
      for (const each of (event.currentTarget as HTMLElement).querySelectorAll<HTMLInputElement>(`input[name="${other}"]`)) each.checked = false;
    }
  };
}

/** Enter in the search is a habit of searching, not an answer. */
function notSubmitting(event: KeyboardEvent): void {
  if (event.key === 'Enter') event.preventDefault();
}
