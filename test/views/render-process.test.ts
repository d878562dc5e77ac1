import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

/** Node assigns async ids after an `await` only while promise hooks are active. */
const RENDER_AND_TELL = `
  import { executionAsyncId } from 'node:async_hooks';
  import { jsx } from 'hono/jsx';
  import './views/question/conversation.tsx';
  import './views/result/result.tsx';
  import { renderPage } from './views/kit/render.ts';
  const page = renderPage(jsx('html', {}, jsx('head', {}, jsx('title', {}, 'Title')), jsx('body', {}, 'A & B')));
  await Promise.resolve();
  console.log(JSON.stringify({ page, watched: executionAsyncId() !== 0 }));
`;

describe('rendering', () => {
  it('does not turn on tracking of all promises, which would slow each of them down', () => {
    const program = ['--import', 'tsx', '--input-type=module', '-e', RENDER_AND_TELL];
    const said = JSON.parse(execFileSync(process.execPath, program, { encoding: 'utf8' }));
    expect(said).toEqual({
      page: '<!DOCTYPE html><html><head><title>Title</title></head><body>A &amp; B</body></html>',
      watched: false,
    });
  });
});
