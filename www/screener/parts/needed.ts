// The facts that are still missing: once for all programs that hang on them, with how to find each out and a way to answer it
// here; beside a program, by name.

import { type TemplateResult, html, nothing } from 'lit';
import type { Program } from '../../engine/contract.ts';
import { heading } from './heading.ts';
import type { View } from '../view.ts';

/** Of a longer list only so many stand open: those of the programs that come first. */
const AT_A_GLANCE = 3;

export function needed(view: View, programs: Program[]): TemplateResult | typeof nothing {
  const { words, visit, level } = view;
  const missing = [...new Set(programs.flatMap((program) => [...program.missing, ...program.benefits.flatMap((benefit) => benefit.missing)]))];
  if (missing.length === 0) return nothing;
  const { questions } = visit;
  const answerNow = (fact: string) => () => {
    visit.answerNow(fact);
    view.moved();
  };
  const one = (fact: string) => {
    const question = questions[fact];
    return html`<li>
      <p>${question?.question ?? named(fact)}</p>
      ${question?.find_out ? html`<p class="find-out"><span class="label">${words.question.findOut}</span> ${question.find_out}</p>` : nothing}
      ${visit.canAnswer(fact)
        ? html`<button type="button" class="quiet" @click=${answerNow(fact)}>${words.results.answerNow}<span class="hidden">: ${question?.question ?? ''}</span></button>`
        : nothing}
    </li>`;
  };
  const first = missing.slice(0, missing.length > AT_A_GLANCE + 1 ? AT_A_GLANCE : undefined);
  const rest = missing.slice(first.length);
  return html`<section>
    ${heading(level + 1, words.results.needed)}
    <ul class="needed">
      ${first.map(one)}
    </ul>
    ${rest.length > 0
      ? html`<details class="fold">
          <summary>${words.results.neededMore(rest.length)}</summary>
          <ul class="needed">
            ${rest.map(one)}
          </ul>
        </details>`
      : nothing}
  </section>`;
}

export function neededLine(view: View, missing: string[]): TemplateResult | typeof nothing {
  return missing.length === 0 ? nothing : html`<p>${neededText(view, missing)}</p>`;
}

export function neededText({ words, visit }: View, missing: string[]): string {
  return words.results.neededHere(missing.map((fact) => visit.questions[fact]?.name ?? named(fact)).join('; '));
}

const named = (fact: string): string => fact.replaceAll('_', ' ');
