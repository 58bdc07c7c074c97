// The device's own date.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { today } from './calendar.ts';

test('the local day counts, also late in the evening', () => {
  assert.equal(today(new Date(2026, 0, 5, 23, 59)), '2026-01-05');
  assert.equal(today(new Date(2026, 11, 31, 0, 0)), '2026-12-31');
});
