// What we found, and, before the questions are over, what we know so far: whom to call first, then the
// programs in groups by words.

import { type TemplateResult, html, nothing } from 'lit';
import type { Program, Result } from '../../engine/contract.ts';
import { said, writtenDate } from '../../locale/locale.ts';
import { grouped, programOf } from '../groups.ts';
import { endingLine } from '../parts/changes.ts';
import { children } from '../parts/children.ts';
import { firstSteps } from '../parts/first-steps.ts';
import { heading, title } from '../parts/heading.ts';
import { needed } from '../parts/needed.ts';
import { programCard } from '../parts/program-card.ts';
import { takeAlong } from '../parts/take-along.ts';
import type { View } from '../view.ts';

export function resultsPage(view: View): TemplateResult {
  const { words, visit } = view;
  return html`${title(view.level, words.results.title)} ${found(view, visit.result)}
    ${takeAlong(view)} ${children(view)}`;
}

/** The same findings, said to be unfinished. */
export function knownPage(view: View): TemplateResult {
  const { words, visit } = view;
  const goOn = html`<button
    type="button"
    class="main"
    part="button"
    @click=${() => {
      visit.goOn();
      view.moved();
    }}
  >
    ${words.known.goOn}
  </button>`;
  return html`${title(view.level, words.known.title)}
    <p class="hint">${words.known.hint}</p>
    ${goOn} ${found(view, visit.result)}`;
}

function found(view: View, result: Result): TemplateResult {
  const { words, visit, language } = view;
  const groups = grouped(result);
  const { open } = groups;
  return html`<p class="finding">${finding(view, result)}</p>
    ${endingLine(view, result)}
    ${result.open_because.includes('dont_know') ? html`<p>${words.results.dontKnow}</p>` : nothing}
    <div class="always">
      <p>${words.results.notADecision} ${words.results.always}</p>
      <p class="draft">${said(visit.about.status, language)} ${words.results.asOf(writtenDate(result.as_of, language))}</p>
    </div>
    ${firstSteps(view, result)} ${duplicates(view, result)} ${needed(view, [...open, ...groups.match, ...groups.has, ...groups.review, ...groups.alongside, ...groups.no])}
    ${group(view, words.results.has, groups.has)} ${group(view, words.results.match, groups.match)}
    ${group(view, openName(view, open), open)}
    ${group(view, words.results.reviewGroup, groups.review, html`<p>${words.results.reviewHint}</p>`)} ${group(view, words.results.alongside, groups.alongside)}
    ${noGroup(view, groups.no)}`;
}

/** One fact is missing, or several. */
export function openName({ words }: Pick<View, 'words'>, open: Program[]): string {
  return open.length > 1 || open.some((program) => program.missing.length > 1) ? words.results.openMany : words.results.open;
}

export function finding({ words }: Pick<View, 'words'>, result: Result): string {
  const { lead } = result;
  const name = programOf(result, lead.program)?.name;
  if (lead.status === 'fallback') return words.results.fallback;
  if (lead.status === 'undetermined' || !name) return words.results.undetermined;
  return words.results[lead.status](name);
}

function duplicates({ words, level }: View, result: Result): TemplateResult | typeof nothing {
  if (result.duplicates.length === 0) return nothing;
  const lead = programOf(result, result.lead.program)?.name;
  return html`<section class="duplicates">
    ${heading(level + 1, words.results.duplicates)}
    <p>${lead ? words.results.duplicatesHint(lead) : words.results.duplicatesHintNoLead}</p>
    <ul>
      ${result.duplicates.map(
        ({ program, kind, because }) => {
          const name = programOf(result, program)?.name ?? program;
          return html`<li><strong>${kind === 'received' ? words.results.received(name) : words.results.notNeeded(name)}</strong><br />${because}</li>`;
        },
      )}
    </ul>
  </section>`;
}

function group(view: View, name: string, programs: Program[], before: unknown = nothing): TemplateResult | typeof nothing {
  if (programs.length === 0) return nothing;
  return html`<section>
    ${heading(view.level + 1, name)} ${before} ${programs.map((program) => programCard(view, program))}
  </section>`;
}

function noGroup(view: View, programs: Program[]): TemplateResult | typeof nothing {
  if (programs.length === 0) return nothing;
  const { words, level } = view;
  return html`<section>
    ${heading(level + 1, words.results.no)}
    <details class="fold">
      <summary>${words.results.noHint(programs.length)}</summary>
      ${programs.map((program) => programCard(view, program))}
    </details>
  </section>`;
}
