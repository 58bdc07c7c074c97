// Who sets up the care, who pays for what, and what it costs: said of every program that is shown. Rules name who sets up
// the care wherever that is offered; where nobody is named, there is nobody to speak of.

import { type TemplateResult, html, nothing } from 'lit';
import type { Benefit, Program } from '../../engine/contract.ts';
import type { Words } from '../../locale/locale.ts';

export function moneyList(program: Program, words: Words): TemplateResult {
  const { results } = words;
  return html`<dl class="money">
    ${program.coordinator === null ? nothing : html`<div><dt>${results.whoLeads}</dt><dd>${program.coordinator}</dd></div>`}
    ${paysAndCosts(program, words)}
  </dl>`;
}

/** The same of a part of a program, which has no coordinator of its own. */
export function benefitMoney(benefit: Benefit, words: Words): TemplateResult {
  return html`<dl class="money">${paysAndCosts(benefit, words)}</dl>`;
}

function paysAndCosts(of: Program | Benefit, { results }: Words): TemplateResult {
  const pays = payers(of);
  return html`<div><dt>${results.whoPays}</dt>${(pays.length > 0 ? pays : [results.notStated]).map((line) => html`<dd>${line}</dd>`)}</div>
    <div><dt>${results.cost}</dt><dd>${results.costs[of.cost_to_family]}</dd></div>`;
}

/** This child's payers where they are decided, and otherwise all there are. Several stand with commas between them. */
function payers({ payer: own, financing }: Program | Benefit): string[] {
  const all = financing ?? [];
  const ours = all.filter((each) => own?.split(', ').includes(each.payer));
  if (own && ours.length === 0) return [own];
  return (ours.length > 0 ? ours : all).map(({ payer, pays_for, mechanism }) => `${payer}${pays_for ? `: ${pays_for}` : ''}${mechanism ? ` (${mechanism})` : ''}`);
}
