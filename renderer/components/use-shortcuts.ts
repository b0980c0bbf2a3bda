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
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const shortcut = SHORTCUTS.find(({ key }) => key === event.key.toLowerCase());
    if (shortcut === undefined) return;
    const control = document.querySelector<HTMLElement>(`[data-shortcut="${shortcut.name}"]`);
    if (control === null) return;
    event.preventDefault();
    control.click();
  }
  onMounted(() => window.addEventListener('keydown', press));
  onBeforeUnmount(() => window.removeEventListener('keydown', press));
}
