/** Where an administrator's own udev rules for scanners go; the packages' own are in 70-ridgeway.rules. */
export const RULES_FILE = '/etc/udev/rules.d/71-ridgeway.rules';
