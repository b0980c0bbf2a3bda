import { expect, test } from 'vitest';
import { closingLine, skippedLines } from '../../build/closing-line.ts';

const PASSED = {
  numPassedTests: 7,
  numFailedTests: 0,
  testResults: [{ status: 'passed', assertionResults: [{ status: 'passed', fullName: 'a' }] }],
};

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

test('each test that was skipped is named', () => {
  const assertionResults = [
    { status: 'passed', fullName: 'a' },
    { status: 'skipped', fullName: 'on the real runtime (skipped: not here) b' },
  ];

  expect(skippedLines({ ...PASSED, testResults: [{ status: 'passed', assertionResults }] })).toEqual([
    'skipped: on the real runtime (skipped: not here) b',
  ]);
  expect(skippedLines(null)).toEqual([]);
});
