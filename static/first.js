/** Script for the first pages of whoever is not signed in, which come quickest. */
import { startPage } from './every-page.js';

startPage(async () => {});
