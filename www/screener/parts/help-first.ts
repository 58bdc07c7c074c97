// What do you want help with first? It decides nothing; it fills what there is to say on the phone.

import { type TemplateResult, html, nothing } from 'lit';
import type { Words } from '../../locale/locale.ts';
import type { View } from '../view.ts';
import { joined } from './changes.ts';

/** In the order in which they are offered. */
const NEEDS = ['money', 'work', 'housing', 'food', 'transport', 'school', 'respite'] as const;

export function helpFirst(view: View): TemplateResult {
  const { words } = view;
  const { notes } = view.family.child;
  const choose = (event: Event) => {
    const { value, checked } = event.target as HTMLInputElement;
    notes.help = NEEDS.filter((need) => (need === value ? checked : notes.help.includes(need)));
    view.refresh({});
  };
  const said = helpScript(notes.help, words);
  return html`<fieldset class="help-first" @change=${choose}>
      <legend class="label">${words.help.title}</legend>
      <p class="hint">${words.help.hint}</p>
      <div class="chips">
        ${NEEDS.map((need) => html`<label class="chip"><input type="checkbox" value=${need} .checked=${notes.help.includes(need)} /><span>${words.help.needs[need]}</span></label>`)}
      </div>
    </fieldset>
    <div role="status">${said ? html`<p class="script"><span class="label">${words.help.alsoSay}</span> ${said}</p>` : nothing}</div>`;
}

/** What to say of it; null where nothing was chosen. */
export function helpScript(help: string[], words: Words): string | null {
  const chosen = NEEDS.filter((need) => help.includes(need)).map((need) => words.help.inScript[need]);
  return chosen.length > 0 ? words.help.script(joined(chosen, words.results.and)) : null;
}
