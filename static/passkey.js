/** Passkey buttons, hidden without a script: they ask the device, put its response into the form and submit it. */
import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { describeForeign, isOurs } from './answers.js';

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
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams({ token }) }).catch(() => undefined);
  if (answer === undefined || !isOurs(answer.headers))
    throw new NotReached(`${describeForeign(answer?.status)} What you entered is still here.`);
  if (!answer.ok) throw new Error('no options');
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
