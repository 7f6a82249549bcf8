import { isRegion, parsePhone } from '../../../../features/calls/lists/phone-number.ts'

test.each([
  '021 1234 5678',
  '(021) 1234-5678',
  '+86 (21) 1234-5678',
  '0086-21-12345678',
  '８６ ２１ １２３４ ５６７８',
  'tel:+862112345678',
  '+86 21 1234.5678',
  '\u202a+862112345678\u202c',
])('%s is one and the same number', (text) => expect(parsePhone(text, 'CN')).toEqual({ phone: '+862112345678' }))

test.each([
  ['12', 'CN', 'is no telephone number of CN'],
  ['abc', 'CN', 'is no telephone number'],
  ['021 1234 5678', undefined, 'it needs the code of its country, or a region'],
  ['+86 21 1234 5678 ext. 9', 'CN', 'has an extension'],
  ['8.62112E+11', 'CN', 'is no telephone number'],
  ['8 (495) 123-45-67', 'CN', 'is no telephone number of CN'],
] as const)('%s in %s: %s', (text, region, words) =>
  expect(parsePhone(text, region)).toEqual({ problem: expect.stringContaining(words) as unknown }),
)

test('regions are codes of countries', () => {
  expect(isRegion('CN')).toBe(true)
  expect(isRegion('China')).toBe(false)
})
