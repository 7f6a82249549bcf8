import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { random } from '../../../../models/random.ts'
import { readJsonLines } from '../../../../retrainer/training/read-json-lines.ts'
import { casesOf } from '../../../../retrainer/training/texts/text-cases.ts'
import { trainOnText } from '../../../../retrainer/training/texts/train-on-text.ts'
import { letterEncoder } from '../../../models/text/letter-encoder.ts'

const folder = mkdtempSync(join(tmpdir(), 'lines-'))
const fileOf = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

test('JSON lines are read, compressed or not; errors are reported with their line', async () => {
  const lines = '\ufeff{"a":1}\n\n{"a":"好"}\r\n'
  expect(await readJsonLines(fileOf('plain.jsonl', lines))).toEqual([{ a: 1 }, { a: '好' }])
  expect(await readJsonLines(fileOf('packed.jsonl.gz', gzipSync(lines)))).toHaveLength(2)
  await expect(readJsonLines(fileOf('empty.jsonl', '\n'))).rejects.toThrow('is empty')
  await expect(readJsonLines(fileOf('bad.jsonl', '{"a":1}\n{a}'))).rejects.toThrow(
    /No JSON can be read from .*bad\.jsonl:2/,
  )
  await expect(readJsonLines(fileOf('list.jsonl', '[1]'))).rejects.toThrow('no JSON object in object 1 of the list')
  await expect(readJsonLines(join(folder, 'none.jsonl'))).rejects.toThrow('There is no file')
  await expect(
    readJsonLines(fileOf('cut.jsonl.gz', gzipSync('{"a":1}\n'.repeat(999)).subarray(0, 40))),
  ).rejects.toThrow("can't be unpacked: it is cut off")
})

test('rows of a case are joined in order of time, cases in order of their newest', () => {
  const rows = [
    { t: '2026-01-03T00:00:00Z', g: 1, x: 'late' },
    { t: '2026-01-02T00:00:00Z', g: 2, x: 'other' },
    { t: '2026-01-01T00:00:00Z', g: 1, x: 'early' },
  ]
  const cases = casesOf(rows, { text: 'x', group: 'g', time: 't' })
  expect(cases.cases.map(({ records }) => records.map(({ text }) => text))).toEqual([['other'], ['early', 'late']])
  expect([...cases.caseOf]).toEqual([1, 0, 1])
  expect([...cases.newest]).toEqual([1, 0])
  expect([...cases.times]).toEqual([Date.UTC(2026, 0, 2), Date.UTC(2026, 0, 3)])
  expect(() => casesOf(rows, { text: 'y' })).toThrow('no field "y" in row 1: it has t, g, x')
  expect(() => casesOf([{ x: 1 }], { text: 'x' })).toThrow('must be a text')
  expect(() => casesOf([{ x: 'a', t: 'soon' }], { text: 'x', time: 't' })).toThrow('must be a date')
})

test('the best strategy is chosen, the figures are of cases that were not learned from', async () => {
  const next = random(3)
  const rows = Array.from({ length: 600 }, (_, index) => {
    const [one, label] = [Math.floor(index / 2), Math.floor(index / 2) % 3]
    const said = index % 2 === 1 ? 'abc'[label]! : 'abc'[Math.floor(next() * 3)]!
    return { case: one, at: index * 86_400_000, text: `${said} d e`, label: `class ${label}` }
  })
  const cases = casesOf(rows, { text: 'text', group: 'case', time: 'at' })
  const names = ['class 0', 'class 1', 'class 2']
  const labels = Int32Array.from(cases.newest, (row) => names.indexOf(rows[row]!.label))
  const training = await trainOnText(cases, labels, names, {
    encoder: letterEncoder('abcdefgh', 3),
    strategies: ['newest', 'visit-wise'],
    withTerms: false,
    classWeights: 'none',
    seed: 1,
  })
  expect(training).toMatchObject({ trainCases: 240, testCases: 60, split: 'the newest fifth of the cases', rare: [] })
  expect(training.metrics.accuracy.estimate).toBeGreaterThan(0.95)
  expect(training.metrics.accuracy.estimate).toBeGreaterThan(training.baselines.majority.accuracy.estimate + 0.3)
  expect(new Set(training.tried.map(({ strategy }) => strategy)).size).toBe(2)
  expect(training.truncated.cases).toBe(0)
  await expect(
    trainOnText(
      cases,
      labels.map(() => 0),
      ['only'],
      {
        encoder: undefined,
        strategies: ['newest'],
        withTerms: true,
        classWeights: 'none',
        seed: 1,
      },
    ),
  ).rejects.toThrow('All 300 cases are "only"')
})
