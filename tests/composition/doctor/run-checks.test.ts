import { error, ok, type Check, type Examined } from '../../../composition/doctor/check.ts'
import { exitCodeOf, reportLines } from '../../../composition/doctor/report.ts'
import { runChecks } from '../../../composition/doctor/run-checks.ts'

const nothing = {} as Examined
const good: Check = { name: 'good', run: () => Promise.resolve([ok('Well.')]) }
const bad: Check = { name: 'bad', run: () => Promise.resolve([error('Broken.', 'Mend it.')]) }

test('a check that throws or never ends is an error and stops no other', async () => {
  const thrower: Check = { name: 'thrower', run: () => Promise.reject(new Error('It is gone.')) }
  const thrownAtOnce: Check = {
    name: 'at once',
    run: () => {
      throw new Error('No Kafka is configured.')
    },
  }
  const endless: Check = { name: 'endless', run: () => new Promise(() => {}) }
  const outcomes = await runChecks([thrower, thrownAtOnce, endless, good], nothing, 50)
  expect(outcomes.map(({ findings }) => findings[0]!.found)).toEqual([
    'It is gone.',
    'No Kafka is configured.',
    'The check did not end within 0.05 s.',
    'Well.',
  ])
})

test('what needs a broken connection is not checked; one working broker is enough', async () => {
  const half: Check = { name: 'half', run: () => Promise.resolve([error('One.', 'Mend it.'), ok('The other.')]) }
  const checks = [
    bad,
    half,
    { ...good, name: 'after bad', needs: 'bad' },
    { ...good, name: 'after half', needs: 'half' },
  ]
  const outcomes = await runChecks(checks, nothing)
  expect(outcomes.map(({ check, findings }) => [check, findings[0]!.status])).toEqual([
    ['bad', 'error'],
    ['half', 'error'],
    ['after bad', 'warning'],
    ['after half', 'ok'],
  ])
  expect(outcomes[2]!.findings[0]!.advice).toContain('"bad"')
})

test('the exit code is that of the worst finding, and the report has a line for each', async () => {
  const outcomes = await runChecks([good, bad], nothing)
  expect(exitCodeOf(outcomes)).toBe(2)
  expect(exitCodeOf(outcomes.slice(0, 1))).toBe(0)
  expect(exitCodeOf(await runChecks([bad, { ...good, needs: 'bad' }].slice(1), nothing))).toBe(0)
  expect(reportLines(outcomes)).toEqual([
    'ok       good  Well.',
    'error    bad   Broken.',
    '               → Mend it.',
    '',
    '1 ok, 0 warnings, 1 error',
  ])
})
