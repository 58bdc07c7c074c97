// Check your answers: every question with its answer, and a way to change each.

import { type TemplateResult, html, nothing } from 'lit';
import type { Answer, Question } from '../../engine/contract.ts';
import { answerText } from '../answer-text.ts';
import { heading, title } from '../parts/heading.ts';
import type { View } from '../view.ts';

export function checkPage(view: View): TemplateResult {
  const { words, visit, level, family } = view;
  const changing = (what: string, to: () => void) => {
    const change = () => {
      to();
      view.moved();
    };
    return html`<dd class="change"><button type="button" class="quiet" @click=${change}>${words.check.change}<span class="hidden">: ${what}</span></button></dd>`;
  };
  const results = () => {
    visit.show('results');
    view.moved();
  };
  const { said: answered, idle } = visit;
  return html`${title(level, words.check.title)}
    <p class="hint">${answered.length > 0 ? words.check.hint : words.check.nothing}</p>
    <dl class="answers">
      ${family.by ? html`<div><dt>${words.who.title}</dt><dd>${words.who[family.by]}</dd>${changing(words.who.title, () => visit.changeWho())}</div>` : nothing}
      ${answered.map(
        ({ key, question, answer }) => html`<div>
          ${lines(view, question, answer)}
          ${changing(question.question, () => visit.change(key, 'check'))}
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
