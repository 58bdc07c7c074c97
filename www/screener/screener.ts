// The one script of the screener, wherever it runs: the plain page, the page inside the loader's iframe, and, in
// inline mode, the page around. It imports nothing at run time, so one hash covers all of it.

import { CarePathwayScreener } from './care-pathway-screener.ts';
import { beInFrame } from './frame.ts';

// A page of the site's own is in the language that is chosen in it.
const own = document.querySelector('care-pathway-screener');
own?.addEventListener('carepath-page', (event) => {
  const { lang, dir } = own.shadowRoot!.querySelector<HTMLElement>('.frame')!;
  Object.assign(document.documentElement, { lang, dir });
  document.title = (event as CustomEvent<{ title: string }>).detail.title;
});
const inFrame = document.querySelector<HTMLElement>('[data-carepath-frame]');
if (inFrame) beInFrame(inFrame); // before it is defined: the first load already knows the settings
if (!customElements.get('care-pathway-screener')) customElements.define('care-pathway-screener', CarePathwayScreener);
