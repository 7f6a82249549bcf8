import { defaultNetwork, networkOptions } from '../../../models/deep/network-options.ts'

test('options that are not given have their defaults', () => {
  expect(networkOptions({})).toEqual(defaultNetwork)
  expect(networkOptions({ hidden: [8] }).hidden).toEqual([8])
})

test('names all that is wrong at once', () => {
  const given = { dropout: 1, epochs: 2.5, hidden: [0] }
  expect(() => networkOptions(given)).toThrow(/dropout is 1: .*epochs is 2.5: .*whole number.*hidden is \[0\]/)
})
