// Who is answering: it sets the wording, and nothing else hangs on it.

import { type TemplateResult, html, nothing } from 'lit';
import { BY } from '../../locale/locale.ts';
import { option } from '../controls/option.ts';
import { title } from '../parts/heading.ts';
import { MISTAKE, mistakeLine, mistakeSummary } from '../parts/mistake.ts';
import type { View } from '../view.ts';

export function whoPage(view: View): TemplateResult {
  const { words, level, family } = view;
  return html`${mistakeSummary(view)}
    <form novalidate @submit=${(event: SubmitEvent) => proceed(event, view)}>
      <fieldset class="question" aria-describedby="hint ${view.mistake ? MISTAKE : nothing}">
        <legend>${title(level, words.who.title)}</legend>
        <p class="hint" id="hint">${words.who.hint}</p>
        ${mistakeLine(view)}
        <div class="options">${BY.map((by) => option({ kind: 'radio', name: 'answer', value: by, label: words.who[by], checked: family.by === by }))}</div>
      </fieldset>
      <button type="submit" class="main" part="button">${words.continue}</button>
    </form>`;
}

function proceed(event: SubmitEvent, view: View): void {
  event.preventDefault();
  const chosen = new FormData(event.currentTarget as HTMLFormElement).get('answer');
  const by = BY.find((each) => each === chosen);
  if (!by) {
    view.refresh({ mistake: { message: view.words.who.empty, at: 'answer' } });
    return;
  }
  const { page } = view.visit;
  view.family.answeredBy(by);
  if (page.name === 'who' && page.then) view.visit.show(page.then);
  else view.visit.start();
  view.moved();
}
