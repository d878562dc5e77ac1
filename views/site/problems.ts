/**
 * Every kind of error page: its HTTP status and its text. Routes throw the expected ones as a `WebProblem`; any other error becomes 'store
 * unavailable' or 'ours'.
 */
interface Problem {
  status: 403 | 404 | 409 | 413 | 415 | 429 | 500 | 503;
  title: string;
  happened: string;
  /** What to do next. */
  next: string;
}

export const PROBLEMS = {
  'not found': {
    status: 404,
    title: 'We cannot find that page',
    happened: 'The address may be wrong, or it belongs to a consultation that was opened in another browser.',
    next: 'If you have a reference and a code, use them to go back. Otherwise start again: it takes a few minutes.',
  },
  'not allowed': {
    status: 403,
    title: 'Your role cannot do that',
    happened: 'You are signed in, but this page is for another role. Nothing was changed.',
    next: 'If you need it for your work, ask the administrator of your area.',
  },
  'not yours now': {
    status: 409,
    title: 'You do not have this one any more',
    happened: 'Somebody else has it now. Nothing was saved by this.',
    next: 'What you wrote and did not send is kept for you, under “What you wrote”. Tell your colleague what they need.',
  },
  'out of step': {
    status: 409,
    title: 'That question is not open',
    happened: 'You may have used an old tab or the Back button. Nothing was changed.',
    next: 'Go on with the question that is open now.',
  },
  withdrawn: {
    status: 409,
    title: 'This guidance has been withdrawn',
    happened: 'It may no longer be used, and nothing stands in its place here yet.',
    next: 'Ring the front door and talk it through. Do not wait for this page.',
  },
  'too large': {
    status: 413,
    title: 'That is too long',
    happened: 'What you sent is larger than we can keep. It was not saved.',
    next: 'Go back, shorten it, and send it again. Notes may have 20,000 characters each.',
  },
  'wrong type': {
    status: 415,
    title: 'We cannot read that',
    happened: 'What was sent did not come from one of our forms. Nothing was saved.',
    next: 'Go back to the page, load it again, and send the form from there.',
  },
  'cross-site': {
    status: 403,
    title: 'That form is too old',
    happened: 'The form was opened too long ago, or sent from another site. To be safe, nothing was saved.',
    next: 'Go back, load the page again, and send it once more.',
  },
  'too fast': {
    status: 429,
    title: 'Too much at once',
    happened: 'Very much was sent from your network in a short time. This was not saved.',
    next: 'Wait a minute and try again. Do not wait if you are worried about a child now: ring.',
  },
  busy: {
    status: 503,
    title: 'Too many people at once',
    happened: 'More people want this at the same moment than we can serve. Nothing was saved or sent.',
    next: 'Try again in half a minute. Do not wait if you are worried about a child now: ring.',
  },
  'store unavailable': {
    status: 503,
    title: 'We cannot save anything at the moment',
    happened: 'Your last answer was not saved. What you saved before is kept.',
    next: 'Do not wait for us. Ring the front door, and call 999 if a child is in danger. Later, load this page again.',
  },
  'store unknown': {
    status: 503,
    title: 'We do not know whether that was saved',
    happened: 'Our database went away while it saved your last answer. What you saved before is kept.',
    next: 'Do not wait for us. Ring the front door, and call 999 if a child is in danger. Later, load this page again: it shows what was saved.',
  },
  ours: {
    status: 500,
    title: 'Sorry, something went wrong',
    happened: 'The fault is ours. Your last answer may not be saved.',
    next: 'Do not wait for us if you are worried about a child: ring the front door. Otherwise load the page again in a minute.',
  },
} satisfies Record<string, Problem>;

export type ProblemKind = keyof typeof PROBLEMS;
