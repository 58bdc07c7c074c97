// One question: its heading, a hint, large answers, why we ask, and Continue. Choosing never moves on by
// itself.

import { type TemplateResult, html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Question, Remaining } from '../../engine/contract.ts';
import { answerText } from '../answer-text.ts';
import { control } from '../controls/control.ts';
import { draftOf, formOf, readForm } from '../form.ts';
import { title } from '../parts/heading.ts';
import { MISTAKE, mistakeLine, mistakeSummary } from '../parts/mistake.ts';
import { problemText } from '../problem-text.ts';
import type { View } from '../view.ts';
import type { Step } from '../walk.ts';

/** Before this many answers there is little to show. */
const ENOUGH_TO_SHOW = 2;

export function questionPage(view: View, step: Step): TemplateResult {
  const { words, visit, level } = view;
  const { question } = step;
  const draft = draftOf(question, visit.answer(step.key));
  return html`${left(view, step.remaining)} ${mistakeSummary(view)}
    <form novalidate autocomplete="off" @submit=${(event: SubmitEvent) => proceed(event, view, step)}>
      ${
        // New controls for a new question, the same ones through everything else: a switch of language keeps what is half filled in.
        keyed(
          formOf(step.key, question),
          html`<fieldset class="question" aria-describedby="hint said-before ${MISTAKE}">
              <legend>${title(level, question.question)}</legend>
              <p class="hint" id="hint">${question.help ?? nothing}</p>
              ${saidBefore(view, step)} ${mistakeLine(view)} ${control(view, question, draft)}
            </fieldset>
            ${whyWeAsk(view, question)}`,
        )
      }
      <button type="submit" class="main" part="button">${words.continue}</button>
    </form>
    ${visit.answered.length >= ENOUGH_TO_SHOW ? html`<button type="button" class="quiet" @click=${() => showKnown(view)}>${words.question.soFar}</button>` : nothing}`;
}

/** Nothing is left where the question is here because the family came for it. */
function left({ words }: View, { at_least, at_most }: Remaining): TemplateResult | typeof nothing {
  if (at_most < 1) return nothing;
  return html`<p class="left">${words.question.left(Math.min(Math.max(at_least, 1), at_most), at_most)}</p>`;
}

/** Why the same question comes again, and that what was said stays. */
function saidBefore({ words, visit, language }: View, step: Step): TemplateResult | typeof nothing {
  const said = visit.saidBefore(step);
  const { type, unit } = step.question;
  const exact = type === 'date' || unit === 'months' ? words.question.refineExact : null;
  const text = exact ?? (type === 'number' ? words.question.refineNumber : type === 'set' ? words.question.refineSet : null);
  if (!said || !text) return nothing;
  return html`<p class="said-before" id="said-before">${text(answerText(said.question, said.answer, words, language).join(', '))}</p>`;
}

function whyWeAsk({ words }: View, { decides }: Question): TemplateResult {
  return html`<details>
    <summary>${words.question.why}</summary>
    ${decides.length > 0
      ? html`<p>${words.question.decides}</p>
          <ul>
            ${decides.map((name) => html`<li>${name}</li>`)}
          </ul>`
      : html`<p>${words.question.decidesOther}</p>`}
  </details>`;
}

function proceed(event: SubmitEvent, view: View, step: Step): void {
  event.preventDefault();
  const reading = readForm(step.question, new FormData(event.currentTarget as HTMLFormElement), view.visit.asOf);
  if ('problem' in reading) {
    const message = problemText(reading.problem, step.question, view.words, view.language);
    view.refresh({ mistake: { message, at: reading.at } });
    return;
  }
  // The engine's own words for an impossible answer are for people who write answers files.
  if (!view.visit.give(step.key, reading.answer)) view.refresh({ mistake: { message: view.words.problem.impossible, at: firstControl(event.currentTarget as HTMLFormElement) } });
  else if (view.visit.waits) view.refresh({ mistake: null });
  else view.moved();
}

function firstControl(form: HTMLFormElement): string {
  return form.querySelector<HTMLInputElement>('fieldset.question [name]')?.name ?? 'answer';
}

function showKnown(view: View): void {
  view.visit.show('known');
  view.moved();
}
