// What was found, as a text to copy or share: programs and whom to call. Answers stand in it only where the family adds them.

import type { Program } from '../engine/contract.ts';
import { dialed, said, writtenDate } from '../locale/locale.ts';
import { answerText } from './answer-text.ts';
import { certainNo, grouped } from './groups.ts';
import { finding, openName } from './pages/results.ts';
import { endingText } from './parts/changes.ts';
import { firstCall } from './parts/first-steps.ts';
import { helpScript } from './parts/help-first.ts';
import type { Reach, View } from './view.ts';

/** Behind a number that was not seen on a page of the agency; said once, at the end. */
const UNCONFIRMED = '*';

export function shareText(view: Pick<View, 'words' | 'language' | 'help' | 'visit' | 'family'>, withAnswers: boolean): string {
  const { words, language, help, visit, family } = view;
  const { results } = words;
  const { result, about } = visit;
  const groups = grouped(result);
  const { title, contact, program, say } = firstCall(result, view);

  const phone = ({ phone, confirm }: Reach) => `${dialed(phone ?? '', language)}${confirm ? UNCONFIRMED : ''}`;
  const line = (each: Program) => {
    const own = each.contact?.phone ? each.contact : help;
    const name = own.name === each.name ? '' : `${own.name}, `;
    return `${each.name}: ${name}${phone(own)}`;
  };
  const list = (name: string, lines: string[]) => (lines.length > 0 ? [name, ...lines.map((each) => `- ${each}`)].join('\n') : '');

  const text = [
    `${words.share.about(said(about.name, language))}\n${results.asOf(writtenDate(result.as_of, language))} ${said(about.status, language)}`.trim(),
    // When a lead ends tells when the child was born.
    [finding(view, result), withAnswers && result.lead.ending ? endingText(result, words, language) : ''].join(' ').trim(),
    [
      `${results.first}: ${title}`,
      ...(contact.phone ? [phone(contact)] : []),
      ...(contact.hours ? [`${words.hours}: ${contact.hours}`] : []),
      ...(contact.url ? [contact.url] : []),
      ...(program && program.steps.length > 0 ? program.steps.map((step) => `- ${step}`) : [`${results.say} ${say}`]),
    ].join('\n'),
    (withAnswers && helpScript(family.child.notes.help, words)) || '',
    list(results.bring, program?.documents ?? []),
    list(results.ask, result.lead.ask_about.map(({ question }) => question)),
    list(results.has, groups.has.map(line)),
    list(results.match, groups.match.map(line)),
    list(openName(view, groups.open), groups.open.map(line)),
    list(results.reviewGroup, groups.review.map(line)),
    list(results.alongside, groups.alongside.map(line)),
    list(results.no, groups.no.map((each) => line(each) + (certainNo(each) ? '' : ` (${results.probablyNo})`))),
    withAnswers ? list(words.share.ours, visit.said.map(({ question, answer }) => `${question.question} ${answerText(question, answer, words, language).join(', ')}`)) : '',
    `${results.notADecision} ${results.always}`,
  ];
  if (text.some((part) => part.includes(UNCONFIRMED))) text.push(`${UNCONFIRMED} ${words.confirm}`);
  return text.filter((part) => part).join('\n\n');
}
