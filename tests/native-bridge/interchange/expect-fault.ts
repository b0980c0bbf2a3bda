import { expect } from 'vitest';
import { InterchangeFault, type InterchangeFaultCode } from '../../../native-bridge/interchange/interchange-fault.ts';

/** Runs `act` and answers the fault it throws; anything else fails the test. */
export function faultOf(act: () => unknown): InterchangeFault {
  try {
    act();
  } catch (fault) {
    expect(fault).toBeInstanceOf(InterchangeFault);
    if (fault instanceof InterchangeFault) return fault;
  }
  throw new Error('nothing was thrown');
}

export function expectFault(act: () => unknown, code: InterchangeFaultCode): InterchangeFault {
  const fault = faultOf(act);
  expect(fault.code).toBe(code);
  return fault;
}
