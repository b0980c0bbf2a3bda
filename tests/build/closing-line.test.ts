import { expect, test } from 'vitest';
import { closingLine } from '../../build/closing-line.ts';

const PASSED = { numPassedTests: 7, numFailedTests: 0, testResults: [{ status: 'passed', assertionResults: [{}] }] };

test('a run in which everything passed ends with 0', () => {
  expect(closingLine(PASSED, 0)).toEqual({ line: '7 passed, 0 failed', exitCode: 0 });
});

test('failed tests are counted', () => {
  expect(closingLine({ ...PASSED, numFailedTests: 2 }, 1)).toEqual({ line: '7 passed, 2 failed', exitCode: 1 });
});

test('a file that could not be loaded counts as one failure', () => {
  const report = { ...PASSED, testResults: [{ status: 'failed', assertionResults: [] }] };

  expect(closingLine(report, 1)).toEqual({ line: '7 passed, 1 failed', exitCode: 1 });
});

test('a runner that ends badly although all tests passed has failed', () => {
  expect(closingLine(PASSED, 1)).toEqual({ line: '7 passed, 1 failed', exitCode: 1 });
});

test('a run without a report, or without a test, has failed', () => {
  expect(closingLine(null, 0)).toEqual({ line: '0 passed, 1 failed', exitCode: 1 });
  expect(closingLine({ numPassedTests: 0, numFailedTests: 0, testResults: [] }, 0)).toEqual({
    line: '0 passed, 1 failed',
    exitCode: 1,
  });
});
