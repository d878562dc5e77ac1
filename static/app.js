/** Script for all pages but the first: also keeps drafts, copies text, hears of a sign-out, and unfolds what a link leads to and what stands on a page of its own. All pages work without it. */
import { offerCopies } from './copy.js';
import { draftsKept, keepDrafts } from './drafts.js';
import { startPage } from './every-page.js';
import { openTargets } from './open-target.js';
import { heedSignOut } from './signed-out.js';
// Before the page is started: what it fetches for paper has to be unfolded there.
import './unfold.js';

startPage(draftsKept);
keepDrafts();
offerCopies();
openTargets();
heedSignOut();
