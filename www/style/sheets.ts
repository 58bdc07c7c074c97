// The element's style sheets, as constructed sheets: a <style> element or a style attribute would be
// refused by a strict Content-Security-Policy.

import { type CSSResult, unsafeCSS } from 'lit';
import care from './care.css?inline';
import controls from './controls.css?inline';
import frame from './frame.css?inline';
import print from './print.css?inline';
import results from './results.css?inline';
import tokens from './tokens.css?inline';

export const sheets: CSSResult[] = [tokens, frame, controls, results, care, print].map((text) => unsafeCSS(text));
