// Check your answers: every question with its answer, and a way to change each.

import { type TemplateResult, html, nothing } from 'lit';
import type { Answer, Question } from '../../engine/contract.ts';
import { answerText } from '../answer-text.ts';
import { heading, title } from '../parts/heading.ts';
import type { View } from '../view.ts';

export function checkPage(view: View): TemplateResult {
  const { words, visit, level } = view;
  const change = (key: string) => () => {
    visit.change(key, 'check');
    view.moved();
  };
  const results = () => {
    visit.show('results');
    view.moved();
  };
  const { said: answered, idle } = visit;
  return html`${title(level, words.check.title)}
    <p class="hint">${answered.length > 0 ? words.check.hint : words.check.nothing}</p>
    <dl class="answers">
      ${answered.map(
        ({ key, question, answer }) => html`<div>
          ${lines(view, question, answer)}
          <dd class="change"><button type="button" class="quiet" @click=${change(key)}>${words.check.change}<span class="hidden">: ${question.question}</span></button></dd>
        </div>`,
      )}
    </dl>
    ${idle.length > 0
      ? html`${heading(level + 1, words.check.idle)}
          <dl class="answers idle">
            ${idle.map(({ question, answer }) => html`<div>${lines(view, question, answer)}</div>`)}
          </dl>`
      : nothing}
    <button type="button" class="main" part="button" @click=${results}>${words.check.results}</button>`;
}

function lines({ words, language }: View, question: Question, answer: Answer): TemplateResult {
  return html`<dt>${question.question}</dt>
    ${answerText(question, answer, words, language).map((line) => html`<dd>${line}</dd>`)}`;
}
