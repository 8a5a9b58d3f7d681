import type { Page } from 'playwright-core';

/** Presses of Tab before one gives up: more than any page has stops. */
const PATIENCE = 120;

/** The focused element's role-like name and whether one sees that it has the focus. Runs in the browser. */
const FOCUSED = `(() => {
  const element = document.activeElement;
  if (element === null || element === document.body) return null;
  const style = getComputedStyle(element);
  const ring = (one) => one !== null && one.matches(':focus-visible, [data-focus-visible]') && parseFloat(getComputedStyle(one).outlineWidth) >= 2 && getComputedStyle(one).outlineStyle !== 'none';
  // Where the focus sits on a hidden input, what stands for it shows the ring.
  const seen = ring(element) || ring(element.closest('[data-focus-visible]'));
  const labels = element.labels ? [...element.labels].map((label) => label.innerText).join(' ') : '';
  const named = (element.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)).map((one) => one?.getAttribute('aria-label') ?? one?.innerText ?? '').join(' ');
  const name = [element.getAttribute('aria-label'), labels, named, element.innerText].filter(Boolean).join(' | ');
  return { name, seen, opacity: style.opacity };
})()`;

/** Goes on by Tab until something of this name has the focus. @throws Error where it is never reached or a focus on the way is not seen */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  const passed: string[] = [];
  for (let press = 0; press < PATIENCE; press += 1) {
    await page.keyboard.press('Tab');
    const focused: { name: string; seen: boolean } | null = await page.evaluate(FOCUSED);
    if (focused === null) continue;
    if (!focused.seen) throw new Error(`the focus on "${focused.name}" cannot be seen`);
    if (name.test(focused.name)) return;
    passed.push(focused.name);
  }
  throw new Error(`${name} is not reached by Tab; passed ${passed.join(' · ')}`);
}
