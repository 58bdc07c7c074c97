// The device’s own date, and days counted from it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysAfter, today } from './calendar.ts';

test('the local day counts, also late in the evening', () => {
  assert.equal(today(new Date(2026, 0, 5, 23, 59)), '2026-01-05');
  assert.equal(today(new Date(2026, 11, 31, 0, 0)), '2026-12-31');
});

test('days counted over the ends of months and years', () => {
  assert.equal(daysAfter('2026-06-01', 30), '2026-07-01');
  assert.equal(daysAfter('2027-12-15', 30), '2028-01-14');
  assert.equal(daysAfter('2028-02-20', 30), '2028-03-21');
});
