import type { GroundsRecord } from '../../electron/contract/grounds.ts';
import type { TestStation } from './test-station.ts';

/** Alters the grounds of an open check behind the station's back, as somebody with the key and the file could. */
export async function alterStoredGrounds(
  station: TestStation,
  checkId: string,
  changes: Partial<GroundsRecord>,
): Promise<void> {
  const grounds = await station.records.grounds(checkId);
  if (grounds === null) throw new Error('the check has no grounds to alter');
  await station.records.saveGrounds(checkId, { ...grounds, ...changes });
}
