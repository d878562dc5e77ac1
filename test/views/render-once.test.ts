import { jsx } from 'hono/jsx';
import { describe, expect, it } from 'vitest';
import { renderOnce, renderOnceWithSlots } from '../../views/kit/render-once.ts';

interface Props {
  content: { words: string };
  id: string;
  token: string;
}

function createForm() {
  const rendered: string[] = [];
  const form = renderOnceWithSlots(
    ['id', 'token'],
    ({ content }: Props) => content,
    ({ content, id, token }) => {
      rendered.push(id);
      return jsx(
        'form',
        { action: `/consultations/${encodeURIComponent(id)}/answers`, 'data-hx-post': `/consultations/${id}/answers` },
        content.words,
        jsx('input', { name: 'token', value: token }),
      );
    },
  );
  return { form, rendered };
}

const plainly = ({ content, id, token }: Props) =>
  `<form action="/consultations/${id}/answers" data-hx-post="/consultations/${id}/answers">${content.words}` +
  `<input name="token" value="${token}"/></form>`;

describe('a component that is rendered once with slots', () => {
  it('shows the values of each request, and is rendered once for each content', () => {
    const { form, rendered } = createForm();
    const [first, second] = [{ words: 'Are they hurt?' }, { words: 'How old is the child?' }];
    const requests: Props[] = [
      { content: first, id: 'Uvn_jPU-3Uz', token: 'ibzIBs6dj' },
      { content: first, id: 'another', token: 'token-2' },
      { content: second, id: 'Uvn_jPU-3Uz', token: '' },
      { content: second, id: '', token: '$&' },
    ];
    for (const props of requests.slice(0, 3)) expect(String(form(props))).toBe(plainly(props));
    expect(rendered).toHaveLength(2);
  });

  it('is rendered as usual for a value that has to be escaped', () => {
    const { form } = createForm();
    const content = { words: 'Are they hurt?' };
    form({ content, id: 'id', token: 'token' });
    const html = String(form({ content, id: 'id', token: '"><script>alert(1)</script>' }));
    expect(html).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
    expect(html).not.toContain('<script');
    expect(String(form({ content, id: 'a b', token: 'token' }))).toContain('action="/consultations/a%20b/answers"');
  });

  it('is empty if the component shows nothing', () => {
    const content = {};
    const once = renderOnce(
      () => content,
      () => null,
    );
    expect([String(once({})), String(once({}))]).toEqual(['', '']);
  });
});
