/**
 * A notification of the browser for what is new and urgent, while the queue is open. The person allows it by a press, and nothing else asks
 * for it. It names nobody: a notification can stand on a locked screen.
 */
const WORDS = {
  default: 'Notify me in this browser of what is urgent',
  on: 'Stop the notifications of this page',
  off: 'Notify me again',
};
const STATES = {
  on: 'While this page is open, your browser tells you that a consultation is new and urgent. It names nobody.',
  off: 'No notifications.',
  denied: 'Your browser does not allow notifications here. You can change that in its settings.',
};

let isOn = false;

export function offerNotifications() {
  const button = document.querySelector('#queue-notify');
  if (button === null || !('Notification' in window) || !window.isSecureContext) return;
  const state = document.querySelector('#queue-notify-state');
  isOn = Notification.permission === 'granted';
  const show = () => {
    const { permission } = Notification;
    button.hidden = permission === 'denied';
    button.textContent = permission === 'granted' ? WORDS[isOn ? 'on' : 'off'] : WORDS.default;
  };
  show();
  button.addEventListener('click', async () => {
    if (Notification.permission === 'granted') isOn = !isOn;
    else isOn = (await Notification.requestPermission()) === 'granted';
    show();
    state.textContent = Notification.permission === 'denied' ? STATES.denied : STATES[isOn ? 'on' : 'off'];
  });
}

/** `words`: how urgent, such as `In danger now`. */
export function notifyUrgent(words) {
  if (!isOn) return;
  try {
    const notification = new Notification('New urgent consultation', {
      tag: 'front-door-urgent',
      body: `${words}. See the queue.`,
    });
    notification.addEventListener('click', () => window.focus());
  } catch {
    // Some browsers allow it to service workers only. The page says it all the same.
  }
}
