// The facts that are still missing, how to find each out, and a way to answer it here.

import { type TemplateResult, html, nothing } from 'lit';
import type { View } from '../view.ts';

export function needed(view: View, missing: string[]): TemplateResult | typeof nothing {
  const { words, visit } = view;
  if (missing.length === 0) return nothing;
  const questions = visit.questions;
  const answerNow = (fact: string) => () => {
    visit.answerNow(fact);
    view.moved();
  };
  return html`<p class="label">${words.results.needed}</p>
    <ul class="needed">
      ${missing.map((fact) => {
        const question = questions[fact];
        return html`<li>
          <p>${question?.question ?? fact.replaceAll('_', ' ')}</p>
          ${question?.find_out ? html`<p class="find-out"><span class="label">${words.question.findOut}</span> ${question.find_out}</p>` : nothing}
          ${visit.canAnswer(fact)
            ? html`<button type="button" class="quiet" @click=${answerNow(fact)}>${words.results.answerNow}<span class="hidden">: ${question?.question ?? ''}</span></button>`
            : nothing}
        </li>`;
      })}
    </ul>`;
}
