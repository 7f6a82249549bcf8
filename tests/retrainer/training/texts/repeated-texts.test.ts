import { repeatedTextNotes } from '../../../../retrainer/training/texts/repeated-texts.ts'

const texts = ['Good', 'bad', ' good ', 'fine', 'bad', 'worse', 'GOOD', 'new']
const labels = Int32Array.of(1, 0, 1, 1, 1, 0, 1, 0)
const train = Int32Array.of(0, 1, 2, 3, 4)

test('test cases that are also training cases are counted, with the metrics of the others; so are texts with two labels', () => {
  const test = Int32Array.of(6, 7, 1, 5)
  expect(repeatedTextNotes({ texts, labels }, train, test, [true, false, true, true])).toEqual([
    '2 of 4 test cases have a text that training cases have too; of the others 50.0 % are told right.',
    '2 of 5 training cases have a text that others have with another label, "bad" for example.',
  ])
})

test('nothing is said of texts that are all different', () => {
  expect(repeatedTextNotes({ texts, labels }, Int32Array.of(0, 1), Int32Array.of(5, 7), [true, true])).toEqual([])
})

test('a test without a text of its own says nothing of others', () => {
  expect(repeatedTextNotes({ texts, labels }, train, Int32Array.of(6, 6), [true, true])[0]).toBe(
    '2 of 2 test cases have a text that training cases have too.',
  )
})
