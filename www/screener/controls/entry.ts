// Answers that are written: a number, a month and year, a full date. *I'm not sure* stands below; writing
// takes it back, so that a form never says both.

import { type TemplateResult, html, nothing } from 'lit';
import type { Question } from '../../engine/contract.ts';
import { monthNames } from '../../locale/locale.ts';
import { NOT_APPLICABLE } from '../answer.ts';
import { amountOf } from '../answer-text.ts';
import { type Draft, choiceValue } from '../form.ts';
import type { View } from '../view.ts';
import { option, unsure } from './option.ts';

export function numberEntry(view: View, question: Question, draft: Draft): TemplateResult {
  const { words, language } = view;
  const { min, max } = question;
  const amount = amountOf(question);
  return written(view, question, draft, html`<div class="field">
    <label for="number">${numberLabel(question, words)}</label>
    <input id="number" name="number" class="short" type="text" inputmode=${question.decimals > 0 ? 'decimal' : 'numeric'} autocomplete="off" aria-describedby="number-hint" .value=${draft.number} />
    <p class="field-hint" id="number-hint">${min === null || max === null ? nothing : words.question.numberBetween(amount(min, language), amount(max, language))}</p>
  </div>`);
}

function numberLabel({ unit }: Question, words: View['words']): string {
  if (unit === 'dollars') return words.question.dollars;
  if (unit === 'dollars_a_month') return words.question.dollarsAMonth;
  return unit === 'years' ? words.question.years : words.question.number;
}

/** One of many names, such as a county: too many to show side by side. */
export function nameEntry(view: View, question: Question, draft: Draft): TemplateResult {
  const { words } = view;
  const fields = html`<div class="field">
    <label for="answer">${words.question.choosePlace}</label>
    <select id="answer" name="answer">
      <option value="" .selected=${draft.choice === null}></option>
      ${question.choices.map(({ id, label }, index) => (id === NOT_APPLICABLE ? nothing : html`<option value=${choiceValue(index)} .selected=${draft.choice === choiceValue(index)}>${label}</option>`))}
    </select>
  </div>`;
  return written(view, question, { ...draft, notApplicable: draft.notApplicable || notApplicableChosen(question, draft) }, fields);
}

function notApplicableChosen({ choices }: Question, { choice }: Draft): boolean {
  return choices.some(({ id }, index) => id === NOT_APPLICABLE && choice === choiceValue(index));
}

export function monthEntry(view: View, question: Question, draft: Draft): TemplateResult {
  return written(view, question, draft, html`<div class="fields">${month(view, draft)} ${year(view, draft)}</div>`);
}

export function dateEntry(view: View, question: Question, draft: Draft): TemplateResult {
  const { words } = view;
  const day = html`<div class="field">
    <label for="day">${words.question.day}</label>
    <input id="day" name="day" class="shortest" type="text" inputmode="numeric" maxlength="2" autocomplete="off" .value=${draft.day} />
  </div>`;
  return written(view, question, draft, html`<div class="fields">${month(view, draft)} ${day} ${year(view, draft)}</div>`);
}

function month({ words, language }: View, draft: Draft): TemplateResult {
  return html`<div class="field">
    <label for="month">${words.question.month}</label>
    <select id="month" name="month">
      <option value="" .selected=${draft.month === ''}>${words.question.chooseMonth}</option>
      ${monthNames(language).map((name, index) => html`<option value=${index + 1} .selected=${draft.month === String(index + 1)}>${name}</option>`)}
    </select>
  </div>`;
}

function year({ words }: View, draft: Draft): TemplateResult {
  return html`<div class="field">
    <label for="year">${words.question.year}</label>
    <input id="year" name="year" class="short" type="text" inputmode="numeric" maxlength="4" autocomplete="off" aria-describedby="year-hint" .value=${draft.year} />
    <p class="field-hint" id="year-hint">${words.question.yearHint}</p>
  </div>`;
}

function written({ words }: View, question: Question, draft: Draft, fields: TemplateResult): TemplateResult {
  const notApplicable = question.choices.find(({ id }) => id === NOT_APPLICABLE);
  return html`<div @input=${takeBackOthers}>
    ${fields}
    ${notApplicable ? option({ kind: 'checkbox', name: NOT_APPLICABLE, value: NOT_APPLICABLE, label: notApplicable.label, checked: draft.notApplicable }) : nothing}
    ${unsure(question, words, draft.unknown)}
  </div>`;
}

/** Only one of what is written, *does not apply* and *I'm not sure* can be meant. */
function takeBackOthers(event: Event): void {
  const used = event.target as HTMLInputElement;
  if (used.type === 'checkbox' && !used.checked) return;
  for (const box of (event.currentTarget as HTMLElement).querySelectorAll<HTMLInputElement>('input[type="checkbox"]')) {
    if (box !== used) box.checked = false;
  }
}
