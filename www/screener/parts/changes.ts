// What can change, and when: what would make a program fit, on which days something ends, begins or
// renews, and how long a lead goes on. The engine sends no change that nobody should be told to make.

import { type TemplateResult, html, nothing } from 'lit';
import type { CalendarChange, Change, Program, Question, Result } from '../../engine/contract.ts';
import { type Language, type Words, writtenDate, writtenSpan } from '../../locale/locale.ts';
import { programOf } from '../groups.ts';
import type { View } from '../view.ts';

export function wouldChange({ words, visit, language }: View, program: Program): TemplateResult | typeof nothing {
  if (program.would_change.length === 0) return nothing;
  const ways = waysText(program, visit.questions, words, language);
  return html`<p class="label">${ways.length > 1 ? words.results.wouldChangeAny : words.results.wouldChange}</p>
    <ul class="ways">
      ${ways.map(({ text, also }) => html`<li>${text}${also ? html`<span class="also">${also}</span>` : nothing}</li>`)}
    </ul>`;
}

/** Each way in one line, and what it would hang on besides, by name. */
export function waysText(program: Program, questions: Record<string, Question>, words: Words, language: Language): { text: string; also: string | null }[] {
  return program.would_change.map((changes, index) => {
    const facts = program.would_also_need[index] ?? [];
    const names = facts.map((fact) => questions[fact]?.name ?? fact.replaceAll('_', ' '));
    return {
      text: capital(joined(changes.map((change) => changeText(change, words, language)), words.results.and)),
      also: names.length > 0 ? words.results.alsoDepends(names.join('; ')) : null,
    };
  });
}

/** What would be so, and how a family comes to it. */
function changeText({ text, how, to }: Change, { results }: Words, language: Language): string {
  return `${text} (${how === 'time' ? results.from(writtenDate(to, language)) : results.how[how]})`;
}

/** As the engine's own sentences join what they list: one, two and three. */
export const joined = (parts: string[], and: string): string => (parts.length < 2 ? parts.join() : `${parts.slice(0, -1).join(', ')} ${and} ${parts.at(-1)}`);

export const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

export function dates({ words, visit, language }: View, program: Program): TemplateResult | typeof nothing {
  if (program.changes.length === 0) return nothing;
  return html`<p class="label">${words.results.dates}</p>
    <ul class="dates">
      ${told(program).map((change) => html`<li>${dateText(change, words, language)} ${thenText(change.then, program, visit.result, words)}</li>`)}
    </ul>`;
}

/** Whom to call from then on. Whom one calls first already is no news. */
export function thenText(id: string | null, program: Program, result: Result, { results }: Words): string {
  const name = id === result.lead.contact_first ? null : programOf(result, id)?.name;
  return !name ? '' : id === program.id ? results.thenThis : results.thenCall(name);
}

/** One renewal is enough to know when the next ones are. */
export function told({ changes }: Program): CalendarChange[] {
  const renewal = changes.find(({ what }) => what === 'renews');
  return changes.filter((change) => change.what !== 'renews' || change === renewal);
}

/** The day, or, where only the month of birth is known, the days between which it lies. */
export function dateText({ on, by, what }: CalendarChange, words: Words, language: Language): string {
  const { results } = words;
  return results.changes[what](by === null || by === on ? results.on(writtenDate(on, language)) : results.between(...writtenSpan(on, by, language)));
}

/** Beside the lead: when it ends or ended, and who comes next. */
export function endingLine({ words, language }: View, result: Result): TemplateResult | typeof nothing {
  if (!result.lead.ending) return nothing;
  return html`<p class="ending">${endingText(result, words, language)}</p>`;
}

export function endingText(result: Result, words: Words, language: Language): string {
  const { results } = words;
  const { date, next } = result.lead.ending!;
  const name = programOf(result, next)?.name;
  return [date === null ? results.ends : end(date), name ? results.endsThen(name) : ''].join(' ').trim();

  function end(date: string): string {
    const when = (/^\d+-\d+$/.test(date) ? results.inMonth : results.on)(writtenDate(date, language));
    return (date > result.as_of ? results.endsThere : results.endedThere)(when);
  }
}
