import { onBeforeUnmount, onMounted } from 'vue';
import { useSession } from '../station/session-store.ts';
import { useStation } from '../station/station-store.ts';

const MS_PER_MINUTE = 60_000;
/** How often the page looks, milliseconds. */
const LOOK_EVERY_MS = 5_000;
/** How often the station is told, at most, that someone is there, milliseconds: it sees calls and no touches. */
const TELL_EVERY_MS = 20_000;
const TOUCHES = ['pointerdown', 'keydown', 'wheel'] as const;
/** Before every other listener: a key that an open help panel keeps from the page is a touch all the same. */
const LISTENING = { passive: true, capture: true } as const;

/** Locks the session when no key, wheel or pointer was touched for the station's idle time. */
export function useIdleLock(): void {
  const session = useSession();
  const station = useStation();
  let touchedAtMs = performance.now();
  let toldAtMs = touchedAtMs;
  let timer: ReturnType<typeof setInterval> | undefined;

  function touch(): void {
    touchedAtMs = performance.now();
  }

  function look(): void {
    if (session.view === null || session.view.isLocked) {
      touch();
      return;
    }
    const nowMs = performance.now();
    const idleMinutes = station.status?.idleLockMinutes;
    if (idleMinutes !== undefined && nowMs - touchedAtMs >= idleMinutes * MS_PER_MINUTE) {
      void session.lock();
    } else if (touchedAtMs > toldAtMs && nowMs - toldAtMs >= TELL_EVERY_MS) {
      toldAtMs = nowMs;
      void session.refresh();
    }
  }

  onMounted(() => {
    for (const kind of TOUCHES) window.addEventListener(kind, touch, LISTENING);
    timer = setInterval(look, LOOK_EVERY_MS);
  });
  onBeforeUnmount(() => {
    for (const kind of TOUCHES) window.removeEventListener(kind, touch, LISTENING);
    clearInterval(timer);
  });
}
