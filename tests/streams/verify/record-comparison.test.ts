import { createRecordComparison } from '../../../streams/verify/record-comparison.ts'
import type { PublishedRecord } from '../../../streams/verify/records.ts'
import type { Difference } from '../../../streams/verify/report.ts'

const WHOLE_SINCE = 1_000

function comparison() {
  const differences: Difference[] = []
  const made = createRecordComparison({
    name: 'customer-features-0',
    records: { isCut: false },
    completeSince: WHOLE_SINCE,
    idOf: String,
    differences,
  })
  return { ...made, differences }
}

const record = (key: string, value: string) => ({ key: Buffer.from(key), value: Buffer.from(value) })
const published = (key: string, value: string, offset = 0): PublishedRecord => ({
  ...record(key, value),
  offset,
  producerId: 1,
  producerEpoch: 0,
  writtenAt: 0,
})

test('records from before the guaranteed retention may be gone if a later record of their key is there', () => {
  const { compare, finish, differences } = comparison()
  compare([record('a', '1'), record('b', '1')], [], WHOLE_SINCE - 1)
  compare([record('a', '2')], [published('a', '2')], WHOLE_SINCE)
  expect(finish()).toMatchObject({ compared: 1, missing: 1 })
  expect(differences).toEqual([{ place: 'customer-features-0: b', expected: 'a record', got: 'no record' }])
})

test('of later records each must be there, and in order', () => {
  const { compare, finish } = comparison()
  compare([record('a', '1'), record('a', '2')], [published('a', '2')], WHOLE_SINCE)
  compare([record('a', '3'), record('b', '1')], [published('b', '1', 1), published('a', '3', 2)], WHOLE_SINCE)
  expect(finish()).toMatchObject({ compared: 3, missing: 1, different: 1 })
})
