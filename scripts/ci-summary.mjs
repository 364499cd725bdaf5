// node scripts/ci-summary.mjs <report>=<exit code> ...: adds up reports of Vitest and Playwright (JSON) and prints `N passed, N failed` as
// its last line. It fails when anything failed, when a suite collected nothing, when there is no report (a step before the tests failed),
// and when a command failed though its tests passed. What was skipped is named, once a file, with its reason. What failed is named with its
// words, also where a second try passed: the end of the output is often all that is left to look at.
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

const MOST_LINES = 12;

/** Words of a terminal, without its colours and without the way through the runner. */
function shorten(message) {
  const lines = String(message).replaceAll(/\u001b\[[0-9;]*m/g, '').split('\n').filter((line) => line.trim() !== '' && !line.includes('node_modules'));
  return lines.slice(0, MOST_LINES).map((line) => `    ${line}`).join('\n');
}

const tell = ({ file, title, isPassed, messages }) => `${isPassed ? 'passed only at another try' : 'failed'}: ${file} › ${title}\n${shorten(messages[0] ?? 'no word of why')}`;

function failuresOfVitest(testResults) {
  return testResults.flatMap(({ name, assertionResults }) => assertionResults.filter(({ failureMessages = [] }) => failureMessages.length > 0).map(({ fullName, status, failureMessages }) => tell({ file: relative(process.cwd(), name), title: fullName, isPassed: status === 'passed', messages: failureMessages })));
}

function readVitest({ testResults, numPassedTests, numFailedTests }) {
  const isEmpty = ({ assertionResults, status }) => assertionResults.length === 0 || (status === 'failed' && assertionResults.every((one) => one.status === 'passed'));
  return { passed: numPassedTests, failed: numFailedTests, empty: testResults.filter(isEmpty).map(({ name, message }) => `${name} ${message ?? ''}`.trim()), told: failuresOfVitest(testResults) };
}

const specsIn = ({ specs = [], suites = [] }) => [...specs, ...suites.flatMap(specsIn)];

function failuresOfPlaywright(suites) {
  return suites.flatMap((file) => specsIn(file).flatMap(({ title, tests }) => tests.filter(({ status }) => status === 'unexpected' || status === 'flaky').map(({ status, results = [] }) => tell({ file: file.file, title, isPassed: status === 'flaky', messages: results.flatMap(({ error }) => error?.message ?? []) }))));
}

function readPlaywright({ suites, stats, errors }) {
  const skipped = suites.flatMap((file) => {
    const reasons = specsIn(file).flatMap(({ tests }) => tests).filter(({ status }) => status === 'skipped').map(({ annotations }) => annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description ?? 'no reason is given');
    return [...new Set(reasons)].map((reason) => `${file.file}: ${reasons.filter((one) => one === reason).length} skipped: ${reason}`);
  });
  const empty = [...suites.filter((file) => specsIn(file).length === 0).map(({ file }) => file), ...errors.map(({ message }) => String(message).split('\n')[0])];
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, empty: suites.length === 0 && errors.length === 0 ? ['no file at all'] : empty, told: [...skipped, ...failuresOfPlaywright(suites)] };
}

function readSuite(given) {
  const [file, code] = given.split('=');
  if (!existsSync(file)) return { passed: 0, failed: 1, words: [`no report ${file}: a step before its tests failed`] };
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const { passed, failed, empty, told } = report.testResults ? readVitest(report) : readPlaywright(report);
  const bad = failed + empty.length;
  const hasFailedOtherwise = code !== '0' && bad === 0;
  return { passed, failed: bad + (hasFailedOtherwise ? 1 : 0), words: [...told, ...empty.map((one) => `collected nothing: ${one}`), ...(hasFailedOtherwise ? [`${file}: all passed, and the command ended with ${code}`] : [])] };
}

const suites = process.argv.slice(2).map(readSuite);
for (const line of suites.flatMap(({ words }) => words)) console.log(line);
const sum = (name) => suites.reduce((total, suite) => total + suite[name], 0);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exit(sum('failed') > 0 || sum('passed') === 0 ? 1 : 0);
