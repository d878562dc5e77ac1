/// <reference lib="dom" />
/**
 * What a page can request from the server without being left: its forms, buttons that send a form elsewhere, parts that
 * htmx sends or loads, what unfolds, and passkey buttons. They are read from the rendered page, so a new form is
 * included automatically. Runs in the browser.
 */

export interface PageRequest {
  /** Address, method, and the attributes that decide how it is sent, such as `post /desk/search data-leaves-page`. */
  key: string;
  /** Its index among the elements of the page that can make a request. */
  index: number;
}

/** What a page shows and must not change: address, heading, and the contents of its fields. */
export interface Shown {
  url: string;
  heading: string;
  fields: string[];
  /** Keys of those after which the page said nothing suitable. */
  silent: string[];
}

declare global {
  interface Window {
    pageRequests: {
      list(): PageRequest[];
      fill(indices: number[]): void;
      ask(indices: number[], said: string): Promise<Shown>;
      show(): Shown;
    };
  }
}

/** Added to each page before its own scripts. It is a single function, because the browser is given its source text. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: the browser is given the text of this one function
export function installPageRequests(): void {
  const ASKING = 'form, [data-hx-get], [data-hx-post]:not(form), [data-passkey], a.fd-fold, button[formaction]';
  const HOW = ['data-leaves-page', 'data-saves-itself', 'data-hx-post', 'data-hx-get', 'data-passkey'];
  const asking = () => [...document.querySelectorAll<HTMLElement>(ASKING)];

  function keyOf(element: HTMLElement): string {
    if (element.matches('a')) return `get ${new URL((element as HTMLAnchorElement).href).pathname}`;
    const address = element.dataset.options ?? element.dataset.hxGet ?? element.dataset.hxPost;
    const form = element as HTMLFormElement;
    if (element.matches('button[formaction]'))
      return `post ${new URL((element as HTMLButtonElement).formAction).pathname}`;
    const to = element.matches('form') ? (form.getAttribute('action') ?? '') : (address ?? '');
    const method = element.matches('form') ? form.method : element.matches('[data-hx-get]') ? 'get' : 'post';
    const how = HOW.filter((name) => element.hasAttribute(name)).join(' ');
    return `${method} ${new URL(to, location.href).pathname} ${how}`.trim();
  }

  function fillField(field: Element): void {
    if (field instanceof HTMLTextAreaElement) field.value ||= 'Half a sentence';
    else if (field instanceof HTMLInputElement && ['radio', 'checkbox'].includes(field.type)) field.checked = true;
    else if (field instanceof HTMLInputElement && field.type !== 'hidden') field.value ||= 'Typed';
  }

  function ask(element: HTMLElement): void {
    if (element.matches('[data-passkey], a')) {
      element.click();
      return;
    }
    if (element.matches('button[formaction]')) {
      const { form } = element as HTMLButtonElement;
      if (form !== null) form.noValidate = true;
      form?.requestSubmit(element);
      return;
    }
    const [trigger = ''] = (element.dataset.hxTrigger ?? '').split(' ');
    const event = new Event(trigger, { bubbles: true });
    if (/from:.closest form/.test(element.dataset.hxTrigger ?? '')) element.closest('form')?.dispatchEvent(event);
    else if (trigger !== '') element.dispatchEvent(event);
    // A form that saves itself while it is typed can also be sent with its button.
    if (!element.matches('form') || (trigger !== '' && !element.hasAttribute('data-saves-itself'))) return;
    const form = element as HTMLFormElement;
    form.noValidate = true;
    form.requestSubmit();
  }

  const noticesOf = (element: HTMLElement) =>
    [
      element.querySelector(':scope > .fd-unsaved'),
      element.closest('form')?.querySelector(':scope > .fd-unsaved'),
      element.matches('form') ? null : element.previousElementSibling,
      element.matches('[data-passkey], a') ? element.nextElementSibling : null,
    ].filter((one) => one?.matches('.fd-unsaved, [role=status]') === true) as Element[];

  function show(): Shown {
    const fields = [...document.querySelectorAll('input:not([type=hidden]), textarea, select')].map((one) => {
      const { name, value, checked } = one as HTMLInputElement;
      return `${name}=${checked ? '(x) ' : ''}${value}`;
    });
    return { url: location.href, heading: document.querySelector('h1')?.innerText ?? '', fields, silent: [] };
  }

  window.pageRequests = {
    list: () => asking().map((element, index) => ({ key: keyOf(element), index })),
    fill(indices) {
      for (const index of indices) {
        const form = asking()[index]?.closest('form');
        for (const field of form?.elements ?? []) fillField(field);
      }
    },
    async ask(indices, said) {
      const wanted = new RegExp(said);
      const elements = indices.map((index) => asking()[index] as HTMLElement);
      const silent = () =>
        elements.filter((element) => !noticesOf(element).some((notice) => wanted.test(notice.textContent ?? '')));
      for (const element of elements) for (const notice of noticesOf(element)) notice.textContent = '';
      // Tries again after a while: a request that is under way is not sent twice.
      for (let round = 0; round < 300 && silent().length > 0; round++) {
        if (round % 50 === 0) for (const element of silent()) ask(element);
        await new Promise((later) => setTimeout(later, 20));
      }
      return { ...show(), silent: silent().map(keyOf) };
    },
    show,
  };
}
