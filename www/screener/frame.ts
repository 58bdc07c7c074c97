// The other side of the loader's iframe. The settings stand in the fragment, which no server sees; later ones come as
// messages. What goes out: how high the page is, which page title and language it has, and the element's own events.
// Never an answer.
//
// Whoever framed this page says hello first, and from then on this page talks to that origin alone.

/** What the loader may set. */
const SETTINGS = ['state', 'lang', 'rules', 'as-of', 'theme', 'heading-level', 'share-result'];
const PROPERTIES = ['accent', 'background', 'text', 'font', 'radius'];
const EVENTS = ['carepath-ready', 'carepath-step', 'carepath-result', 'carepath-error', 'carepath-theme'];

type Texts = Record<string, unknown>;

export function beInFrame(screener: HTMLElement & { dress?: () => void }): void {
  /** What was set last, by name: only a change counts, so that a state chosen here outlasts another setting. */
  let set: Texts = {};

  const take = (texts: Texts) => {
    for (const name of SETTINGS) {
      const text = texts[name];
      if (text === set[name]) continue;
      if (typeof text === 'string') screener.setAttribute(name, text);
      else screener.removeAttribute(name);
    }
    set = texts;
  };
  take(Object.fromEntries(new URLSearchParams(location.hash.slice(1))));
  if (parent === window) return;

  let host: string | null = null;
  const waiting: Texts[] = [];
  const say = (message: Texts) => {
    if (host === null) waiting.push(message);
    // A page from a file or a sandbox has no origin to name; `parent` is still nobody else.
    else parent.postMessage({ ...message, carepath: 1, height: Math.ceil(document.documentElement.getBoundingClientRect().height) }, host === 'null' ? '*' : host);
  };

  addEventListener('message', ({ source, origin, data }: MessageEvent) => {
    if (source !== parent || data?.carepath !== 1 || data.type !== 'hello' || (host !== null && origin !== host)) return;
    host = origin;
    take(data.set ?? {});
    for (const name of PROPERTIES) {
      const text: unknown = data.style?.[name];
      screener.style.setProperty(`--carepath-${name}`, typeof text === 'string' ? text : '');
    }
    screener.dress?.();
    for (const message of waiting.splice(0)) say(message);
    say({ type: 'size' });
  });

  for (const name of EVENTS) screener.addEventListener(name, (event) => say({ type: 'event', name, detail: (event as CustomEvent).detail }));
  screener.addEventListener('carepath-page', (event) => {
    event.preventDefault(); // the page around has the scroll bar
    say({ type: 'page', ...(event as CustomEvent).detail });
  });
  new ResizeObserver(() => say({ type: 'size' })).observe(document.documentElement);
}
