import { BUILT_IN_PROFILES } from '../../native-bridge/scanner/built-in-profiles.ts';
import { udevRuleFor } from '../../native-bridge/scanner/udev-rule.ts';

/** Lets the group of the station open the scanners that it has a profile for, and no other device. */
export function udevRules(): string {
  const rules = new Set(BUILT_IN_PROFILES.map(udevRuleFor));
  return [
    '# Scanners that Ridgeway has a profile for. Made from the profiles; a further one needs no edit here.',
    ...[...rules].toSorted(),
    '',
  ].join('\n');
}
