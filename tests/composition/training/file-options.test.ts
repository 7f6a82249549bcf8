import { csvOptionsOf } from '../../../composition/training/file-options.ts'

test('delimiters have names, and guesses are warned of', () => {
  const said: string[] = []
  const reading = csvOptionsOf({ log: (level, message) => said.push(`${level} ${message}`) }, { delimiter: 'tab' })
  reading.onWarning!('guessed')
  expect([reading.delimiter, said]).toEqual(['\t', ['warn guessed']])
  expect(csvOptionsOf({ log: () => {} }, { delimiter: ';', encoding: 'gbk' })).toMatchObject({
    delimiter: ';',
    encoding: 'gbk',
  })
})
