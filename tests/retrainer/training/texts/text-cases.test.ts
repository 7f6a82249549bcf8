import { parseJson } from '../../../../files/json-text.ts'
import { casesOf } from '../../../../retrainer/training/texts/text-cases.ts'
import { labelsOf } from '../../../../retrainer/training/texts/text-labels.ts'
import type { JsonLine } from '../../../../retrainer/training/read-json-lines.ts'

test('ids that are equal as doubles are different cases', () => {
  const rows = ['1234567890123456788', '1234567890123456789', '1234567890123456788'].map(
    (id) => parseJson(`{"id": ${id}, "text": "a", "y": ${id}}`) as JsonLine,
  )
  const cases = casesOf(rows, { text: 'text', group: 'id' })
  expect([...cases.caseOf]).toEqual([0, 1, 0])
  expect(labelsOf(rows, cases, 'y', '1234567890123456789').names).toEqual([
    '1234567890123456788',
    '1234567890123456789',
  ])
})

test('records of a case are in order of time, with the day before the month', () => {
  const rows = ['01.02.2024', '02.01.2024'].map((at) => ({ text: at, at }))
  const { cases, dates } = casesOf(rows, { text: 'text', time: 'at' })
  expect(cases.map(({ records }) => records[0]!.text)).toEqual(['02.01.2024', '01.02.2024'])
  expect(dates).toBeUndefined()
})

test('labels are trimmed, and an empty one is refused with its row', () => {
  const rows = ['yes', 'no ', ' yes'].map((y) => ({ text: 'a', y }))
  const cases = casesOf(rows, { text: 'text' })
  expect(labelsOf(rows, cases, 'y', ' no')).toEqual({ labels: Int32Array.of(0, 1, 0), names: ['yes', 'no'] })
  const blank = [...rows, { text: 'a', y: ' ' }]
  expect(() => labelsOf(blank, casesOf(blank, { text: 'text' }), 'y', undefined)).toThrow('of row 4 is empty')
})
