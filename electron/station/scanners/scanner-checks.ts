import { checkGlass } from '../../../native-bridge/scanner/glass-check.ts';
import { checkResolution } from '../../../native-bridge/scanner/resolution-check.ts';
import type { GlassReport, ResolutionReport } from '../../contract/scanners.ts';
import { copyOf } from '../check/finger-states.ts';
import type { TestImageRequest, TestImages } from './test-images.ts';

type Asked = Pick<TestImageRequest, 'actor' | 'path' | 'signal'>;

/** Judges the empty glass of a scanner. @throws Refusal with the scanner's code */
export async function runGlassCheck(images: TestImages, asked: Asked): Promise<GlassReport> {
  const { judgement, receipt } = await images.take({ ...asked, of: 'glass' }, (image) => checkGlass(image));
  return { ...judgement, dirt: copyOf(judgement.dirt), receipt };
}

/**
 * Measures the true resolution of a scanner from a printed target with lines `spacingMm` apart.
 * @throws Refusal with the scanner's code
 */
export async function runResolutionCheck(
  images: TestImages,
  asked: Asked,
  spacingMm: number,
): Promise<ResolutionReport> {
  const { judgement, receipt } = await images.take({ ...asked, of: 'target' }, (image) => ({
    claimedPpi: image.resolutionPpi,
    check: checkResolution(image, spacingMm),
  }));
  const { check, claimedPpi } = judgement;
  return check.kind === 'no-target' ? { kind: 'no-target', receipt } : { ...check, claimedPpi, receipt };
}
