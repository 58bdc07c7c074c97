// The dates of a result as a calendar file (iCalendar, RFC 5545), made on the device: an event a date, of the whole day, private,
// with whom to call and a reminder four weeks before.

import type { CalendarChange, Program, Result } from '../engine/contract.ts';
import { type Language, type Words, dialed } from '../locale/locale.ts';
import { programOf } from './groups.ts';
import { dateText, endingText, thenText } from './parts/changes.ts';
import type { Reach } from './view.ts';

export interface CalendarEvent {
  /** The same for the same date at every visit, so that a calendar does not show it twice. */
  uid: string;
  /** The day; of a time between two days, the first. */
  on: string;
  title: string;
  text: string;
}

export interface Told {
  words: Words;
  language: Language;
  /** The line that is called where a program has none of its own. */
  help: Reach;
}

/** All dates to come, the earliest first. `child` tells one child's dates from another's, and `name` says whose they are. */
export function calendarEvents(result: Result, told: Told, child = 0, name = ''): CalendarEvent[] {
  const { words, language } = told;
  const event = (program: Program, what: CalendarChange['what'], on: string, text: string): CalendarEvent => ({
    uid: `${result.state}-${program.id}-${what}-${on}-${child + 1}@carepath`.toLowerCase(),
    on,
    title: [name, words.calendar[what](program.name)].filter((part) => part).join(': '),
    text: [text, callText(program, told), words.results.notADecision].join('\n'),
  });
  const events = result.programs.flatMap((program) =>
    program.changes.map((change) => event(program, change.what, change.on, [dateText(change, words, language), thenText(change.then, program, result, words)].join(' ').trim())),
  );
  const lead = programOf(result, result.lead.program);
  const ends = result.lead.ending?.date;
  if (lead && ends && ends > result.as_of && !lead.changes.some(({ what, on }) => what === 'ends' && on.startsWith(ends))) {
    events.push(event(lead, 'ends', ends.length === 7 ? `${ends}-01` : ends, endingText(result, words, language)));
  }
  return events.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

function callText(program: Program, { words, language, help }: Told): string {
  const contact = program.contact?.phone ? program.contact : help;
  return `${words.results.callWho(contact.name ?? program.name)}, ${dialed(contact.phone ?? '', language)}`;
}

export function calendarFile(events: CalendarEvent[], now: Date): string {
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '');
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//carepath//screener//EN',
    ...events.flatMap(({ uid, on, title, text }) => [
      'BEGIN:VEVENT',
      `UID:${uid}`,
      `DTSTAMP:${stamp}`,
      `DTSTART;VALUE=DATE:${on.replaceAll('-', '')}`,
      `SUMMARY:${escaped(title)}`,
      `DESCRIPTION:${escaped(text)}`,
      'CLASS:PRIVATE',
      'TRANSP:TRANSPARENT',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      `DESCRIPTION:${escaped(title)}`,
      'TRIGGER:-P27DT15H', // nine in the morning, 28 days before
      'END:VALARM',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
    '',
  ]
    .map(folded)
    .join('\r\n');
}

const escaped = (text: string): string => text.replace(/[\\;,]/g, '\\$&').replace(/\r\n?|\n/g, '\\n').replace(/\p{Cc}/gu, ' ');

/** At most 75 bytes a line, and no character cut in two: what follows begins with a blank. */
function folded(line: string): string {
  let bytes = 0;
  let text = '';
  for (const character of line) {
    const more = new TextEncoder().encode(character).length;
    if (bytes + more > 75) {
      text += '\r\n ';
      bytes = 1;
    }
    text += character;
    bytes += more;
  }
  return text;
}
