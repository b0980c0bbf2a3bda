import { gallerySettings, type GallerySettings } from '../contract/galleries.ts';
import type { SettingsStore } from '../storage/settings-store.ts';
import type { Trust } from './envelope.ts';

/** Under which key of the store an administrator's choice lies. */
const SETTING = 'galleries';

/** What the machine policy fixes of them. */
export type GalleryPolicy = { readonly [Name in keyof GallerySettings]?: GallerySettings[Name] | undefined };

/** Nobody is trusted, and a month is old: an extract misses whoever came into the database since. Ours. */
export const DEFAULT_GALLERY_SETTINGS: GallerySettings = { policeKeys: '', immigrationKeys: '', warningDays: 30 };

/** Defaults < what an administrator stored < machine policy. @throws ZodError for what no station has stored */
export async function readGallerySettings(store: SettingsStore, policy: GalleryPolicy): Promise<GallerySettings> {
  const text = await store.read(SETTING);
  const stored: unknown = text === null ? {} : JSON.parse(text);
  return gallerySettings.parse({ ...DEFAULT_GALLERY_SETTINGS, ...gallerySettings.partial().parse(stored), ...policy });
}

/** Keeps what an administrator chose; what the policy fixes is not kept, so that lifting the policy leaves nothing behind. */
export async function writeGallerySettings(
  store: SettingsStore,
  wanted: GallerySettings,
  policy: GalleryPolicy,
): Promise<void> {
  const own = Object.entries(wanted).filter(([key]) => !Object.hasOwn(policy, key));
  await store.write(SETTING, JSON.stringify(Object.fromEntries(own)));
}

function keysOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(' ');
}

/** Whose signatures the settings trust. */
export function trustOf({ policeKeys, immigrationKeys }: GallerySettings): Trust {
  return { police: keysOf(policeKeys), immigration: keysOf(immigrationKeys) };
}
