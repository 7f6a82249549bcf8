import fc from 'fast-check'
import { cleanValues } from '../../../../features/calls/scripts/placeholders.ts'

test.each([
  ['  Ada \n Lovelace\t', 'Ada Lovelace'],
  ['A\u0000d\u0007a', 'A d a'],
  ['\u202eadA', 'adA'],
  ['A\u200bda', 'Ada'],
  ['Ada\ud800', 'Ada'],
  ['e\u0301', '\u00e9'],
  ['e\u200b\u0301', '\u00e9'],
  ['Ada \u200b Lovelace', 'Ada Lovelace'],
  ['👩‍💻 Ada', '👩💻 Ada'],
  ['x'.repeat(1_000), 'x'.repeat(300)],
])('%j is said as %j', (name, said) => {
  expect(cleanValues({ name })).toEqual({ name: said })
})

test('a value without content counts as missing', () => {
  expect(cleanValues({ name: ' \u0000\u200b', advantages: ['', ' '], agent: 'Mary' })).toEqual({ agent: 'Mary' })
})

test('any input becomes one line without invisible characters, and cleaning is idempotent', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
      const clean = cleanValues({ name })
      expect(clean.name ?? 'x').toMatch(/^[^\p{Cc}\p{Cf}\p{Cs}]{1,300}$/u)
      expect(cleanValues(clean)).toEqual(clean)
    }),
    { numRuns: 1_000 },
  )
})
