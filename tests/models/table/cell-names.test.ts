import { decideNames, nameIn } from '../../../models/table/cell-names.ts'

test('names are trimmed, and accents have one spelling', () => {
  expect(nameIn(' Zu\u0308rich\u00A0', {})).toBe('Z\u00FCrich')
})

test('codes that another program wrote as numbers are the same codes; versions are not codes', () => {
  const codes = decideNames(['1', '2.0', '007'])
  expect(['1.0', '1,0', '007', '-3.00', 'x.0'].map((cell) => nameIn(cell, codes))).toEqual([
    '1',
    '1',
    '007',
    '-3',
    'x.0',
  ])
  expect(nameIn('1.0', decideNames(['1.0', '1.1']))).toBe('1.0')
})
