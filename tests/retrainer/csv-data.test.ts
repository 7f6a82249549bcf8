import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { datasetOf, numbersOf, readCsv } from '../../retrainer/csv-data.ts'

const folder = mkdtempSync(join(tmpdir(), 'csv-'))
afterAll(() => rmSync(folder, { recursive: true }))
const table = 'when;age;job;answer\n2026-01-02;30;clerk;no\n2026-01-01;;farmer;yes\n2026-01-03;50;clerk;no\n'

test('numbers stay numbers, categories become features of their own, rows come in order of time', async () => {
  const file = join(folder, 'table.csv.gz')
  writeFileSync(file, gzipSync(table))
  const data = datasetOf(await readCsv(file), { target: 'answer', time: 'when' })
  expect(data.featureNames).toEqual(['age', 'job=clerk', 'job=farmer'])
  expect([...data.labels]).toEqual([1, 0, 0])
  expect([...data.rows]).toEqual([Number.NaN, 0, 1, 30, 1, 0, 50, 1, 0])
})

test('a column that is missing, a target that is no label and an empty table are named', async () => {
  const file = join(folder, 'plain.csv')
  writeFileSync(file, table)
  const rows = await readCsv(file)
  expect(() => datasetOf(rows, { target: 'converted' })).toThrow(
    'The table has no column converted. It has: when, age, job, answer.',
  )
  expect(() => datasetOf(rows, { target: 'job' })).toThrow('neither a number nor yes or no')
  expect(() => numbersOf(rows, ['balance'])).toThrow('has no column balance')
  const empty = join(folder, 'empty.csv')
  writeFileSync(empty, 'a,b\n')
  await expect(readCsv(empty)).rejects.toThrow('no rows')
})
