// What is kept on the device: only after somebody asked, for 30 days, and never as an error.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Device } from './device.ts';
import type { FamilyKept } from './family.ts';

const KEY = 'carepath-saved-AR';

const FAMILY: FamilyKept = {
  by: 'parent',
  household: [['county:choice', 'Pulaski']],
  children: [
    { name: 'Ana', given: [['birth_month:month', '2012-03'], ['enrolled:set', { passe: 'no' }]], volunteered: ['ssi'], notes: { help: ['food'], people: [{ role: 'doctor', name: 'Dr. Lee', does: [] }], goals: ['Sleep'] } },
    { name: 'Ben', given: [], volunteered: [], notes: { help: [], people: [], goals: [] } },
  ],
};
const changed: FamilyKept = { ...FAMILY, by: 'helper' };

const proto = {
  getItem(this: Record<string, string>, key: string) {
    return this[key] ?? null;
  },
  setItem(this: Record<string, string>, key: string, text: string) {
    this[key] = text;
  },
  removeItem(this: Record<string, string>, key: string) {
    delete this[key];
  },
};

/** The browser's storage and its clock. */
function browser({ mock }: TestContext, day = '2026-06-01', entries: Record<string, string> = {}) {
  mock.timers.enable({ apis: ['Date'], now: new Date(`${day}T12:00:00`) });
  const storage = Object.assign(Object.create(proto) as Record<string, string>, entries);
  Object.defineProperty(globalThis, 'localStorage', { value: storage, configurable: true });
  return { storage, goTo: (to: string) => mock.timers.setTime(new Date(`${to}T12:00:00`).getTime()) };
}

test('nothing is kept before somebody asks; then all of it, until a day that is told', (context) => {
  const { storage } = browser(context);
  const device = new Device('AR');
  device.follow(FAMILY);
  assert.deepEqual([device.allowed, device.saved, device.ours, Object.keys(storage)], [true, null, false, []]);
  assert.equal(device.save(FAMILY), true);
  assert.deepEqual([device.ours, device.saved], [true, { on: '2026-06-01', until: '2026-07-01', family: FAMILY }]);
  const again = new Device('AR');
  assert.deepEqual([again.ours, again.saved], [false, { on: '2026-06-01', until: '2026-07-01', family: FAMILY }]);
  assert.deepEqual(again.takeUp(), FAMILY);
  assert.equal(again.ours, true);
});

test('while it is saved what changes is saved too, and the day stays', (context) => {
  const { goTo } = browser(context);
  const device = new Device('AR');
  device.save(FAMILY);
  goTo('2026-06-20');
  device.follow(changed);
  assert.deepEqual(new Device('AR').saved, { on: '2026-06-01', until: '2026-07-01', family: changed });
  const other = new Device('AR');
  other.follow(FAMILY);
  assert.deepEqual(new Device('AR').saved!.family, changed, 'another visit saves nothing into it');
});

test('past its day it is gone when the site is only opened, whichever state it is for', (context) => {
  const { storage, goTo } = browser(context);
  new Device('AR').save(FAMILY);
  goTo('2026-06-30');
  assert.ok(new Device('AR').saved);
  goTo('2026-07-01');
  assert.equal(new Device(null).saved, null);
  assert.deepEqual(Object.keys(storage), []);
});

test('deleted is deleted: what goes on in this visit or in another tab does not bring it back', (context) => {
  const { storage, goTo } = browser(context, '2026-06-01', { theirs: 'stays' });
  for (const remove of [(device: Device) => device.forget(), () => new Device('AR').forget(), () => new Device('MA').forget(true), () => goTo('2026-07-01')]) {
    const device = new Device('AR');
    device.save(FAMILY);
    remove(device);
    device.follow(changed);
    assert.deepEqual([device.ours, device.saved, Object.keys(storage)], [false, null, ['theirs']]);
  }
});

test('each state is for itself', (context) => {
  const { storage } = browser(context);
  new Device('AR').save(FAMILY);
  new Device('MA').save(changed);
  new Device('AR').forget();
  assert.deepEqual(Object.keys(storage), ['carepath-saved-MA']);
  assert.deepEqual(new Device('MA').takeUp(), changed);
  assert.equal(new Device('AR').takeUp(), null);
});

test('what is broken, foreign, newer or not of our days is dropped', (context) => {
  const whole = { version: 1, on: '2026-06-01', until: '2026-07-01', family: FAMILY };
  const child = FAMILY.children[0]!;
  const withChild = (part: object) => ({ ...whole, family: { ...FAMILY, children: [{ ...child, ...part }] } });
  const { storage } = browser(context, '2026-06-01', { [KEY]: JSON.stringify(whole) });
  assert.deepEqual(new Device('AR').saved?.family, FAMILY, 'the whole one is read');
  const bad: unknown[] = [
    null, 1, 'text', [], {}, { ...whole, version: 2 }, { ...whole, version: undefined }, { ...whole, until: '2026-06-01' }, { ...whole, until: '2026-07-02' }, { ...whole, until: 20260701 }, { ...whole, on: null },
    { ...whole, family: null }, { ...whole, family: [] }, { ...whole, family: { ...FAMILY, by: 'stranger' } }, { ...whole, family: { ...FAMILY, household: {} } }, { ...whole, family: { ...FAMILY, household: [['county:choice']] } },
    { ...whole, family: { ...FAMILY, household: [['county:choice', null]] } }, { ...whole, family: { ...FAMILY, children: [] } }, { ...whole, family: { ...FAMILY, children: 'none' } }, { ...whole, family: { ...FAMILY, children: [null] } },
    withChild({ name: 1 }), withChild({ given: [[1, 'yes']] }), withChild({ volunteered: [1] }), withChild({ notes: null }), withChild({ notes: {} }), withChild({ notes: { help: [], goals: [], people: [{}] } }),
  ];
  for (const each of [...bad.map((one) => JSON.stringify(one)), '', '{', 'undefined']) {
    storage[KEY] = each;
    assert.equal(new Device('AR').saved, null, each);
    assert.deepEqual(Object.keys(storage), [], each);
  }
});

test('where storage is denied or full nothing fails, and it is said', (context) => {
  const { storage } = browser(context);
  Object.defineProperty(storage, 'setItem', { value: () => { throw new DOMException('full', 'QuotaExceededError'); }, enumerable: false });
  const full = new Device('AR');
  assert.deepEqual([full.allowed, full.save(FAMILY), full.ours, full.saved], [true, false, false, null]);
  Object.defineProperty(globalThis, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); }, configurable: true });
  const denied = new Device('AR');
  denied.follow(FAMILY);
  denied.forget(true);
  assert.deepEqual([denied.allowed, denied.save(FAMILY), denied.takeUp(), denied.saved], [false, false, null, null]);
});
