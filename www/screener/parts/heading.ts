// Headings that fit under the host page's own: the host says at which level they begin.

import { type TemplateResult, html, nothing } from 'lit';

export interface HeadingOptions {
  id?: string;
  /** The title of a page: focus moves to it when the page appears. */
  title?: boolean;
}

export function heading(level: number, content: unknown, options: HeadingOptions = {}): TemplateResult {
  const id = options.id ?? nothing;
  const focus = options.title ? '-1' : nothing;
  const part = options.title ? 'title' : nothing;
  switch (Math.min(level, 6)) {
    case 1:
      return html`<h1 id=${id} tabindex=${focus} part=${part}>${content}</h1>`;
    case 2:
      return html`<h2 id=${id} tabindex=${focus} part=${part}>${content}</h2>`;
    case 3:
      return html`<h3 id=${id} tabindex=${focus} part=${part}>${content}</h3>`;
    case 4:
      return html`<h4 id=${id} tabindex=${focus} part=${part}>${content}</h4>`;
    case 5:
      return html`<h5 id=${id} tabindex=${focus} part=${part}>${content}</h5>`;
    default:
      return html`<h6 id=${id} tabindex=${focus} part=${part}>${content}</h6>`;
  }
}

/** The one heading of a page that takes the focus, as a selector. */
export const TITLE = '#title';

export function title(level: number, content: unknown): TemplateResult {
  return heading(level, content, { id: 'title', title: true });
}
