// Copy or share: the text is read first, and answers are in it only where the family adds them.

import { type TemplateResult, html, nothing } from 'lit';
import { option } from '../controls/option.ts';
import { title } from '../parts/heading.ts';
import { message } from '../parts/message.ts';
import { shareText } from '../share-text.ts';
import type { View } from '../view.ts';

export function sharePage(view: View): TemplateResult {
  const { words, level } = view;
  const text = shareText(view, view.withAnswers);
  const shareable = navigator.canShare?.({ text }) ?? false; // not where the page around forbids it
  return html`${title(level, words.share.title)}
    <p id="share-hint">${words.share.hint}</p>
    <div class="field">
      <label for="share-text">${words.share.text}</label>
      <textarea id="share-text" aria-describedby="share-hint" readonly rows="14" spellcheck="false" .value=${text}></textarea>
    </div>
    <div @change=${(event: Event) => view.refresh({ withAnswers: (event.target as HTMLInputElement).checked, message: null })}>
      ${option({ kind: 'checkbox', name: 'answers', value: 'answers', checked: view.withAnswers, label: words.share.answers, describedBy: 'answers-hint' })}
      <p class="hint" id="answers-hint">${words.share.answersHint}</p>
    </div>
    <button type="button" class="main" part="button" @click=${(event: Event) => copy(event, view, text)}>${words.share.copy}</button>
    ${shareable ? html`<button type="button" class="quiet" @click=${() => share(view, text)}>${words.share.share}</button>` : nothing} ${message(view)}`;
}

async function copy(event: Event, view: View, text: string): Promise<void> {
  const { share } = view.words;
  const root = (event.currentTarget as HTMLElement).getRootNode() as ShadowRoot;
  try {
    await navigator.clipboard.writeText(text);
    view.refresh({ message: share.copied });
  } catch {
    root.querySelector<HTMLTextAreaElement>('#share-text')?.select();
    view.refresh({ message: share.notCopied });
  }
}

async function share(view: View, text: string): Promise<void> {
  try {
    await navigator.share({ text });
  } catch (error) {
    // Who closes the list of apps has changed their mind.
    if (!(error instanceof DOMException && error.name === 'AbortError')) view.refresh({ message: view.words.share.notShared });
  }
}
