import { onBeforeUnmount, onMounted } from 'vue';
import { useSession } from '../station/session-store.ts';

/** Minutes without a touch until the page locks when the station does not say otherwise. */
const DEFAULT_IDLE_MINUTES = 10;
/** How often the page looks, milliseconds. */
const LOOK_EVERY_MS = 5_000;
const TOUCHES = ['pointerdown', 'keydown', 'wheel'] as const;

/** Locks the session when no key, wheel or pointer was touched for the station's idle time. */
export function useIdleLock(): void {
  const session = useSession();
  let touchedAt = performance.now();
  let timer: ReturnType<typeof setInterval> | undefined;

  function touch(): void {
    touchedAt = performance.now();
  }

  function look(): void {
    if (session.view === null || session.view.isLocked) {
      touch();
      return;
    }
    const idleMs = (session.view.idleLockMinutes ?? DEFAULT_IDLE_MINUTES) * 60_000;
    if (performance.now() - touchedAt >= idleMs) void session.lock();
  }

  onMounted(() => {
    for (const kind of TOUCHES) window.addEventListener(kind, touch, { passive: true });
    timer = setInterval(look, LOOK_EVERY_MS);
  });
  onBeforeUnmount(() => {
    for (const kind of TOUCHES) window.removeEventListener(kind, touch);
    clearInterval(timer);
  });
}
