import { alertKinds } from '../../schemas/customers/alerts.ts'
import { oneOf } from '../../schemas/rules.ts'

test('a name of a list must be one of its spellings, also by the JSON Schema', () => {
  const { rule, json } = oneOf(alertKinds)
  expect(alertKinds.every((kind) => rule!.holds(kind))).toBe(true)
  expect(rule!.holds('suspected-false' as never)).toBe(false)
  expect(rule!.description).toBe(`one of ${alertKinds.join(', ')}`)
  expect(json).toEqual({ enum: alertKinds })
})
