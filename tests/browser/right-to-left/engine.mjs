// In place of www/engine/engine.ts: what it says in English, from right to left.

import { Engine as English } from '../../../www/engine/engine.ts';
import { mirrorSaid } from './mirror.mjs';

export class Engine extends English {
  questions(voice) {
    return voice.lang === 'ar' ? mirrorSaid(super.questions({ ...voice, lang: 'en' })) : super.questions(voice);
  }

  screen(request) {
    return request.lang === 'ar' ? mirrorSaid(super.screen({ ...request, lang: 'en' })) : super.screen(request);
  }
}
