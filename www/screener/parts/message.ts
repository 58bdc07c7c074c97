// What a button just did, where a screen reader says it too: the place is there before there is anything to say.

import { type TemplateResult, html } from 'lit';
import type { View } from '../view.ts';

export const message = (view: View): TemplateResult => html`<p role="status" class="message">${view.message}</p>`;
