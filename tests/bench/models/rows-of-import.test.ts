import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rowsOfImport } from '../../../bench/models/rows-of-import.ts'

const folder = mkdtempSync(join(tmpdir(), 'rows-'))
afterAll(() => rmSync(folder, { recursive: true }))

const header =
  'ID,LIMIT_BAL,SEX,EDUCATION,MARRIAGE,AGE,BILL_AMT1,BILL_AMT2,BILL_AMT3,BILL_AMT4,BILL_AMT5,BILL_AMT6,PAY_AMT1,PAY_AMT2,PAY_AMT3,PAY_AMT4,PAY_AMT5,PAY_AMT6'

/** Imports two card clients; the first draws this amount in the month to predict. */
async function rowsWith(lastBill: number) {
  const first = `1,10000,2,2,1,24,${lastBill},2000,1500,1000,500,100,0,100,100,100,100,0`
  writeFileSync(join(folder, 'cards.csv'), [header, first, '2,20000,1,1,2,40,0,0,0,0,0,0,0,0,0,0,0,0', ''].join('\n'))
  return rowsOfImport('taiwan_credit', folder)
}

test('a row holds only what was known at the time of scoring; later data is in the label alone', async () => {
  const [calm, hungry] = [await rowsWith(2_000), await rowsWith(7_000)]
  expect([calm.data.count, calm.data.labels[0], hungry.data.labels[0]]).toEqual([2, 0, 0.5])
  expect(hungry.data.rows).toEqual(calm.data.rows)
  const { data, profiles, knownAt } = hungry
  const limit = data.rows[data.featureNames.indexOf('creditLines.limit')]
  expect(limit).toBe(1_000_000)
  expect(profiles.map((profile) => profile?.sex)).toEqual(['female', 'male'])
  expect([...data.customers!]).toEqual([0, 1])
  expect(knownAt[0]).toBeGreaterThan(data.times[0]!)
})
