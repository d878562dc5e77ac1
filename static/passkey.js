/** Passkey buttons, hidden without a script: they ask the device, put its response into the form and submit it. */
import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { describeForeign, isOurs, MARK } from './answers.js';

const ASKS = { sign: startAuthentication, make: startRegistration };

if (browserSupportsWebAuthn())
  for (const button of document.querySelectorAll('[data-passkey]')) {
    button.hidden = false;
    button.addEventListener('click', () => usePasskey(button));
  }

async function usePasskey(button) {
  const { form } = button;
  try {
    const optionsJSON = await askOptions(button.dataset.options, form.elements.token.value);
    const answer = await ASKS[button.dataset.passkey]({ optionsJSON });
    form.elements.passkey.value = JSON.stringify(answer);
    form.requestSubmit();
  } catch (error) {
    const why = error instanceof NotReached ? error.message : 'Try again, or use a code.';
    say(button, `The passkey was not used. ${why}`);
  }
}

class NotReached extends Error {}

async function askOptions(url, token) {
  const body = new URLSearchParams({ token });
  const sent = { method: 'POST', body, headers: { [MARK]: 'form' }, redirect: 'manual' };
  const answer = await fetch(url, sent).catch(() => undefined);
  if (answer === undefined || !isOurs(answer.headers))
    throw new NotReached(`${describeForeign(answer?.status)} What you entered is still here.`);
  const to = answer.headers.get(`${MARK}-Location`);
  // Long ago signed in: the page to do so again.
  if (to !== null) location.assign(to);
  if (!answer.ok || to !== null) throw new Error('no options');
  return answer.json();
}

function say(button, words) {
  let said = button.nextElementSibling;
  if (said?.getAttribute('role') !== 'status') {
    said = document.createElement('p');
    said.setAttribute('role', 'status');
    button.after(said);
  }
  said.textContent = words;
}
