import { headerNames } from '../../files/header-names.ts'

test('names without line breaks and space; one for an empty cell', () => {
  expect(headerNames('a.csv', ['\u200b x\ufeff', 'Umsatz,\n(EUR)', ''])).toEqual(['x', 'Umsatz, (EUR)', 'column 3'])
})

test('two columns with the same name are refused: one would hide the other', () => {
  expect(() => headerNames('a.csv', ['text', 'text '])).toThrow('a.csv has two columns "text"')
})
