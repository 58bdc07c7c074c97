// One program of a result: what it is, what to do, and why we say so.

import { type TemplateResult, html, nothing } from 'lit';
import type { Program, Source } from '../../engine/contract.ts';
import { type Words, writtenDate } from '../../locale/locale.ts';
import { certainNo } from '../groups.ts';
import type { View } from '../view.ts';
import { dates, wouldChange } from './changes.ts';
import { contactLines, phoneLink, webLink } from './contact.ts';
import { heading } from './heading.ts';
import { moneyList } from './money.ts';
import { whyTree } from './why.ts';

export function programCard(view: View, program: Program): TemplateResult {
  const { words, level } = view;
  if (program.kind === 'contact') return html`<article class="card">${heading(level + 2, program.name)} ${contact(view, program)} ${sources(view, program)}</article>`;
  return html`<article class="card">
    ${heading(level + 2, program.name)} ${standing(program, words)} ${program.notes.map((note) => html`<p>${note}</p>`)} ${needed(view, program)} ${reviews(view, program)}
    ${wouldChange(view, program)} ${dates(view, program)} ${contact(view, program)} ${moneyList(program, words)}
    <details>
      <summary>${words.results.why}<span class="hidden">: ${program.name}</span></summary>
      ${program.why ? whyTree(program.why, words) : nothing} ${unchecked(view, program)} ${sources(view, program)}
    </details>
  </article>`;
}

function standing(program: Program, words: Words): TemplateResult | typeof nothing {
  const { results } = words;
  if (!program.in_force) return html`<p class="standing">${results.notInForce}</p>`;
  if (program.decision === 'ineligible' && program.receiving !== 'yes' && !certainNo(program)) {
    return html`<p class="standing">${results.probablyNo}</p>
      <p>${results.probablyNoHint}</p>`;
  }
  return nothing;
}

/** The missing facts, how to find each out, and a way to answer it here. */
function needed(view: View, program: Program): TemplateResult | typeof nothing {
  const { words, visit } = view;
  if (program.decision !== 'undetermined' || program.missing.length === 0) return nothing;
  const questions = visit.questions;
  const answerNow = (fact: string) => () => {
    visit.answerNow(fact);
    view.moved();
  };
  return html`<p class="label">${words.results.needed}</p>
    <ul class="needed">
      ${program.missing.map((fact) => {
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

function reviews({ words }: View, program: Program): TemplateResult | typeof nothing {
  if (program.review.length === 0 || program.decision === 'ineligible') return nothing;
  return html`<p class="label">${words.results.because}</p>
    <ul class="reviews">
      ${program.review.map(
        (review) => html`<li>
          ${review.by ? html`<strong>${review.by}:</strong>` : nothing} ${review.because}
          ${review.contact?.phone && review.contact.phone !== program.contact?.phone ? contactLines(review.contact, words) : nothing}
        </li>`,
      )}
    </ul>`;
}

function contact({ words, help }: View, program: Program): TemplateResult {
  const own = program.contact;
  if (own?.phone) return contactLines(own, words, own.name !== program.name);
  return html`${own?.url ? contactLines({ ...own, name: null }, words) : nothing}
    <p>${words.results.noOwnPhone}<br />${help.name}: ${help.phone ? phoneLink(help.phone, words) : nothing}</p>`;
}

function unchecked({ words }: View, program: Program): TemplateResult | typeof nothing {
  if (program.assumptions.length === 0) return nothing;
  return html`<p class="label">${words.results.unchecked}</p>
    <ul>
      ${program.assumptions.map((assumption) => html`<li>${assumption}</li>`)}
    </ul>`;
}

function sources(view: View, program: Program): TemplateResult | typeof nothing {
  if (program.sources.length === 0) return nothing;
  return html`<p class="label">${view.words.results.sources}</p>
    <ul class="sources">
      ${program.sources.map((source) => html`<li>${written(view, source)}</li>`)}
    </ul>`;
}

function written({ words, language }: View, source: Source): TemplateResult {
  const about = [source.publisher, source.date ? writtenDate(source.date, language) : null].filter((part) => part).join(', ');
  return html`${source.address ? webLink(source.address, words, source.title) : source.title}${source.section ? html`, ${source.section}` : nothing}${about ? html` <span class="about">(${about})</span>` : nothing}`;
}
