// The calendar file, read back by a parser of somebody else's.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import ICAL from 'ical.js';
import type { CalendarChange, Ending, Program, Result } from '../engine/contract.ts';
import { type Language, WORDS } from '../locale/locale.ts';
import { type CalendarEvent, calendarEvents, calendarFile } from './calendar-file.ts';

const NOW = new Date('2026-06-01T17:00:00.123Z');
const help = { name: 'Client line', phone: '1-844-843-7351' };
const told = (language: Language) => ({ words: WORDS[language], language, help });

const change = (on: string, what: CalendarChange['what'] = 'ends', by: string | null = null, then: string | null = null): CalendarChange => ({ on, by, what, then });
const program = (id: string, name: string, changes: CalendarChange[], contact: Program['contact'] = null) => ({ id, name, kind: 'program', changes, contact }) as Partial<Program> as Program;
const result = (programs: Program[], ending: Ending | null = null) =>
  ({ state: 'AR', as_of: '2026-06-01', lead: { program: programs[0]?.id ?? null, contact_first: null, ending }, programs }) as Partial<Result> as Result;

const CARE = program('care', 'Care; help, and more', [change('2029-11-01', 'ends', '2029-11-30', 'next'), change('2027-03-04', 'renews')], { name: 'Care line', phone: '555-0100' });
const NEXT = program('next', 'Niños y jóvenes', [change('2029-11-01', 'begins')]);

function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    const alarm = component.getFirstSubcomponent('valarm')!;
    return { uid: event.uid, on: event.startDate.toString(), wholeDay: event.startDate.isDate, title: event.summary, text: event.description, reminds: String(alarm.getFirstPropertyValue('trigger')), says: alarm.getFirstPropertyValue('description') };
  });
}

for (const language of ['en', 'es'] as const) {
  test(`every date is an event of the whole day, with the program, what happens, and whom to call: ${language}`, () => {
    const { results, calendar } = WORDS[language];
    const events = read(calendarFile(calendarEvents(result([CARE, NEXT]), told(language)), NOW));
    assert.deepEqual(events.map(({ on, title }) => [on, title]), [
      ['2027-03-04', calendar.renews('Care; help, and more')],
      ['2029-11-01', calendar.ends('Care; help, and more')],
      ['2029-11-01', calendar.begins('Niños y jóvenes')],
    ]);
    assert.ok(events.every(({ wholeDay, title, says, reminds }) => wholeDay && title === says && reminds === '-P27DT15H'));
    const [, ends, begins] = events;
    assert.equal(
      ends!.text,
      language === 'en'
        ? 'This ends between November 1 and November 30, 2029. From then on, call first: Niños y jóvenes.\nCall Care line, 555-0100\nThis is not a decision. It is a guide to who to call.'
        : 'Esto termina entre el 1 de noviembre y el 30 de noviembre de 2029. Desde ese día, llame primero a: Niños y jóvenes.\nLlame a: Care line, 555-0100\nEsto no es una decisión. Es una guía para saber a quién llamar.',
    );
    assert.ok(begins!.text.includes(`${results.callWho('Client line')}, 1-844-843-7351`), 'a program without a number: the line for everyone');
  });
}

test('any text comes back as it was, in lines of at most 75 bytes that cut no character', () => {
  const nasty = ['a\\,;b\\n', 'ñ'.repeat(120), `${'x'.repeat(66)}👩‍👧👩‍👧👩‍👧`, 'one\ntwo\r\nthree', 'BEGIN:VEVENT\nEND:VCALENDAR', ' begins with a blank', 'a "quoted": thing'];
  for (const title of nasty) {
    const text = calendarFile([{ uid: 'one@carepath', on: '2027-03-04', title, text: title } satisfies CalendarEvent], NOW);
    assert.doesNotMatch(text.replaceAll('\r\n', ''), /[\r\n]/);
    for (const line of text.split('\r\n')) {
      const bytes = new TextEncoder().encode(line);
      assert.ok(bytes.length <= 75, line);
      assert.equal(new TextDecoder('utf-8', { fatal: true }).decode(bytes), line);
    }
    const [event, ...more] = read(text);
    assert.deepEqual([event!.title, event!.text, more], [title.replaceAll('\r\n', '\n'), title.replaceAll('\r\n', '\n'), []]);
  }
});

test('the same date has the same name at every visit, in every language, and no other date has it', () => {
  const uids = (language: Language, child?: number) => calendarEvents(result([CARE, NEXT]), told(language), child).map(({ uid }) => uid);
  assert.deepEqual(uids('en'), uids('es'));
  assert.equal(new Set([...uids('en', 0), ...uids('en', 1)]).size, 6);
  const at = (now: Date) => calendarFile(calendarEvents(result([CARE]), told('en')), now).replace(/DTSTAMP:\d{8}T\d{6}Z\r\n/g, '');
  assert.equal(at(NOW), at(new Date('2027-01-01T00:00:00Z')));
  assert.match(calendarFile(calendarEvents(result([CARE]), told('en')), NOW), /DTSTAMP:20260601T170000Z\r\n/);
});

test('when the lead ends is a date, where it is to come and no program says it already', () => {
  const days = (ending: Ending, changes: CalendarChange[] = []) => calendarEvents(result([program('lead', 'Lead', changes), NEXT], ending), told('en')).filter(({ uid }) => uid.includes('-lead-'));
  assert.deepEqual(days({ date: '2027-08-03', next: null }).map(({ on, text }) => [on, text.split('\n')[0]]), [['2027-08-03', 'By the rules, this help ends on August 3, 2027.']]);
  assert.deepEqual(days({ date: '2027-08', next: 'next' }).map(({ on, text }) => [on, text.split('\n')[0]]), [['2027-08-01', 'By the rules, this help ends in August 2027. After that, call: Niños y jóvenes.']]);
  assert.equal(days({ date: '2027-08', next: null }, [change('2027-08-01', 'ends', '2027-08-31')]).length, 1);
  assert.equal(days({ date: '2027-08-03', next: null }, [change('2027-08-03')]).length, 1);
  assert.deepEqual(days({ date: '2025-03', next: null }), []);
  assert.deepEqual(days({ date: null, next: null }), []);
});

test('of two children each event says whose it is', () => {
  assert.deepEqual(calendarEvents(result([NEXT]), told('en'), 1, 'Ben').map(({ title }) => title), ['Ben: Can begin: Niños y jóvenes']);
});
