// The care map: who is around the child and what each does, as a picture and as lists, and who does the same. The
// family adds people who are in no program here.

import { type TemplateResult, html, nothing } from 'lit';
import { SETS_UP_CARE, type Same, type Someone, around, same, workName } from '../care-map.ts';
import { option } from '../controls/option.ts';
import { programOf } from '../groups.ts';
import { carePicture, sameMark } from '../parts/care-picture.ts';
import { heading, title } from '../parts/heading.ts';
import { MISTAKE, mistakeLine, mistakeSummary } from '../parts/mistake.ts';
import type { View } from '../view.ts';

/** Where the focus goes once the button that had it is gone. */
const LIST = 'around';

export function mapPage(view: View): TemplateResult {
  const { words, level, visit } = view;
  const { map } = words;
  const all = everybody(view);
  const shared = same(all);
  const to = (name: 'plan' | 'results') => () => {
    visit.show(name);
    view.moved();
  };
  return html`${mistakeSummary(view)} ${title(level, map.title)}
    <p class="hint">${map.hint} ${words.start.privacy}</p>
    ${carePicture(view, all, shared)} ${all.some(({ now }) => !now) ? html`<p class="hint">${map.dashed}</p>` : nothing}
    ${shared.length > 0
      ? html`<section>
          ${heading(level + 1, map.same)}
          <ul class="same">
            ${shared.map((each, mark) => sameLine(view, each, mark))}
          </ul>
        </section>`
      : nothing}
    <section id=${LIST} tabindex="-1" aria-labelledby="around-title">
      ${heading(level + 1, map.around, { id: 'around-title' })}
      <ul class="lines around">
        ${all.map((someone) => someoneLine(view, someone, shared))}
      </ul>
    </section>
    ${addForm(view)}
    <ul class="actions">
      <li><button type="button" class="quiet" @click=${to('plan')}>${words.plan.title}</button></li>
      <li><button type="button" class="quiet" @click=${to('results')}>${words.check.results}</button></li>
    </ul>`;
}

const everybody = ({ visit, family, words }: View): Someone[] => around(visit.result, family.child.notes.people, words);

function sameLine(view: View, same: Same, mark: number): TemplateResult {
  const { work, who } = same;
  const setsUp = work === SETS_UP_CARE;
  return html`<li class=${setsUp ? 'duplicates' : nothing}>
    <p class="label">${sameMark(mark, true)} ${counted(view, same)}</p>
    ${setsUp ? html`<p>${whoShouldLead(view)}</p>` : nothing}
    <ul>
      ${who.map(({ name }) => html`<li>${name}</li>`)}
    </ul>
  </li>`;
}

const counted = ({ words }: View, { work, who, now }: Same): string =>
  work === SETS_UP_CARE ? words.map.setUp(who.length, now) : words.map.doThis(workName(work, words), who.length, now);

function whoShouldLead({ words: { map, results }, visit: { result } }: View): string {
  const name = programOf(result, result.lead.program)?.name;
  if (!name) return results.duplicatesHintNoLead;
  return result.lead.status === 'receiving' ? results.duplicatesHint(name) : `${map.couldLead}: ${name}. ${results.duplicatesHintNoLead}`;
}

function someoneLine(view: View, { name, standing, does, person }: Someone, shared: Same[]): TemplateResult {
  const { words } = view;
  const work = (id: string) => {
    const mark = shared.findIndex((each) => each.work === id);
    return html`<li>${mark < 0 ? nothing : sameMark(mark)} ${workName(id, words)}</li>`;
  };
  const remove = (event: Event) => {
    const { notes } = view.family.child;
    ((event.currentTarget as Node).getRootNode() as ShadowRoot).getElementById(LIST)?.focus();
    notes.people = notes.people.filter((each) => each !== person);
    view.refresh({ mistake: null, message: words.map.removed(name) });
  };
  return html`<li>
    <div>
      <strong>${name}</strong>
      ${standing.length > 0 ? html`<p class="about">${standing.join(' · ')}</p>` : nothing} ${does.length > 0 ? html`<ul class="actions">${does.map(work)}</ul>` : nothing}
    </div>
    ${person ? html`<button type="button" class="quiet" @click=${remove}>${words.map.remove}<span class="hidden">: ${name}</span></button>` : nothing}
  </li>`;
}

function addForm(view: View): TemplateResult {
  const { words, level, mistake } = view;
  const { map } = words;
  return html`<section class="add">
    ${heading(level + 1, map.add)}
    <form novalidate autocomplete="off" @submit=${(event: SubmitEvent) => add(event, view)}>
      <div class="field">
        <label for="role">${map.role}</label>
        ${mistakeLine(view)}
        <select id="role" name="role" aria-describedby=${mistake ? MISTAKE : nothing}>
          <option value=""></option>
          ${Object.entries(map.roles).map(([role, name]) => html`<option value=${role}>${name}</option>`)}
        </select>
      </div>
      <div class="field">
        <label for="name">${map.name}</label>
        <input id="name" name="name" type="text" maxlength="30" spellcheck="false" />
      </div>
      <fieldset>
        <legend class="label">${map.does}</legend>
        <div class="works">${Object.keys(map.works).map((id) => option({ kind: 'checkbox', name: 'does', value: id, label: workName(id, words), checked: false }))}</div>
      </fieldset>
      <button type="submit" class="main" part="button">${map.addThis}</button>
    </form>
    <div role="status">${view.message ? html`<p class="said-before">${view.message}</p>` : nothing}</div>
  </section>`;
}

function add(event: SubmitEvent, view: View): void {
  event.preventDefault();
  const { map } = view.words;
  const form = event.currentTarget as HTMLFormElement;
  const given = new FormData(form);
  const role = String(given.get('role'));
  if (!role) {
    view.refresh({ mistake: { message: map.empty, at: 'role' }, message: null });
    return;
  }
  const person = { role, name: String(given.get('name')).trim(), does: given.getAll('does').map(String) };
  view.family.child.notes.people.push(person);
  form.reset();
  const all = everybody(view);
  const added = map.added(all.find((someone) => someone.person === person)!.name);
  // How many set up care is the one thing that should not grow unseen.
  const setUp = same(all).find(({ work }) => work === SETS_UP_CARE);
  view.refresh({ mistake: null, message: setUp ? `${added} ${counted(view, setUp)}` : added });
}
