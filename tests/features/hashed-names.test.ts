import { bucketOf, normaliseName } from '../../features/hashed-names.ts'

test('a name is the same however it is written', () => {
  expect(normaliseName(' Ｆinance ')).toBe('finance')
  expect(bucketOf('FINANCE', 16)).toBe(bucketOf(' finance', 16))
})

test('names spread over all places', () => {
  const places = new Set(Array.from({ length: 400 }, (_, name) => bucketOf(`name ${name}`, 16)))
  expect([...places].sort((one, other) => one - other)).toEqual(Array.from({ length: 16 }, (_, place) => place))
})
