import { ConditionError } from '../../../../features/calls/groups/condition-language.ts'
import { compileCondition } from '../../../../features/calls/groups/compile-condition.ts'
import { customerFeatures } from '../../../../features/customers/customer.ts'

const age = customerFeatures.names.indexOf('profile.age')
const count = customerFeatures.names.indexOf('transactions.count30d')

/** Whether a condition holds for values given by their places in a row. */
const holds = (
  text: string,
  known: Readonly<Record<number, number | null>>,
  profile: { readonly segment?: string; readonly residence?: string } = {},
) => {
  const condition = compileCondition(text)
  const values = condition.places.map((place) => known[place] ?? Number.NaN)
  return condition.holds({ segment: null, residence: null, ...profile, values })
}

test('a condition asks for the features that it names, in the order of the row', () => {
  const condition = compileCondition('transactions.count30d > 3 && profile.age < 40 && transactions.count30d < 90')
  expect(condition).toMatchObject({ featureSet: customerFeatures.id, places: [age, count] })
})

test.each([
  ['transactions.count30d > 3', true],
  ['transactions.count30d == 5.0', true],
  ['!(transactions.count30d > 3)', false],
  ['profile.age >= 31 && transactions.count30d < 5', false],
  ['int(profile.age) in [30, 31]', true],
  ['customer.segment == "retail"', true],
  ['customer.segment.startsWith("priv")', false],
  ['customer.segment in ["private", "retail"] ? profile.age > 30 : false', true],
  ['has(profile.age)', true],
])('%s', (text, expected) => {
  expect(holds(text, { [age]: 31, [count]: 5 }, { segment: 'retail' })).toBe(expected)
})

test.each([
  ['transactions.count30d > 3', undefined],
  ['!(transactions.count30d > 3)', undefined],
  ['transactions.count30d > 3 || profile.age > 30', true],
  ['transactions.count30d > 3 && profile.age > 90', false],
  ['transactions.count30d > 3 && profile.age > 30', undefined],
  ['has(transactions.count30d) && transactions.count30d > 3', false],
  ['customer.segment == "retail"', undefined],
  ['1 / (int(profile.age) - 31) > 1', undefined],
])('%s of a customer without transactions and segment is %s', (text, expected) => {
  expect(holds(text, { [age]: 31 })).toBe(expected)
  expect(holds(text, { [age]: 31, [count]: null })).toBe(expected)
})

test.each([
  ['transactions.nope > 3', /No such key: nope/],
  ['nope > 3', /Unknown variable: nope/],
  ['profile.age', /It is a double, where true or false is needed/],
  ['profile.age == 30', /write 5\.0, not 5/],
  ['profile.age > "x"', /no such overload/],
  ['profile.age >= 30 &&', /Unexpected token/],
  ['[1, 2].all(x, [1, 2].all(y, x < y))', /all\(\) is not available in conditions/],
  ['customer.segment.matches("(a+)+$")', /matches\(\) is not available/],
  ['timestamp("2024-01-01T00:00:00Z") < timestamp("2025-01-01T00:00:00Z")', /timestamp\(\) is not available/],
  ['constructor == 1', /Unknown variable/],
  ['profile.__proto__ == 1.0', /No such key/],
])('%s is refused', (text, reason) => {
  expect(() => compileCondition(text)).toThrow(ConditionError)
  expect(() => compileCondition(text)).toThrow(reason)
})

test.each([
  ['long', Array.from({ length: 300 }, () => 'profile.age > 1').join(' && ')],
  ['deep', '('.repeat(100) + 'true' + ')'.repeat(100)],
])('what is too %s is refused', (_how, text) => {
  expect(() => compileCondition(text)).toThrow(ConditionError)
})
