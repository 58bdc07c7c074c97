// The pages seen, tied to the browser's own Back: on a phone that is the Back people use. An entry of the
// browser's history gets a place number and nothing else, beside whatever the page around us or another
// element has put there; the address stays as it is.

export interface Trail<Page> {
  page: Page;
  canGoBack: boolean;
  push(page: Page): void;
  /** The page in this place becomes another, as if it had never been seen. */
  replace(page: Page): void;
  back(): void;
  /** Forgets every page; Back does not lead to them again. */
  restart(page: Page): void;
  close(): void;
}

/** `moved` is called after Back or Forward, not after `push` and `replace`. */
export function openTrail<Page>(first: Page, moved: () => void): Trail<Page> {
  const name = `carepath-${crypto.randomUUID?.() ?? Math.random()}`;
  let pages = [first];
  let at = 0;

  const entry = (): Record<string, unknown> => (history.state !== null && typeof history.state === 'object' ? history.state : {});
  const placed = (place: number) => ({ ...entry(), [name]: place });
  const onPopState = () => {
    const place = entry()[name];
    if (typeof place !== 'number' || place === at) return;
    at = Math.min(place, pages.length - 1);
    moved();
  };
  addEventListener('popstate', onPopState);

  return {
    get page() {
      return pages[at]!;
    },
    get canGoBack() {
      return at > 0;
    },
    push(page) {
      if (entry()[name] !== at) history.replaceState(placed(at), '');
      pages = [...pages.slice(0, at + 1), page];
      at += 1;
      history.pushState(placed(at), '');
    },
    replace(page) {
      pages = [...pages.slice(0, at), page];
    },
    back() {
      if (at === 0) return;
      if (entry()[name] === at) return history.back();
      at -= 1; // something else has its own entry on top
      moved();
    },
    restart(page) {
      const places = at;
      pages = [page];
      at = 0;
      if (places > 0 && entry()[name] === places) history.go(-places);
    },
    close() {
      removeEventListener('popstate', onPopState);
    },
  };
}
