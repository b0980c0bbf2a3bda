import { InterchangeFault, type InterchangeFaultCode, type InterchangeFigures } from '../interchange-fault.ts';

/** Something that a forgiving reader put up with. */
export interface Finding {
  readonly code: InterchangeFaultCode;
  readonly figures: InterchangeFigures;
}

/** Findings kept of one file. */
const MOST_FINDINGS = 100;

/** Takes what is wrong with a file: a strict reader throws at the first, a forgiving one notes it and goes on. */
export class FindingList {
  readonly #isForgiving: boolean;
  readonly #findings: Finding[] = [];

  constructor(isForgiving: boolean) {
    this.#isForgiving = isForgiving;
  }

  get isForgiving(): boolean {
    return this.#isForgiving;
  }

  get all(): readonly Finding[] {
    return this.#findings;
  }

  /** @throws InterchangeFault unless the reader is forgiving */
  report(code: InterchangeFaultCode, figures: InterchangeFigures): void {
    if (!this.#isForgiving) throw new InterchangeFault(code, figures);
    if (this.#findings.length < MOST_FINDINGS) this.#findings.push({ code, figures });
  }
}
