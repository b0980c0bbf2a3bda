/** The command line was not understood. */
export class UsageFault extends Error {
  override readonly name = 'UsageFault';
}
