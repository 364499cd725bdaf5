// node scripts/ci-summary.mjs <report>=<exit code> ...: adds up reports of Vitest and Playwright (JSON) and prints `N passed, N failed` as
// its last line. It fails when anything failed, when a suite collected nothing, when there is no report (a step before the tests failed),
// and when a command failed though its tests passed. What was skipped is named, once a file, with its reason.
import { existsSync, readFileSync } from 'node:fs';

function readVitest({ testResults, numPassedTests, numFailedTests }) {
  const isEmpty = ({ assertionResults, status }) => assertionResults.length === 0 || (status === 'failed' && assertionResults.every((one) => one.status === 'passed'));
  return { passed: numPassedTests, failed: numFailedTests, empty: testResults.filter(isEmpty).map(({ name, message }) => `${name} ${message ?? ''}`.trim()), skipped: [] };
}

const specsIn = ({ specs = [], suites = [] }) => [...specs, ...suites.flatMap(specsIn)];

function readPlaywright({ suites, stats, errors }) {
  const skipped = suites.flatMap((file) => {
    const reasons = specsIn(file).flatMap(({ tests }) => tests).filter(({ status }) => status === 'skipped').map(({ annotations }) => annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description ?? 'no reason is given');
    return [...new Set(reasons)].map((reason) => `${file.file}: ${reasons.filter((one) => one === reason).length} skipped: ${reason}`);
  });
  const empty = [...suites.filter((file) => specsIn(file).length === 0).map(({ file }) => file), ...errors.map(({ message }) => String(message).split('\n')[0])];
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, empty: suites.length === 0 && errors.length === 0 ? ['no file at all'] : empty, skipped };
}

function readSuite(given) {
  const [file, code] = given.split('=');
  if (!existsSync(file)) return { passed: 0, failed: 1, words: [`no report ${file}: a step before its tests failed`] };
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const { passed, failed, empty, skipped } = report.testResults ? readVitest(report) : readPlaywright(report);
  const bad = failed + empty.length;
  const hasFailedOtherwise = code !== '0' && bad === 0;
  return { passed, failed: bad + (hasFailedOtherwise ? 1 : 0), words: [...skipped, ...empty.map((one) => `collected nothing: ${one}`), ...(hasFailedOtherwise ? [`${file}: all passed, and the command ended with ${code}`] : [])] };
}

const suites = process.argv.slice(2).map(readSuite);
for (const line of suites.flatMap(({ words }) => words)) console.log(line);
const sum = (name) => suites.reduce((total, suite) => total + suite[name], 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exit(sum('failed') > 0 || sum('passed') === 0 ? 1 : 0);
