// What a page is drawn from. Pages are functions of this and keep nothing themselves.

import type { Contact, StateContact } from '../engine/contract.ts';
import { type Language, type Words, said } from '../locale/locale.ts';
import type { Device } from './device.ts';
import type { Family } from './family.ts';
import type { Visit } from './visit.ts';

/** A contact in the reader's language. */
export type Reach = Partial<Contact>;

export function reach(contact: StateContact, language: Language): Reach {
  return { ...contact, name: said(contact.name, language), hours: said(contact.hours, language) };
}

/** Something to put right in a form, and the control it concerns. */
export interface Mistake {
  message: string;
  at: string;
}

/** What a page may change of what it is drawn from. */
export type Change = Partial<Pick<View, 'mistake' | 'search' | 'message' | 'withAnswers'>>;

export interface View {
  words: Words;
  language: Language;
  /** The level of a page's heading; the host page decides it. */
  level: number;
  /** Whether the page around is told which programs fit. */
  shared: boolean;
  /** Whether the page around is somebody else's, whose scripts can read what stands here. */
  guest: boolean;
  family: Family;
  /** The visit of the child whose page is shown. */
  visit: Visit;
  /** What the family saved on this device. */
  device: Device;
  /** The state's line for everyone, shown in the same place on every page. */
  help: Reach;
  mistake: Mistake | null;
  /** What is typed into the search of a list of conditions; null until then. */
  search: string | null;
  /** What a button just did. */
  message: string | null;
  /** Whether answers stand in the text to share. */
  withAnswers: boolean;
  /** Draws again after the visit changed, and moves focus to the new page. */
  moved(): void;
  /** Draws again on the same page; `focus` selects what takes the focus where what had it goes away. */
  refresh(change: Change, focus?: string): void;
  /** Goes on with what is saved. */
  takeUp(): void;
}
