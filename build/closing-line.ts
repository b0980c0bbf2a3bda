/** The part of vitest's JSON report that the closing line is made from. */
export interface SuiteReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/**
 * The last line of a test run and the code to end with. A file that failed without a single test counts as one failure,
 * and so does a runner that ended badly although every test passed, that left no report, or that ran nothing.
 */
export function closingLine(report: SuiteReport | null, exitCode: number): { line: string; exitCode: number } {
  const passed = report?.numPassedTests ?? 0;
  const unloaded =
    report?.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0)
      .length ?? 0;
  const counted = (report?.numFailedTests ?? 0) + unloaded;
  const isUncounted = counted === 0 && (exitCode !== 0 || passed === 0);
  const failed = isUncounted ? 1 : counted;
  return { line: `${passed} passed, ${failed} failed`, exitCode: failed > 0 ? exitCode || 1 : 0 };
}

/** One line for each test that was not run; a test that depends on the machine says the reason in its name. */
export function skippedLines(report: SuiteReport | null): readonly string[] {
  const tests = report?.testResults.flatMap(({ assertionResults }) => assertionResults) ?? [];
  return tests
    .filter(({ status }) => status === 'skipped' || status === 'pending')
    .map(({ fullName }) => `skipped: ${fullName}`);
}
