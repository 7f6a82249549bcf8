import { readingOf } from '../../../composition/training/file-options.ts'

test('delimiters have names, and guesses are warned of', () => {
  const said: string[] = []
  const reading = readingOf({ log: (level, message) => said.push(`${level} ${message}`) }, { delimiter: 'tab' })
  reading.say!('guessed')
  expect([reading.delimiter, said]).toEqual(['\t', ['warn guessed']])
  expect(readingOf({ log: () => {} }, { delimiter: ';', encoding: 'gbk' })).toMatchObject({
    delimiter: ';',
    encoding: 'gbk',
  })
})
