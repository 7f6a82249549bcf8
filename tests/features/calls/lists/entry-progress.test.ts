import {
  entryProgress,
  type DispositionValue,
  type EntryProgress,
  type MadeCall,
} from '../../../../features/calls/lists/entry-progress.ts'

const MINUTE_MS = 60_000

const meaning = (changes: Partial<DispositionValue>): DispositionValue => ({
  ...{ description: 'It is so.', answeredBy: 'nobody', interested: false, refused: false, abandoned: false },
  ...{ unworkable: false, doNotCall: false, recycle: null, retired: false },
  ...changes,
})
const meanings: Readonly<Record<string, DispositionValue>> = {
  busy: meaning({ recycle: { afterMinutes: 30, attemptsMax: 3 } }),
  sold: meaning({ answeredBy: 'person', interested: true }),
  never: meaning({ answeredBy: 'person', doNotCall: true }),
}

let count = 0
const call = (at: number, disposition: string | null, changes: Partial<MadeCall> = {}): MadeCall => ({
  ...{ attemptId: `a${count++}`, at, endedAt: disposition === null ? null : at + 1_000, disposition },
  ...{ callbackAt: null, lost: false },
  ...changes,
})
const courseOf = (
  calls: readonly MadeCall[],
  listed: Partial<Parameters<typeof entryProgress>[0]> = {},
): EntryProgress => entryProgress({ notBefore: null, removed: false, ...listed }, calls, (code) => meanings[code])

test('a customer who was never called may be called at once, and no earlier than wished', () => {
  expect(courseOf([])).toEqual({ state: 'waiting', dueAt: null, lastDisposition: null })
  expect(courseOf([], { notBefore: 99 })).toMatchObject({ state: 'waiting', dueAt: 99 })
  expect(courseOf([], { removed: true })).toMatchObject({ state: 'removed' })
})

test('a busy line is retried after its delay, as often as the rule allows', () => {
  const [first, second, third] = [call(0, 'busy'), call(10_000, 'busy'), call(20_000, 'busy')]
  expect(courseOf([first])).toEqual({ state: 'waiting', dueAt: 1_000 + 30 * MINUTE_MS, lastDisposition: 'busy' })
  expect(courseOf([first, second])).toMatchObject({ state: 'waiting', dueAt: 11_000 + 30 * MINUTE_MS })
  expect(courseOf([first, second, third])).toMatchObject({ state: 'done' })
})

test('a callback is kept, even after an outcome that would end the entry', () => {
  expect(courseOf([call(0, 'sold', { callbackAt: 5_000_000 })])).toMatchObject({ state: 'waiting', dueAt: 5_000_000 })
  expect(courseOf([call(0, 'never', { callbackAt: 5_000_000 })])).toMatchObject({ state: 'done' })
})

test('during a call, and without a reported outcome, the customer is not dialled again', () => {
  expect(courseOf([call(0, 'busy'), call(50, null)])).toMatchObject({ state: 'calling', lastDisposition: 'busy' })
  expect(courseOf([call(50, null, { lost: true })])).toMatchObject({ state: 'unknown' })
  expect(courseOf([call(50, 'who-knows')])).toMatchObject({ state: 'unknown', lastDisposition: 'who-knows' })
  expect(courseOf([call(0, null, { lost: true }), call(50, 'busy')])).toMatchObject({ state: 'unknown' })
})
