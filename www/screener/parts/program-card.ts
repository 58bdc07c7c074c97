// One program of a result: what it is, what to do, and why we say so.

import { type TemplateResult, html, nothing } from 'lit';
import type { Program, Source } from '../../engine/contract.ts';
import { type Words, writtenDate } from '../../locale/locale.ts';
import { bestDecision, certainNo } from '../groups.ts';
import type { View } from '../view.ts';
import { benefits } from './benefits.ts';
import { capital, dates, wouldChange } from './changes.ts';
import { contactLine, webLink } from './contact.ts';
import { documents } from './documents.ts';
import { heading } from './heading.ts';
import { moneyList } from './money.ts';
import { neededLine } from './needed.ts';
import { whyTree } from './why.ts';

/** What helps to decide whether to call stands open; the rest is folded, so that many programs stay a page to look over. */
export function programCard(view: View, program: Program): TemplateResult {
  const { words, level } = view;
  const { results } = words;
  if (program.kind === 'contact') return html`<article class="card" part="card">${heading(level + 2, program.name)} ${contact(view, program)} ${sources(view, program)}</article>`;
  return html`<article class="card" part="card">
    ${heading(level + 2, program.name)} ${standing(program, words)} ${neededLine(view, program.missing)} ${reviews(view, program)} ${wouldChange(view, program)} ${contact(view, program)}
    <details>
      <summary>${results.more}<span class="hidden">: ${program.name}</span></summary>
      ${program.notes.map((note) => html`<p>${note}</p>`)} ${benefits(view, program)} ${dates(view, program)} ${relations(program)}
      ${program.id === view.visit.result.lead.contact_first ? nothing : documents(program, words)} ${moneyList(program, words)}
    </details>
    <details>
      <summary>${results.why}<span class="hidden">: ${program.name}</span></summary>
      ${program.why ? whyTree(program.why, words) : nothing} ${unchecked(view, program)} ${sources(view, program)}
    </details>
  </article>`;
}

function standing(program: Program, words: Words): TemplateResult | typeof nothing {
  const { results } = words;
  if (!program.in_force) return html`<p class="standing">${results.notInForce}</p>`;
  if (bestDecision(program) === 'ineligible' && program.receiving !== 'yes' && !certainNo(program)) {
    return html`<p class="standing">${results.probablyNo}</p>
      <p>${results.probablyNoHint}</p>`;
  }
  return nothing;
}

/** How it stands to other programs, and when it has to be renewed: a sentence each. */
function relations(program: Program): TemplateResult[] {
  const said = program.relations.map((relation) => relation.text);
  return [...said, ...(program.renewal ? [program.renewal] : [])].map((text) => html`<p>${text}</p>`);
}

function reviews({ words }: View, program: Program): TemplateResult | typeof nothing {
  if (program.review.length === 0 || program.decision === 'ineligible') return nothing;
  return html`<p class="label">${words.results.because}</p>
    <ul class="reviews">
      ${program.review.map(
        (review) => html`<li>
          ${review.by ? html`<strong>${capital(review.by)}:</strong>` : nothing} ${review.because}
          ${review.contact?.phone && review.contact.phone !== program.contact?.phone ? contactLine(review.contact, words) : nothing}
        </li>`,
      )}
    </ul>`;
}

function contact({ words, help }: View, program: Program): TemplateResult {
  const own = program.contact;
  if (own?.phone) return contactLine(own, words, own.name !== program.name);
  return html`${own?.url ? contactLine({ ...own, name: null }, words) : nothing}
    <p class="ask-here">${words.results.noOwnPhone}</p>
    ${contactLine({ ...help, url: null, hours: null }, words)}`;
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
      ${program.sources.map((source) => html`<li><bdi>${written(view, source)}</bdi></li>`)}
    </ul>`;
}

/** In the language of the source, whichever way that is written. */
function written({ words, language }: View, source: Source): TemplateResult {
  const about = [source.publisher, source.date ? writtenDate(source.date, language) : null].filter((part) => part).join(', ');
  return html`${source.address ? webLink(source.address, words, source.title) : source.title}${source.section ? html`, ${source.section}` : nothing}${about ? html` <span class="about">(${about})</span>` : nothing}`;
}
