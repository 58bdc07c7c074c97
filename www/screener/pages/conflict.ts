// Two answers that cannot both be: both shown in the family's words, and one question.

import { type TemplateResult, html } from 'lit';
import { UNKNOWN } from '../answer.ts';
import { answerText } from '../answer-text.ts';
import { option } from '../controls/option.ts';
import { title } from '../parts/heading.ts';
import { MISTAKE, mistakeLine, mistakeSummary } from '../parts/mistake.ts';
import type { View } from '../view.ts';

export function conflictPage(view: View, facts: string[]): TemplateResult {
  const { words, visit, language, level } = view;
  const answered = visit.said.filter(({ question }) => facts.includes(question.fact));
  return html`${mistakeSummary(view)}
    <form novalidate @submit=${(event: SubmitEvent) => settle(event, view, facts)}>
      <fieldset class="question" aria-describedby="hint ${MISTAKE}">
        <legend>${title(level, words.conflict.title)}</legend>
        <p class="hint" id="hint">${words.conflict.hint}</p>
        ${mistakeLine(view)}
        <div class="options">
          ${answered.map(({ question, answer: said }) => {
            const answer = answerText(question, said, words, language).join(', ');
            const label = html`${question.question} <strong class="said">${answer}</strong>`;
            return option({ kind: 'radio', name: 'answer', value: question.fact, label, checked: false });
          })}
          ${option({ kind: 'radio', name: 'answer', value: UNKNOWN, label: words.question.unsure, checked: false })}
        </div>
      </fieldset>
      <button type="submit" class="main" part="button">${words.continue}</button>
    </form>`;
}

function settle(event: SubmitEvent, view: View, facts: string[]): void {
  event.preventDefault();
  const right = new FormData(event.currentTarget as HTMLFormElement).get('answer');
  if (typeof right !== 'string') {
    view.refresh({ mistake: { message: view.words.conflict.nextHint, at: 'answer' } });
    return;
  }
  view.visit.settle(facts, right === UNKNOWN ? null : right);
  view.moved();
}
