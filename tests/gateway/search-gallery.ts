import { DEFAULT_SETTINGS } from '../../electron/config/config-schema.ts';
import { decideAnswer } from '../../electron/domain/identification/decide-answer.ts';
import { thresholdFor } from '../../electron/domain/identification/threshold-for.ts';
import type { FingerPosition, MatcherPool, OpenGallery, ProbeFinger } from '../../native-bridge/matcher/matcher.ts';
import { MAXIMUM_TEMPLATE_BYTES } from '../../native-bridge/matcher/parameters.ts';
import type { SubmittedFinger } from './read-submission.ts';

/** What the profile calls the result of a search. */
export type Result = { readonly kind: string } & Readonly<Record<string, unknown>>;

/** A search takes no longer than this, milliseconds. */
const DEADLINE_MS = 60_000;

function isPosition(position: number): position is FingerPosition {
  return Number.isInteger(position) && position >= 1 && position <= 10;
}

/** Extracts templates from the pictures as they were decoded. What is held is zeroed by the caller. */
async function extractAll(
  matcher: MatcherPool,
  fingers: readonly SubmittedFinger[],
  held: SharedArrayBuffer[],
  signal: AbortSignal,
): Promise<{ readonly probe: readonly ProbeFinger[]; readonly reason: string | null }> {
  const probe: ProbeFinger[] = [];
  let reason: string | null = null;
  for (const finger of fingers) {
    if (finger.kind !== 'image' || !isPosition(finger.position)) continue;
    const { pixels, ...measures } = finger.image;
    const lent = new SharedArrayBuffer(pixels.length);
    const template = new SharedArrayBuffer(MAXIMUM_TEMPLATE_BYTES);
    held.push(lent, template);
    new Uint8Array(lent).set(pixels);
    const report = await matcher.extract({ pixels: lent, ...measures }, template, signal);
    if (report.kind === 'unusable') reason = report.reason;
    else probe.push({ position: finger.position, template, templateBytes: report.templateBytes });
  }
  return { probe, reason };
}

/**
 * Searches a gallery with what a station sent, and says what the station is to be told. Every copy of a print that is made
 * here, the decoded pictures included, is zeroed before this settles.
 */
export async function searchGallery(
  matcher: MatcherPool,
  gallery: OpenGallery,
  fingers: readonly SubmittedFinger[],
  options: { readonly signal: AbortSignal; readonly onProgress: (share: number) => void },
): Promise<Result> {
  const held: SharedArrayBuffer[] = [];
  try {
    const { probe, reason } = await extractAll(matcher, fingers, held, options.signal);
    if (probe.length === 0) return { kind: 'unusable', reason: reason ?? 'too-few-minutiae' };
    const candidates = await matcher.search(gallery, probe, {
      ...options,
      deadlineMs: DEADLINE_MS,
      maximumCandidates: 5,
    });
    const searched = { people: gallery.people, fingers: probe.length };
    const outcome = decideAnswer(candidates, {
      match: thresholdFor({ targetFpir: DEFAULT_SETTINGS.matchTargetFpir, ...searched }),
      possible: thresholdFor({ targetFpir: DEFAULT_SETTINGS.possibleTargetFpir, ...searched }),
    });
    const { createdAt, origin } = gallery.provenance;
    return { ...outcome, searched: { origin, galleryDate: createdAt, people: gallery.people } };
  } finally {
    for (const buffer of held) new Uint8Array(buffer).fill(0);
    for (const finger of fingers) if (finger.kind === 'image') finger.image.pixels.fill(0);
  }
}
