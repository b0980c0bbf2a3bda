import { onBeforeUnmount, onMounted } from 'vue';

/**
 * The keyboard shortcuts of every page. Each one presses the control of the page that carries its name in
 * `data-shortcut`, so a shortcut can never do what the page does not offer. All use Alt: no letter of an answer fires one.
 */
export const SHORTCUTS = [
  { name: 'next', key: 'n', shown: 'Alt + N' },
  { name: 'back', key: 'b', shown: 'Alt + B' },
  { name: 'lock', key: 'l', shown: 'Alt + L' },
  { name: 'first', key: '1', shown: 'Alt + 1' },
  { name: 'second', key: '2', shown: 'Alt + 2' },
] as const;

/** Listens for the shortcuts for as long as the component lives. */
export function useShortcuts(): void {
  function press(event: KeyboardEvent): void {
    const focused = document.activeElement;
    const isOnButton = focused instanceof HTMLButtonElement;
    // A key that is held is one press: nothing must be confirmed that nobody has read.
    if (event.repeat && (event.altKey || (isOnButton && event.key === 'Enter'))) {
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey) return;
    const control = event.altKey ? byAlt(event.key) : byEnter(event, focused);
    if (control === null) return;
    event.preventDefault();
    control.click();
  }
  onMounted(() => window.addEventListener('keydown', press));
  onBeforeUnmount(() => window.removeEventListener('keydown', press));
}

function byAlt(key: string): HTMLElement | null {
  const shortcut = SHORTCUTS.find((known) => known.key === key.toLowerCase());
  return shortcut === undefined ? null : document.querySelector<HTMLElement>(`[data-shortcut="${shortcut.name}"]`);
}

/** Enter, while the page's heading has the focus, presses the one control that says it may be pressed so. */
function byEnter(event: KeyboardEvent, focused: Element | null): HTMLElement | null {
  const isAtTop = focused instanceof HTMLHeadingElement || focused === document.body;
  if (event.key !== 'Enter' || event.repeat || !isAtTop) return null;
  return document.querySelector<HTMLElement>('[data-by-enter]');
}
