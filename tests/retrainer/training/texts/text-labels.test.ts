import { casesOf } from '../../../../retrainer/training/texts/text-cases.ts'
import { labelsOf, notesOnCases, rareClasses } from '../../../../retrainer/training/texts/text-labels.ts'

const rows = [
  { text: 'a', case: 1, class: 'no' },
  { text: 'b', case: 1, class: 'yes' },
  { text: 'c', case: 2, class: 'no' },
  { text: 'd', case: 3, class: 'yes' },
  { text: 'e', case: 4, class: 7 },
]
const cases = casesOf(rows, { text: 'text', group: 'case' })

test('a case has the label of its newest row, and the positive label comes last', () => {
  const { labels, names } = labelsOf(rows, cases, 'class', 'no')
  expect(names).toEqual(['7', 'yes', 'no'])
  expect([...labels]).toEqual([1, 2, 1, 0])
  expect(() => labelsOf(rows, cases, 'class', 'maybe')).toThrow(
    '--positive maybe is no value of class. There are: 7, no, yes.',
  )
  expect(() =>
    labelsOf([{ text: 'a', class: null }], casesOf([{ text: 'a' }], { text: 'text' }), 'class', undefined),
  ).toThrow('of row 1 is null: it must name a class')
})

test('classes with a single case, and cases left out, are reported', () => {
  const { labels, names } = labelsOf(rows, cases, 'class', undefined)
  expect(rareClasses(labels, names)).toEqual(['7', 'no'])
  expect(notesOnCases({ cases: 2, ids: 30 }, ['7'])).toEqual([
    '2 cases are longer than what is read of them; 30 pieces of words were left out.',
    'The class "7" has a single case: it is learned from or measured on, not both.',
  ])
  expect(notesOnCases({ cases: 0, ids: 0 }, [])).toEqual([])
})
