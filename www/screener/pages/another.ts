// One more child of the same family: what to call each, so that nobody takes one for the other.

import { type TemplateResult, html } from 'lit';
import { title } from '../parts/heading.ts';
import type { View } from '../view.ts';

export function anotherPage(view: View): TemplateResult {
  const { words, level, family } = view;
  const unnamed = family.children.flatMap(({ name }, at) => (name ? [] : [at]));
  return html`${title(level, words.children.another)}
    <form novalidate autocomplete="off" @submit=${(event: SubmitEvent) => proceed(event, view)}>
      <p class="hint">${words.children.hint}</p>
      ${[...unnamed, family.children.length].map(
        (at) => html`<div class="field">
          <label for="name-${at}">${at < family.children.length && family.children.length === 1 ? words.children.firstName : words.children.name(at + 1)}</label>
          <input id="name-${at}" name="name-${at}" type="text" maxlength="30" spellcheck="false" />
        </div>`,
      )}
      <button type="submit" class="main" part="button">${words.continue}</button>
    </form>`;
}

function proceed(event: SubmitEvent, view: View): void {
  event.preventDefault();
  const { family, words } = view;
  const form = new FormData(event.currentTarget as HTMLFormElement);
  const names = [...family.children.map(({ name }) => name), ''].map((name, at) => name || String(form.get(`name-${at}`) ?? '').trim() || words.children.numbered(at + 1));
  family.addChild(names);
  view.moved();
}
