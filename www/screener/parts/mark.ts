// The five states of a criterion as shapes, so that they can be told apart without color. The words
// stand beside them; the shapes are hidden from screen readers.

import { type TemplateResult, html } from 'lit';
import type { WhyState } from '../../engine/contract.ts';

const SHAPES: Record<WhyState, string> = {
  met: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm-1.6 14.6L5.9 12l1.5-1.5 3 3 6.2-6.2L18.1 9Z',
  not_met: 'M3 3h18v18H3Zm5.1 3.6L6.6 8.1l3.9 3.9-3.9 3.9 1.5 1.5 3.9-3.9 3.9 3.9 1.5-1.5-3.9-3.9 3.9-3.9-1.5-1.5-3.9 3.9Z',
  unknown: 'M12 1 1 12l11 11 11-11Zm0 3 8 8-8 8-8-8Zm-1.1 10.6h2.2v2.2h-2.2Zm0-1.2c0-2.6 2.3-2.5 2.3-4 0-.7-.5-1.1-1.2-1.1-.8 0-1.3.5-1.4 1.3H8.5c.1-2 1.5-3.3 3.5-3.3s3.4 1.1 3.4 2.9c0 2.2-2.3 2.4-2.3 4.2Z',
  agency_decides: 'M7 2h10l5 10-5 10H7L2 12Zm1.2 2L4.2 12l4 8h7.6l4-8-4-8ZM12 6.5a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2Zm-5 10c0-2.5 2.2-4 5-4s5 1.5 5 4Z',
  not_stated: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm0 2.2a7.8 7.8 0 1 1 0 15.6 7.8 7.8 0 0 1 0-15.6ZM7 10.9h10v2.2H7Z',
};

export function mark(state: WhyState): TemplateResult {
  return html`<svg class="mark" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false"><path fill-rule="evenodd" d=${SHAPES[state]} /></svg>`;
}
