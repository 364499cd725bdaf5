// node scripts/ci-summary.mjs <vitest's JSON report> <exit code of npm test>: prints `N passed, N failed`, and fails when anything
// failed, a suite collected nothing, or there is no report (a step before the tests failed).
import { existsSync, readFileSync } from 'node:fs';

const [report, code] = process.argv.slice(2);
if (!existsSync(report)) {
  console.log('No test report: types, lint or the build failed before the tests ran.');
  console.log('0 passed, 1 failed');
  process.exit(1);
}
const { testResults, numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
const empty = testResults.filter(({ assertionResults, status }) => assertionResults.length === 0 || (status === 'failed' && assertionResults.every((one) => one.status === 'passed')));
for (const { name, message } of empty) console.log(`collected nothing: ${name} ${message ?? ''}`);
const failed = numFailedTests + empty.length + (code !== '0' && numFailedTests + empty.length === 0 ? 1 : 0);
console.log(`${numPassedTests} passed, ${failed} failed`);
process.exit(failed > 0 || numPassedTests === 0 ? 1 : 0);
